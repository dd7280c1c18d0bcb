"""Random-effects (meta-)regression with the Hartung-Knapp variance and its floor."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, matrix, vector
from ..laws import normal_quantile, t_quantile
from ..roots import find_root

Method = Literal["FE", "DL", "PM", "ML", "REML", "SJ"]
Variance = Literal["hartung_knapp_floor", "hartung_knapp", "wald"]
MOST_STEPS = 60
MOST_DOUBLINGS = 120
TOLERANCE = 1e-13


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model of k studies and p coefficients.

    Attributes:
        tau2: Variance between municipalities.
        coefficients: Shape (p,).
        standard_errors: Shape (p,).
        low, high: Interval of each coefficient, shape (p,).
        covariance: V, shape (p, p): (X'WX)⁻¹ times max(1, s²) where that floor applies.
        unscaled: (X'WX)⁻¹, shape (p, p).
        q: Cochran's Q at τ² = 0.
        typical_variance: (k − p) / tr P₀.
        critical: Quantile of the interval.
        df: k − p.
        x: Design matrix, shape (k, p).
        is_converged: Whether the iteration for τ² met its tolerance.
    """

    tau2: float
    coefficients: Array
    standard_errors: Array
    low: Array
    high: Array
    covariance: Array
    unscaled: Array
    q: float
    typical_variance: float
    critical: float
    df: int
    x: Array
    is_converged: bool


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a fit at one τ² needs; P = W − WX(X'WX)⁻¹X'W is never formed.

    Attributes:
        weights: Diagonal of W, shape (k,).
        unscaled: (X'WX)⁻¹, shape (p, p).
        coefficients: Shape (p,).
        py: P·y, shape (k,).
        trace_p, trace_pp: tr P and tr PP.
    """

    weights: Array
    unscaled: Array
    coefficients: Array
    py: Array
    trace_p: float
    trace_pp: float


def fit_random_effects(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    *,
    method: Method = "REML",
    variance: Variance = "hartung_knapp_floor",
    level: float = 0.95,
) -> Fit:
    """Fit y_i = x_i'β + u_i + e_i with Var u = τ², Var e_i = v_i.

    Args:
        y: Effects, shape (k,).
        v: Their variances, shape (k,), positive.
        x: Design matrix, shape (k, p); None means the mean only.
        method: Estimator of τ²; ``FE`` sets it to 0, ``SJ`` is Sidik and Jonkman's.
        variance: Hartung-Knapp with t and k − p degrees of freedom, or Wald.
        level: Of the intervals.

    Raises:
        StatisticsError: Fewer than p + 1 studies, or variances that are not positive.

    Source: EVI-152, EVI-153; Viechtbauer 2005 (scoring); Knapp and Hartung 2003.
    """
    effects, variances, design = _checked(y, v, x)
    df = len(effects) - design.shape[1]
    at_zero = _parts(effects, variances, design, 0.0)
    q = float(effects @ at_zero.py)
    start = max(0.0, (q - df) / at_zero.trace_p)
    tau2, is_converged = _tau2(effects, variances, design, method, start)
    parts = _parts(effects, variances, design, tau2)
    covariance = parts.unscaled * _widening(variance, float(effects @ parts.py) / df)
    upper = 0.5 + level / 2
    critical = normal_quantile(upper) if variance == "wald" else t_quantile(upper, df)
    errors = np.sqrt(np.diag(covariance))
    return Fit(
        tau2=tau2,
        coefficients=parts.coefficients,
        standard_errors=errors,
        low=parts.coefficients - critical * errors,
        high=parts.coefficients + critical * errors,
        covariance=covariance,
        unscaled=parts.unscaled,
        q=q,
        typical_variance=df / at_zero.trace_p,
        critical=critical,
        df=df,
        x=design,
        is_converged=is_converged,
    )


def _checked(y: ArrayLike, v: ArrayLike, x: ArrayLike | None) -> tuple[Array, Array, Array]:
    effects, variances = vector(y, "y"), vector(v, "v")
    k = len(effects)
    if len(variances) != k or (variances <= 0).any():
        raise StatisticsError("variance", "every study needs one positive variance")
    return effects, variances, matrix(np.ones((k, 1)) if x is None else x, k, "x")


def _widening(variance: Variance, s2: float) -> float:
    """Return the factor on (X'WX)⁻¹; ``s2`` is y'Py / (k − p)."""
    if variance == "wald":
        return 1.0
    return max(1.0, s2) if variance == "hartung_knapp_floor" else s2


def _parts(y: Array, v: Array, x: Array, tau2: float) -> _Parts:
    w = 1 / (v + tau2)
    xtw = x.T * w
    unscaled = np.asarray(np.linalg.inv(xtw @ x), dtype=np.float64)
    beta = unscaled @ (xtw @ y)
    second = unscaled @ ((xtw * w) @ x)
    third = unscaled @ ((xtw * w**2) @ x)
    return _Parts(
        weights=w,
        unscaled=unscaled,
        coefficients=beta,
        py=w * (y - x @ beta),
        trace_p=float(w.sum() - np.trace(second)),
        trace_pp=float((w**2).sum() - 2 * np.trace(third) + np.trace(second @ second)),
    )


def _tau2(y: Array, v: Array, x: Array, method: Method, start: float) -> tuple[float, bool]:
    """Return τ² and whether the iteration converged; starts at DerSimonian-Laird."""
    if method == "FE":
        return 0.0, True
    if method == "DL":
        return start, True
    if method == "SJ":
        return _sidik_jonkman(y, v, x), True
    tau2 = start
    for _ in range(MOST_STEPS):
        step = _step(y, x, _parts(y, v, x, tau2), method)
        while tau2 + step < -1e-15 and abs(step) >= 1e-16:
            step /= 2
        fresh = max(tau2 + step, 0.0)
        if abs(fresh - tau2) < TOLERANCE * max(1.0, fresh):
            return fresh, True
        tau2 = fresh if fresh > 1e-12 else 0.0
    return _root(y, v, x, method, tau2)


def _sidik_jonkman(y: Array, v: Array, x: Array) -> float:
    """Return τ² of Sidik and Jonkman 2005: always positive unless the effects are equal."""
    crude = float(np.var(y))
    if crude == 0.0:
        return 0.0
    w = 1 / (v / crude + 1)
    beta = np.linalg.solve((x.T * w) @ x, (x.T * w) @ y)
    residuals = y - x @ beta
    return float(w @ residuals**2 / (len(y) - x.shape[1]))


def _root(y: Array, v: Array, x: Array, method: Method, near: float) -> tuple[float, bool]:
    """Solve score(τ²) = 0 around a point that scoring reached but crept away from too slowly."""

    def score(tau2: float) -> float:
        return _step(y, x, _parts(y, v, x, tau2), method)

    uphill = score(near) > 0
    low = high = near
    for _ in range(MOST_DOUBLINGS):
        low, high = (low, 2 * high + 1e-9) if uphill else (low / 2 if low > 1e-15 else 0.0, high)
        if (score(high if uphill else low) > 0) != uphill:
            return find_root(score, low, high, xtol=1e-15), True
        if low == 0.0 and not uphill:
            return 0.0, True
    return near, False


def _step(y: Array, x: Array, parts: _Parts, method: Method) -> float:
    """Return the scoring step of the estimator at the present τ²; its sign is the score's."""
    squares = float(parts.py @ parts.py)
    if method == "REML":
        return (squares - parts.trace_p) / parts.trace_pp
    if method == "ML":
        return float((squares - parts.weights.sum()) / np.sum(parts.weights**2))
    return float((y @ parts.py - (len(y) - x.shape[1])) / squares)
