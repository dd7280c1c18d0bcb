"""Local time as UTC: the hour that is missing in March and the one that comes twice in October."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

SECOND_US = 1_000_000
# No zone changes its clocks twice within a week
STEP_DAYS = 7


class ClockChange(StrEnum):
    """What the file says about the hour that comes twice; only its maker knows.

    ``both``: it has each row twice, summer time first. ``merged``: one row holds both hours
    together. ``skip``: leave these rows out.
    """

    BOTH = "both"
    MERGED = "merged"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Local times as UTC.

    ``missing``: there is no such local time. ``repeated``: it comes twice, ``us`` is the first
    (summer) occurrence and ``us + gain_us`` the second.
    """

    us: NDArray[np.int64]
    missing: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    gain_us: NDArray[np.int64]


def resolve(local_us: NDArray[np.int64], zone: str) -> Resolved:
    """Turn local times into UTC.

    Args:
        local_us: Microseconds since 1970 as the clock on the wall shows them.
        zone: Name of the time zone, for example ``Europe/Berlin``.
    """
    at, before, after = transitions(zone)
    turns = at + before
    index = np.searchsorted(turns, local_us, side="right")
    offsets = np.concatenate((before[:1], after))
    us = local_us - offsets[index]
    last = np.maximum(index - 1, 0)
    missing = (index > 0) & (local_us < (at + after)[last])
    following = np.minimum(index, len(at) - 1)
    repeated = (index < len(at)) & (local_us >= (at + after)[following])
    gain = np.where(repeated, (before - after)[following], 0)
    return Resolved(us, missing, repeated, gain)


def offsets_of(us: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Return how far local time is ahead of UTC, in microseconds, at these times."""
    at, before, after = transitions(zone)
    offsets = np.concatenate((before[:1], after))
    ahead: NDArray[np.int64] = offsets[np.searchsorted(at, us, side="right")]
    return ahead


@lru_cache(maxsize=16)
def transitions(
    zone: str,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return when the clocks of a zone change (UTC) and the offsets before and after, 1970 to 2099.

    Raises:
        KeyError: No such zone (``ZoneInfoNotFoundError``).
    """
    info = ZoneInfo(zone)
    found: list[tuple[int, int, int]] = []
    day = datetime(1970, 1, 1, tzinfo=UTC)
    offset = _offset(day, info)
    while day.year < 2100:
        following = day + timedelta(days=STEP_DAYS)
        changed = _offset(following, info)
        if changed != offset:
            found.append((_moment(day, following, info), offset, changed))
        day, offset = following, changed
    columns = np.array(found, dtype=np.int64).reshape(-1, 3).T
    if not len(found):
        columns = np.array([[-(2**62)], [offset], [offset]], dtype=np.int64)
    return columns[0], columns[1], columns[2]


def _offset(at: datetime, info: ZoneInfo) -> int:
    delta = at.astimezone(info).utcoffset() or timedelta(0)
    return int(delta.total_seconds()) * SECOND_US


def _moment(start: datetime, end: datetime, info: ZoneInfo) -> int:
    """Find the second within a step at which the offset changes."""
    low, high = int(start.timestamp()), int(end.timestamp())
    before = _offset(start, info)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, tz=UTC), info) == before:
            low = middle
        else:
            high = middle
    return high * SECOND_US
