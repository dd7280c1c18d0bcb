"""Root of a function between two points, without ``scipy.optimize``.

``scipy.optimize`` holds the same method but brings linear algebra, transforms and sparse matrices
with it, a tenth of the memory that a small town's server may use.
"""

import math
import sys
from collections.abc import Callable

from .arrays import StatisticsError

MOST_STEPS = 200
EPSILON = sys.float_info.epsilon


def find_root(
    function: Callable[[float], float], low: float, high: float, *, xtol: float, rtol: float = 1e-15
) -> float:
    """Return x with ``function(x)`` = 0 between two points of opposite sign.

    Args:
        function: Continuous.
        low: One end.
        high: The other end.
        xtol: The root is known to within ``xtol`` plus ``rtol`` times its size.
        rtol: Relative part of the tolerance; never below four rounding steps.

    Raises:
        StatisticsError: ``no_sign_change`` or ``not_finite``.

    Source: Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4.
    """
    a, b = low, high
    fa, fb = function(a), function(b)
    if not (math.isfinite(fa) and math.isfinite(fb)):
        raise StatisticsError("not_finite", "the function is not finite at an end")
    if fa * fb > 0:
        raise StatisticsError("no_sign_change", "both ends lie on the same side")
    c, fc = a, fa
    width = before = b - a
    for _ in range(MOST_STEPS):
        if fb * fc > 0:
            c, fc = a, fa
            width = before = b - a
        if abs(fc) < abs(fb):
            a, b, c = b, c, b
            fa, fb, fc = fb, fc, fb
        near = 0.5 * (xtol + max(rtol, 4 * EPSILON) * abs(b))
        half = 0.5 * (c - b)
        if fb == 0 or abs(half) <= near:
            break
        width, before = _step((a, b, c), (fa, fb, fc), (width, before), near)
        a, fa = b, fb
        b += width if abs(width) > near else math.copysign(near, half)
        fb = function(b)
    return b


def _step(
    points: tuple[float, float, float],
    values: tuple[float, float, float],
    widths: tuple[float, float],
    near: float,
) -> tuple[float, float]:
    """Return the next step and the one before: interpolation if it is safe, else bisection.

    ``points`` are the former best, the best, and the point across the root.
    """
    a, b, c = points
    fa, fb, fc = values
    width, before = widths
    half = 0.5 * (c - b)
    if abs(before) < near or abs(fa) <= abs(fb):
        return half, half
    s = fb / fa
    if a == c:
        p, q = 2 * half * s, 1 - s
    else:
        r, t = fb / fc, fa / fc
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
    p, q = (p, -q) if p > 0 else (-p, q)
    if 2 * p < min(3 * half * q - abs(near * q), abs(before * q)):
        return p / q, width
    return half, half
