"""From the text of a message to values by pointers: what a binding says of foreign messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Any

from mehrwert.base.pointers import (
    MISSING,
    is_value,
    number_of,
    parse_body,
    point,
    time_of,
    topic_matches,
)

MOST_ITEMS = 1000


class ExtractionError(ValueError):
    """A message cannot be read as the binding says; ``code:text`` as the inbox keeps errors."""


@dataclass(frozen=True, slots=True)
class ValuePath:
    """Where one value stands; ``topic`` limits it to some messages, ``words`` gives numbers."""

    field: str
    at: str
    topic: str = ""
    words: Mapping[str, float] = with_default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What to read from a message.

    Args:
        values: Where the values stand, relative to an item.
        time_at: Pointer to the time, in the item or else in the message; empty: none.
        zone: Of times that name no offset.
        items_at: Pointer to a list of which each entry is a reading of its own; empty: none.
    """

    values: tuple[ValuePath, ...]
    time_at: str = ""
    zone: str = "Europe/Berlin"
    items_at: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Values of one moment by field; ``at_us`` None: the message says no time."""

    at_us: int | None
    values: Mapping[str, Any]


def extraction_of(description: Mapping[str, Any]) -> Extraction:
    """Return what a description says under ``values``, ``time`` and ``items``."""
    time = description.get("time") or {}
    return Extraction(
        values=tuple(
            ValuePath(
                str(row["field"]),
                str(row.get("at") or ""),
                str(row.get("topic") or ""),
                dict(row.get("words") or {}),
            )
            for row in description.get("values") or ()
        ),
        time_at=str(time.get("at") or ""),
        zone=str(time.get("zone") or "Europe/Berlin"),
        items_at=str(description.get("items") or ""),
    )


def extract(body: str, topic: str, wanted: Extraction) -> list[Extracted]:
    """Return the readings of a message, in its order.

    Raises:
        ExtractionError: ``no_items``, ``no_time`` or ``no_values``, with what was looked for.
    """
    document = parse_body(body)
    found = []
    for item in _items(document, wanted):
        values = {
            path.field: value
            for path in wanted.values
            if not path.topic or topic_matches(path.topic, topic)
            if (value := _value(point(item, path.at), path)) is not None
        }
        if values:
            found.append(Extracted(_time(item, document, wanted), values))
    if not found:
        raise ExtractionError("no_values:")
    return found


def _items(document: Any, wanted: Extraction) -> list[Any]:
    if not wanted.items_at:
        return [document]
    found = point(document, wanted.items_at)
    if not isinstance(found, list):
        raise ExtractionError(f"no_items:{wanted.items_at}")
    return found[:MOST_ITEMS]


def _time(item: Any, document: Any, wanted: Extraction) -> int | None:
    if not wanted.time_at:
        return None
    given = point(item, wanted.time_at)
    if given is MISSING:
        given = point(document, wanted.time_at)
    at_us = None if given is MISSING else time_of(given, wanted.zone)
    if at_us is None:
        raise ExtractionError(f"no_time:{wanted.time_at}")
    return at_us


def _value(given: Any, path: ValuePath) -> Any:
    """Return a value as it can be stored, None when it is none."""
    if given is MISSING or not is_value(given):
        return None
    if isinstance(given, str):
        text = given.strip()
        if text in path.words:
            return path.words[text]
        number = number_of(text)
        if number is None and not path.words:
            return text
        return number
    return given
