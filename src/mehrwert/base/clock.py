"""Time as the platform stores it: int64 microseconds UTC."""

import time
from datetime import UTC, datetime


def now_us() -> int:
    """Return the present as microseconds since 1970-01-01T00Z."""
    return time.time_ns() // 1000


def from_us(value: int) -> datetime:
    """Return an aware UTC time."""
    return datetime.fromtimestamp(value / 1_000_000, tz=UTC)


def to_us(value: datetime) -> int:
    """Return microseconds of an aware time."""
    return round(value.timestamp() * 1_000_000)
