"""Reading messages of foreign systems: JSON pointers, times, topics. Plain functions.

A pointer is a JSON pointer (RFC 6901): ``/AM2301/Temperature``; empty means the whole message, as
for topics that carry one bare number.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\Z")
LONGEST_BARE = 200
LONGEST_TEXT = 200
LARGEST = 1 << 1000
DEEPEST = 6
MOST_OF_A_LIST = 50
SECOND_US = 1_000_000
# below which size a number is a time in seconds, in milliseconds, in microseconds since 1970
SECONDS, MILLISECONDS, MICROSECONDS = 1e11, 1e14, 1e17
MISSING = object()


def parse_body(body: str) -> Any:
    """Return a message as JSON value; a bare word counts as text."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        text = body.strip()
        return text if len(text) <= LONGEST_BARE and "{" not in text else None


def point(document: Any, pointer: str) -> Any:
    """Return what stands at a pointer, ``MISSING`` when there is nothing."""
    if pointer == "":
        return document
    for part in pointer.removeprefix("/").split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(document, Mapping) and name in document:
            document = document[name]
        elif isinstance(document, list) and name.isdecimal() and int(name) < len(document):
            document = document[int(name)]
        else:
            return MISSING
    return document


def pointers(document: Any, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield (pointer, value) of everything in a message that is a single value."""
    if depth > DEEPEST:
        return
    if isinstance(document, Mapping):
        rows: Any = ((str(k).replace("~", "~0").replace("/", "~1"), v) for k, v in document.items())
    elif isinstance(document, list):
        rows = ((str(n), value) for n, value in enumerate(document[:MOST_OF_A_LIST]))
    else:
        if is_value(document):
            yield prefix, document
        return
    for name, value in rows:
        yield from pointers(value, f"{prefix}/{name}", depth + 1)


def topic_matches(pattern: str, topic: str) -> bool:
    """Say whether a topic fits a filter with ``+`` and ``#`` (MQTT 3.1.1, 4.7)."""
    wanted, given = pattern.split("/"), topic.split("/")
    if topic.startswith("$") != pattern.startswith("$"):
        return False
    for position, part in enumerate(wanted):
        if part == "#":
            return True
        if position >= len(given) or part not in {"+", given[position]}:
            return False
    return len(wanted) == len(given)


def time_of(given: Any, zone: str) -> int | None:
    """Return a time as microseconds UTC; numbers count since 1970, their size tells the unit."""
    if isinstance(given, str) and NUMBER.match(given.strip()):
        given = number_of(given.strip())
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _time_of_number(float(given))
    try:
        moment = datetime.fromisoformat(str(given).strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return int(moment.timestamp()) * SECOND_US + moment.microsecond


def _time_of_number(given: float) -> int | None:
    if not math.isfinite(given) or given <= 0:
        return None
    if given < SECONDS:
        return round(given * SECOND_US)
    if given < MILLISECONDS:
        return round(given * 1000)
    return round(given) if given < MICROSECONDS else None


def is_value(value: Any) -> bool:
    """Say whether something can be the result of a reading."""
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) < LARGEST
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT


def number_of(text: str) -> float | None:
    """Return a number written with point or comma, None when it is none."""
    return float(text.replace(",", ".")) if NUMBER.match(text) else None
