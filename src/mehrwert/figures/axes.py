"""Where the ticks of an axis stand: round values, and local times people recognise."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from mehrwert.figures.text import MONTHS, clock

HOUR_S = 3600
DAY_S = 86400
MONTH_S = 30 * DAY_S


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the time axis."""

    at_s: float
    label: str


def value_ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about ``count`` round values that enclose ``low`` and ``high``."""
    if not math.isfinite(low) or not math.isfinite(high):
        low, high = 0.0, 1.0
    if high - low < 1e-12:
        pad = abs(high) * 0.1 or 1.0
        low, high = low - pad, high + pad
    rough = (high - low) / max(count - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def time_ticks(
    start_s: float, end_s: float, *, zone: tzinfo, language: str = "de", count: int = 7
) -> list[Tick]:
    """Return at most about ``count`` local times between two instants."""
    span = max(end_s - start_s, 1.0)
    if span <= 3 * DAY_S:
        hours = next((h for h in (1, 2, 3, 6, 12, 24) if span / (h * HOUR_S) <= count), 24)
        return _hour_ticks(start_s, end_s, zone, language, hours)
    if span <= 4 * MONTH_S:
        days = next((d for d in (1, 2, 7, 14, 28) if span / (d * DAY_S) <= count), 28)
        return _day_ticks(start_s, end_s, zone, language, days)
    months = next((m for m in (1, 2, 3, 6, 12, 24, 60) if span / (m * MONTH_S) <= count), 120)
    return _month_ticks(start_s, end_s, zone, language, months)


def _local(at_s: float, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at_s, tz=UTC).astimezone(zone)


def _hour_ticks(
    start_s: float, end_s: float, zone: tzinfo, language: str, hours: int
) -> list[Tick]:
    first = _local(start_s, zone).replace(minute=0, second=0, microsecond=0)
    found: list[Tick] = []
    at = first.astimezone(UTC)
    while at.timestamp() <= end_s:
        local = at.astimezone(zone)
        if local.hour % hours == 0 and at.timestamp() >= start_s:
            is_day = local.hour == 0
            label = _day_label(local, language) if is_day else clock(local, language=language)
            found.append(Tick(at.timestamp(), label))
        at += timedelta(hours=1)
    return found


def _day_ticks(start_s: float, end_s: float, zone: tzinfo, language: str, days: int) -> list[Tick]:
    at = _local(start_s, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found: list[Tick] = []
    while at.timestamp() <= end_s:
        if at.timestamp() >= start_s and at.toordinal() % days == (1 if days >= 7 else 0):
            found.append(Tick(at.timestamp(), _day_label(at, language)))
        at += timedelta(days=1)
    return found


def _month_ticks(
    start_s: float, end_s: float, zone: tzinfo, language: str, months: int
) -> list[Tick]:
    first = _local(start_s, zone)
    number = first.year * 12 + first.month - 1
    found: list[Tick] = []
    while True:
        at = datetime(number // 12, number % 12 + 1, 1, tzinfo=zone)
        if at.timestamp() > end_s:
            return found
        if at.timestamp() >= start_s and number % months == 0:
            name = MONTHS[language].split()[at.month - 1][:3]
            is_year = months >= 12
            label = str(at.year) if is_year else f"{name} {at.year}" if at.month == 1 else name
            found.append(Tick(at.timestamp(), label))
        number += 1


def _day_label(local: datetime, language: str) -> str:
    if language == "de":
        return f"{local.day}.{local.month}."
    return f"{local.day} {MONTHS[language].split()[local.month - 1][:3]}"
