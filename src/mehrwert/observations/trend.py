"""What a stretch of a series says, as facts for one honest sentence. Plain functions."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.choices import Aggregation
from mehrwert.observations.periods import Span
from mehrwert.observations.rules import SILENT_AFTER_INTERVALS

# a change below this share of what happened in between is called none
SAME_SHARE = 0.05


class Course(StrEnum):
    """How a series went."""

    NONE = "none"
    ONE = "one"
    SAME = "same"
    UP = "up"
    DOWN = "down"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value at a time."""

    time_us: int
    value: float


@dataclass(frozen=True, slots=True)
class Trend:
    """The course of a stretch: its ends, its extremes, its sum, and for how long nothing came."""

    course: Course
    n: int = 0
    first: Reading | None = None
    last: Reading | None = None
    lowest: Reading | None = None
    highest: Reading | None = None
    total: float = 0.0
    per_day: float | None = None
    missing_us: int = 0


@dataclass(frozen=True, slots=True)
class Buckets:
    """Beginnings and extremes of neighbouring buckets, and sums and counts to add up."""

    t: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    total: NDArray[np.float64]
    n: NDArray[np.int64]


def trend_of(
    buckets: Buckets,
    ends: tuple[Reading, Reading] | None,
    *,
    aggregation: Aggregation,
    length_us: int,
    missing_us: int,
) -> Trend:
    """Return the facts of a stretch.

    Args:
        buckets: Non-empty buckets in order; nothing flagged bad.
        ends: First and last reading of the stretch, None without readings.
        aggregation: Sums are told as a sum, everything else as a course.
        length_us: Length of the stretch, cut to where readings may be expected.
        missing_us: For how much of that nothing came.
    """
    if ends is None or len(buckets.t) == 0:
        return Trend(Course.NONE, missing_us=length_us)
    first, last = ends
    n = int(buckets.n.sum())
    low, high = int(buckets.low.argmin()), int(buckets.high.argmax())
    total = float(buckets.total.sum())
    covered_days = (length_us - missing_us) / 86_400_000_000
    return Trend(
        _course(first, last, float(buckets.high[high] - buckets.low[low]), n, aggregation),
        n,
        first,
        last,
        Reading(int(buckets.t[low]), float(buckets.low[low])),
        Reading(int(buckets.t[high]), float(buckets.high[high])),
        total,
        total / covered_days if covered_days >= 1 else None,
        missing_us,
    )


def _course(
    first: Reading, last: Reading, spread: float, n: int, aggregation: Aggregation
) -> Course:
    if aggregation is Aggregation.SUM:
        return Course.SUM
    if n == 1:
        return Course.ONE
    change = last.value - first.value
    if abs(change) <= SAME_SHARE * spread:
        return Course.SAME
    return Course.UP if change > 0 else Course.DOWN


def silence_us(times: NDArray[np.int64], width_us: int, gap_us: int | None, span: Span) -> int:
    """Return for how long nothing came although something was expected.

    A gap counts less one interval: that much lies between readings anyway. Unknown interval:
    nothing is said to be missing.
    """
    if not gap_us:
        return 0
    edges = np.concatenate(([span.start_us], times, [span.end_us]))
    distances = np.diff(edges)
    wide = distances[distances > _gap_from_us(width_us, gap_us)]
    return int((wide - max(gap_us, width_us)).sum())


def gap_places(times: NDArray[np.int64], width_us: int, gap_us: int | None) -> NDArray[np.int64]:
    """Return before which places a drawn line breaks: ``np.insert`` takes these indexes."""
    limit = _gap_from_us(width_us, gap_us or 0)
    if len(times) < 2 or not limit:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.diff(times) > limit) + 1


def _gap_from_us(width_us: int, gap_us: int) -> int:
    """Return the distance above which there is a gap: three intervals, or one empty bucket."""
    return max(SILENT_AFTER_INTERVALS * gap_us, width_us * 3 // 2)
