"""Small readers for JSON that others made: what has the wrong shape counts as absent."""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

SECOND_US = 1_000_000


def part_of(given: Any, *names: str) -> Any:
    """Return what stands at a path of objects, None when there is nothing."""
    for name in names:
        given = given.get(name) if isinstance(given, Mapping) else None
    return given


def text_of(given: Any) -> str:
    """Return a text, empty for anything else."""
    return given if isinstance(given, str) else ""


def number_of(given: Any) -> float | None:
    """Return a number, None for anything else."""
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    return float(given) if is_number else None


def count_of(given: Any) -> int:
    """Return a whole number ≥ 0; absent means 0, as both systems leave zeros out."""
    return given if type(given) is int and given >= 0 else 0


def bytes_of(given: Any) -> bytes | None:
    """Return base64 as bytes, None when it is none."""
    if given is None:
        return b""
    try:
        return base64.b64decode(given, validate=True)
    except (TypeError, ValueError, binascii.Error):
        return None


def time_us(given: Any) -> int | None:
    """Return an ISO 8601 time as microseconds UTC, None when it is none."""
    try:
        moment = datetime.fromisoformat(text_of(given))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * SECOND_US + moment.microsecond


def best_signal(receptions: Any) -> tuple[float | None, float | None]:
    """Return (RSSI in dBm, SNR in dB) of the gateway that heard best."""
    found = [
        (rssi, number_of(part_of(one, "snr")))
        for one in (receptions if isinstance(receptions, list) else ())
        if (rssi := number_of(part_of(one, "rssi"))) is not None
    ]
    return max(found, key=lambda pair: pair[0]) if found else (None, None)


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known."""
    return {name: value for name, value in values.items() if value is not None}
