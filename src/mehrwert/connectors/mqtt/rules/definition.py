"""A binding file: whether it can be used, and what it says to the intake."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from mehrwert.base.json_schema import validator_of
from mehrwert.base.marks import mark
from mehrwert.connectors.mqtt.errors import BindingError

LORAWAN, VALUES = "lorawan", "values"
BAD_SHAPE = mark("Das passt nicht zum Schema der Datei.")
BAD_TOPIC = mark(
    "In einem Thema steht + für genau einen Teil und # nur ganz am Ende, für alles Weitere."
)
BAD_BROKER = mark("Erwartet wird mqtt://rechner:1883 oder mqtts://rechner:8883.")
BAD_ZONE = mark("Diese Zeitzone gibt es nicht, zum Beispiel Europe/Berlin.")
TWICE = mark("Dieses Feld kommt zweimal vor.")
ALL_OF_THE_BROKER = mark("Alles, was ein Broker hat, ist zu viel: Bitte nennen Sie einen Anfang.")


def check_definition(given: Any) -> dict[str, Any]:
    """Return a binding file that can be used.

    Raises:
        BindingError: Names the place and what is wrong there.
    """
    _check_shape(given)
    definition: dict[str, Any] = given
    _check_broker(definition["broker"])
    for position, topic in enumerate(definition["topics"], 1):
        _check_topic(topic, f"topics/{position}")
    fields: set[str] = set()
    for value in definition.get("values", ()):
        if value["field"] in fields:
            raise BindingError(where=value["field"], reason=TWICE)
        fields.add(value["field"])
        if value.get("topic"):
            _check_topic(value["topic"], value["field"])
    zone = definition.get("time", {}).get("zone")
    if zone:
        _check_zone(zone)
    return definition


def description_of(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the intake needs to read messages, see ``intake.actions.set_binding``."""
    values = definition.get("values", [])
    told = {
        "kind": "MQTT",
        "values": [
            {key: value[key] for key in ("field", "at", "topic", "words") if key in value}
            for value in values
        ],
        "measures": [
            {
                "field": value["field"],
                "name": value["name"],
                "unit": value.get("unit", ""),
                "symbol": value.get("symbol", ""),
                "aggregation": value.get("aggregation", "mean"),
            }
            for value in values
        ],
    }
    for key in ("time", "items", "interval_s", "protection"):
        if key in definition:
            told[key] = definition[key]
    return told


def broker_host(definition: Mapping[str, Any]) -> tuple[str, int]:
    """Return host and port of the broker."""
    parts = urlsplit(str(definition["broker"]))
    return str(parts.hostname), parts.port or (8883 if parts.scheme == "mqtts" else 1883)


def _check_shape(given: Any) -> None:
    for error in validator_of(schema()).iter_errors(given):
        where = "/".join(str(part) for part in error.absolute_path) or error.message[:80]
        raise BindingError(where=where, reason=BAD_SHAPE)


@cache
def schema() -> dict[str, Any]:
    """Return the published schema."""
    text = (files("mehrwert.connectors.mqtt") / "binding.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _check_broker(address: str) -> None:
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        has_host = False
    if not has_host:
        raise BindingError(where="broker", reason=BAD_BROKER)


def _check_topic(topic: str, where: str) -> None:
    parts = topic.split("/")
    is_bad = any("#" in part for part in parts[:-1]) or ("#" in parts[-1] and parts[-1] != "#")
    if is_bad or any("+" in part and part != "+" for part in parts) or "\x00" in topic:
        raise BindingError(where=where, reason=BAD_TOPIC)
    if parts[0] == "#":
        raise BindingError(where=where, reason=ALL_OF_THE_BROKER)


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError) as error:
        raise BindingError(where="time/zone", reason=BAD_ZONE) from error
