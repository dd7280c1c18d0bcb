"""The room's rules as plain functions on values: hours, silence, gaps."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.choices import Freshness, Quality

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
SILENT_AFTER_INTERVALS = 3
LATE_AFTER_INTERVALS = 2
GAPS_FOR_INTERVAL = 50
_BAD = int(Quality.BAD)

# n, sum, min, max, first, last, n_bad
Bucket = tuple[int, float | None, float | None, float | None, float | None, float | None, int]


def hour_of(time_us: int) -> int:
    """Return the whole hours since 1970-01-01T00Z."""
    return time_us // HOUR_US


def summed_hours(
    times: NDArray[np.int64], results: NDArray[np.float64], qualities: NDArray[np.int16] | None
) -> dict[int, Bucket]:
    """Sum up readings per UTC hour.

    Args:
        times: Microseconds, ascending; ties in order of ``seq``.
        results: Same shape; NaN where a reading is not numeric (such rows do not count).
        qualities: Flags, None if nothing is flagged.

    Returns:
        Buckets over readings not flagged bad, and the number of bad ones; hours without any
        numeric reading are absent.
    """
    hours = times // HOUR_US
    counted = np.isfinite(results)
    bad = counted & (qualities == _BAD) if qualities is not None else None
    has_bad = bad is not None and bool(bad.any())
    good = counted & ~bad if has_bad and bad is not None else counted
    if not bool(good.all()):
        buckets = _summed(hours[good], results[good])
    else:
        buckets = _summed(hours, results)
    if has_bad and bad is not None:
        where, counts = np.unique(hours[bad], return_counts=True)
        for hour, n_bad in zip(where.tolist(), counts.tolist(), strict=True):
            known = buckets.get(hour, (0, None, None, None, None, None, 0))
            buckets[hour] = (*known[:6], n_bad)
    return buckets


def _summed(hours: NDArray[np.int64], results: NDArray[np.float64]) -> dict[int, Bucket]:
    if len(hours) == 0:
        return {}
    starts = np.concatenate(([0], np.flatnonzero(np.diff(hours)) + 1))
    ends = np.append(starts[1:], len(hours))
    columns: Sequence[Any] = (
        (ends - starts).tolist(),
        np.add.reduceat(results, starts).tolist(),
        np.minimum.reduceat(results, starts).tolist(),
        np.maximum.reduceat(results, starts).tolist(),
        results[starts].tolist(),
        results[ends - 1].tolist(),
        [0] * len(starts),
    )
    return dict(zip(hours[starts].tolist(), zip(*columns, strict=True), strict=True))


def added(bucket: Bucket | None, result: float, quality: int) -> Bucket:
    """Return the bucket with one later numeric reading."""
    n, total, low, high, first, last, n_bad = bucket or (0, None, None, None, None, None, 0)
    if quality == _BAD:
        return (n, total, low, high, first, last, n_bad + 1)
    if n == 0 or total is None or low is None or high is None:
        return (1, result, result, result, result, result, n_bad)
    return (n + 1, total + result, min(low, result), max(high, result), first, result, n_bad)


def typical_gap_us(times: Sequence[int]) -> int | None:
    """Return the median of the last 50 gaps between distinct times, None below three gaps."""
    distinct = sorted(set(times))[-(GAPS_FOR_INTERVAL + 1) :]
    if len(distinct) < 4:
        return None
    gaps = sorted(later - earlier for earlier, later in pairwise(distinct))
    half = len(gaps) // 2
    return gaps[half] if len(gaps) % 2 else (gaps[half - 1] + gaps[half]) // 2


def expected_gap_us(expected_interval_s: int | None, gap_us: int | None) -> int | None:
    """Return the expected time between readings: declared, else learned, else unknown."""
    return expected_interval_s * 1_000_000 if expected_interval_s else gap_us


def is_silent(last_time_us: int | None, gap_us: int | None, now_us: int) -> bool:
    """Say whether a series that has spoken before owes three readings by now."""
    if last_time_us is None or not gap_us:
        return False
    return now_us - last_time_us > SILENT_AFTER_INTERVALS * gap_us


def freshness(
    last_time_us: int | None, gap_us: int | None, now_us: int, *, is_closed: bool = False
) -> Freshness:
    """Return how fresh a series is.

    Late: a reading is overdue by a whole interval. A reading of an interval carries the time of
    its beginning, so up to two intervals of age are normal. Without a known interval a day counts.

    Args:
        last_time_us: Time of the latest reading, None if there is none.
        gap_us: Expected time between readings, None if unknown.
        now_us: The present.
        is_closed: The series has ended on purpose and owes nothing any more.
    """
    if last_time_us is None:
        return Freshness.EMPTY
    if is_closed:
        return Freshness.CLOSED
    if is_silent(last_time_us, gap_us, now_us):
        return Freshness.SILENT
    allowed = LATE_AFTER_INTERVALS * gap_us if gap_us else DAY_US
    return Freshness.LATE if now_us - last_time_us > allowed else Freshness.FRESH


def worst_freshness(states: Sequence[Freshness]) -> Freshness:
    """Return the state of a thing: that of its worst series; empty series do not count."""
    order = list(Freshness)
    spoken = [state for state in states if state is not Freshness.EMPTY]
    return min(spoken, key=order.index, default=Freshness.EMPTY)
