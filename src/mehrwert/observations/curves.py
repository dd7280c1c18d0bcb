"""From raw to true values: curves of calibrations, and which one counts when. Plain functions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.errors import CurveError

MOST_POINTS = 50


@dataclass(frozen=True, slots=True)
class Curve:
    """One calibration; see the table for what the fields mean. ``id`` rises with its age."""

    id: int
    from_us: int
    until_us: int | None
    points: tuple[tuple[float, float], ...]
    uncertainty: float | None

    def covers(self, times_us: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return for each time whether the curve is valid then."""
        until = 2**62 if self.until_us is None else self.until_us
        found: NDArray[np.bool_] = (times_us >= self.from_us) & (times_us < until)
        return found

    def applied(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the true values for raw ones."""
        xs, ys = (np.array(column) for column in zip(*self.points, strict=True))
        if len(xs) == 1:
            shifted: NDArray[np.float64] = raw + (ys[0] - xs[0])
            return shifted
        piece = np.clip(np.searchsorted(xs, raw, side="right") - 1, 0, len(xs) - 2)
        slope = np.diff(ys) / np.diff(xs)
        found: NDArray[np.float64] = ys[piece] + slope[piece] * (raw - xs[piece])
        return found


def check_points(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return the pairs of a curve by raw value.

    Raises:
        CurveError: There is none, too many, a raw value twice, or no number.
    """
    ordered = tuple(sorted((float(raw), float(true)) for raw, true in points))
    raws = [raw for raw, _ in ordered]
    is_finite = all(np.isfinite(pair).all() for pair in ordered)
    if not 1 <= len(ordered) <= MOST_POINTS or len(set(raws)) < len(raws) or not is_finite:
        raise CurveError(most=MOST_POINTS)
    return ordered


def calibrated(
    times_us: NDArray[np.int64], raw: NDArray[np.float64], curves: Sequence[Curve]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return true values and which curve made each: its place in ``curves``, −1 = none was valid.

    Where none is valid the raw value stands. Of several the one with the highest id counts.
    """
    values, used = raw.copy(), np.full(len(raw), -1, dtype=np.int64)
    for place in sorted(range(len(curves)), key=lambda i: curves[i].id):
        inside = curves[place].covers(times_us)
        values[inside] = curves[place].applied(raw[inside])
        used[inside] = place
    return values, used
