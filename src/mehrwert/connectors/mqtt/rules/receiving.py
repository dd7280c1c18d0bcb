"""From a message of a broker to what the inbox keeps: which device, which key."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mehrwert.base.pointers import MISSING, parse_body, point

TEN_MINUTES_US = 600_000_000
NO_DEVICE = "?"


@dataclass(frozen=True, slots=True)
class Received:
    """One message as the inbox keeps it; ``window_us`` see ``observations`` NewMessage."""

    key: str
    device: str
    hint: str
    window_us: int | None


def receive(
    definition: Mapping[str, Any], source_id: int, topic: str, body: str, *, is_repeated: bool
) -> Received:
    """Return key and device of a message with values.

    A message that says its time is the same whenever it comes again. One without may well be said
    twice with the same value; only what the broker itself calls a repetition counts as one.
    """
    has_time = bool(definition.get("time"))
    window_us = None if has_time else TEN_MINUTES_US if is_repeated else 0
    name = device_of(definition, topic, body)
    key = f"m{source_id}/{name}"
    if len(key) > 80:
        key = f"m{source_id}/{digest(name)}"
    return Received(digest(f"{topic}\n{body}"), key, name[:160], window_us)


def device_of(definition: Mapping[str, Any], topic: str, body: str) -> str:
    """Return what a binding calls the device of a message.

    Without a rule it is the part of the topic for which the first filter has a ``+``, else the
    whole topic.
    """
    rule = definition.get("device") or default_rule(definition)
    if "name" in rule:
        return str(rule["name"])
    if "at" in rule:
        found = point(parse_body(body), rule["at"])
        is_name = found is not MISSING and isinstance(found, str | int)
        return str(found).strip() or NO_DEVICE if is_name else NO_DEVICE
    if "topic_part" in rule:
        parts = topic.split("/")
        position = rule["topic_part"] - 1
        return parts[position] if position < len(parts) and parts[position] else NO_DEVICE
    return topic


def default_rule(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule of a binding that names none, empty for the whole topic."""
    parts = str(definition["topics"][0]).split("/")
    return {"topic_part": parts.index("+") + 1} if "+" in parts else {}


def digest(text: str) -> str:
    """Return 128 bits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
