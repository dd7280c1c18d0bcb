"""From what a codec returns to values of series."""

from collections.abc import Iterator, Mapping
from typing import Any

from mehrwert.base.pointers import is_value

AHEAD_US = 10 * 60 * 1_000_000
STOPS = 3
STOPS_WITHIN_US = 10 * 60 * 1_000_000


def flatten(data: Any, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of everything that can be a reading; paths are joined by dots.

    Vendors wrap values as ``{"value": 1.2, "unit": "V"}``; these count as their value.
    """
    if isinstance(data, Mapping):
        if "value" in data and not isinstance(data["value"], Mapping | list):
            data = data["value"]
        elif depth < 4:
            for name, value in data.items():
                yield from flatten(value, f"{prefix}.{name}" if prefix else str(name), depth + 1)
            return
    if prefix and is_value(data):
        yield prefix, data


def result_of(value: Any) -> float | int | str:
    """Return a value as it is stored: yes and no are 1 and 0, so that they can be drawn."""
    return int(value) if isinstance(value, bool) else value


def is_ahead(device_us: int | None, received_us: int) -> bool:
    """Say whether a device lives in the future: its clock is wrong, its values would be last."""
    return device_us is not None and device_us > received_us + AHEAD_US


def must_stop(stops_us: list[int], now_us: int) -> bool:
    """Say whether a codec had to be stopped by force too often lately."""
    return len([at for at in stops_us if at > now_us - STOPS_WITHIN_US]) >= STOPS


def battery_of(
    envelope: Mapping[str, Any], data: Mapping[str, Any], description: Mapping[str, Any]
) -> tuple[float, str] | None:
    """Return (level, unit) of the battery: from the network, else from the field of the codec."""
    if envelope.get("battery") is not None:
        return float(envelope["battery"]), "%"
    about = description.get("battery") or {}
    value = data.get(about.get("field", ""))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value), str(about.get("unit", ""))[:4]
    return None
