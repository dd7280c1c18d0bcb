"""From what a codec returns to values of series."""

from collections.abc import Iterator, Mapping
from typing import Any

from mehrwert.base.pointers import is_value

AHEAD_US = 10 * 60 * 1_000_000
# a clock that is off by less is left unmentioned
NOTABLE_SKEW_S = 300.0
SLOWLY = 0.1
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


def is_ahead(device_us: int | None, received_us: int, shift_s: int = 0) -> bool:
    """Say whether a device lives in the future: its clock is wrong, its values would be last.

    ``shift_s`` is by how much its times are corrected.
    """
    return device_us is not None and measured_us(device_us, received_us, shift_s) > (
        received_us + AHEAD_US
    )


def measured_us(device_us: int | None, received_us: int, shift_s: int = 0) -> int:
    """Return when something was measured: as the device says, corrected; else when it came."""
    return received_us if device_us is None else device_us - shift_s * 1_000_000


def skew_of(before_s: float | None, device_us: int, received_us: int) -> float:
    """Return how far a clock seems to run ahead, in seconds, after one more message.

    A message that was on its way for long looks like a clock that is behind. So one that says
    „less behind“ is believed at once, one that says „more behind“ only after several.
    """
    now_s = (device_us - received_us) / 1e6
    if before_s is None or now_s >= before_s:
        return now_s
    return before_s + (now_s - before_s) * SLOWLY


def is_clock_wrong(skew_s: float | None, shift_s: int) -> bool:
    """Say whether a clock is off by more than it is corrected for."""
    return skew_s is not None and abs(skew_s - shift_s) > NOTABLE_SKEW_S


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
