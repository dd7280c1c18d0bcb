"""What a line chart draws: buckets with least, greatest and mean value; a gap stays a gap."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Points:
    """Columns of equal length.

    Args:
        t: Seconds since 1970, rising.
        mean: Value of the line, ``None`` or NaN where there is none.
        low: Least value of each bucket; empty when every bucket holds one value.
        high: Greatest value of each bucket.
        ends: Seconds at which each bucket ends. With ends the values are amounts of a stretch and
            are drawn as bars from zero.
    """

    t: Sequence[float]
    mean: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    ends: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """One place of the drawn line."""

    t: float
    mean: float
    low: float
    high: float


def _is_missing(value: float | None) -> bool:
    return value is None or math.isnan(value)


def segments(points: Points) -> Iterator[list[Bucket]]:
    """Yield runs of neighbouring buckets; missing values separate them."""
    run: list[Bucket] = []
    low, high = points.low or points.mean, points.high or points.mean
    for t, mean, least, most in zip(points.t, points.mean, low, high, strict=True):
        if mean is None or _is_missing(mean):
            if run:
                yield run
            run = []
            continue
        lowest = mean if least is None or _is_missing(least) else least
        highest = mean if most is None or _is_missing(most) else most
        run.append(Bucket(float(t), float(mean), float(lowest), float(highest)))
    if run:
        yield run


def thin(run: list[Bucket], keep_every: int) -> list[Bucket]:
    """Merge neighbouring buckets so that peaks survive."""
    if keep_every <= 1:
        return run
    merged = []
    for start in range(0, len(run), keep_every):
        part = run[start : start + keep_every]
        merged.append(
            Bucket(
                part[len(part) // 2].t,
                sum(b.mean for b in part) / len(part),
                min(b.low for b in part),
                max(b.high for b in part),
            )
        )
    return merged
