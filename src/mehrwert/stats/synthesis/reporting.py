"""Results that are missing: bounds, fail-safe number, Egger; several rows of one municipality."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, vector
from ..laws import normal_tail, t_probability
from .fit import fit_random_effects

MOST_FAILSAFE = 10_000


@dataclass(frozen=True, slots=True)
class Egger:
    """Asymmetry of small studies; never a proof.

    Attributes:
        z, p: Random-effects form.
        limit: Estimate of a study without error.
        t, p_weighted: Weighted least squares form with k − 2 degrees of freedom.
        kendall, p_kendall: Rank correlation of effect and variance (Begg and Mazumdar 1994).
    """

    z: float
    p: float
    limit: float
    t: float
    p_weighted: float
    kendall: float
    p_kendall: float


def average_within(
    municipalities: Sequence[str], y: ArrayLike, v: ArrayLike
) -> tuple[list[str], Array, Array]:
    """Return one row per municipality: mean effect, variance = (mean of SE)² (source: EVI-151).

    Args:
        municipalities: Key of each row, length n.
        y: Effects, shape (n,).
        v: Variances, shape (n,).

    Returns:
        Keys in sorted order, effects and variances, each of length k ≤ n.
    """
    effects, errors = vector(y, "y"), np.sqrt(vector(v, "v"))
    keys = sorted(set(municipalities))
    rows = [np.array([m == key for m in municipalities]) for key in keys]
    means = np.array([effects[row].mean() for row in rows])
    variances = np.array([errors[row].mean() ** 2 for row in rows])
    return keys, means, variances


def bounds_for_missing(
    y: ArrayLike, v: ArrayLike, *, missing: int, sesoi: float
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Return (y, v) with missing results as no effect, and as the SESOI in the bad direction.

    Source: EVI-173. A larger θ is worse, so the bad direction is +SESOI.
    """
    effects, variances = vector(y, "y"), vector(v, "v")
    filled = np.concatenate((variances, np.full(missing, np.median(variances))))
    null = np.concatenate((effects, np.zeros(missing)))
    bad = np.concatenate((effects, np.full(missing, abs(sesoi))))
    return (null, filled), (bad, filled)


def failsafe_number(y: ArrayLike, v: ArrayLike, *, level: float = 0.95) -> int | None:
    """Return how many null municipalities make the interval include 0; None if more than 10,000.

    0 means that it includes 0 already. Found by halving: with every further null municipality the
    interval comes closer to 0. Source: EVI-174; decision 0003 for the number of TC10.
    """
    effects, variances = vector(y, "y"), vector(v, "v")

    def holds(m: int) -> bool:
        (null, filled), _ = bounds_for_missing(effects, variances, missing=m, sesoi=0.0)
        fit = fit_random_effects(null, filled, level=level)
        return bool(fit.low[0] > 0 or fit.high[0] < 0)

    if not holds(0):
        return 0
    low, high = 0, 1
    while holds(high):
        if high >= MOST_FAILSAFE:
            return None
        low, high = high, min(2 * high, MOST_FAILSAFE)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def egger(y: ArrayLike, v: ArrayLike, *, least_k: int = 10) -> Egger:
    """Return both forms of Egger's regression on the standard error (source: EVI-175).

    Raises:
        StatisticsError: ``too_few`` studies for the test to mean anything.
    """
    effects, variances = vector(y, "y"), vector(v, "v")
    k = len(effects)
    if k < least_k:
        raise StatisticsError("too_few", f"Egger needs {least_k} studies, there are {k}")
    errors = np.sqrt(variances)
    design = np.column_stack((np.ones(k), errors))
    fit = fit_random_effects(effects, variances, design, variance="wald")
    z = float(fit.coefficients[1] / fit.standard_errors[1])
    t = _weighted_t(effects / errors, design / errors[:, None])
    rank = _rank_correlation(effects, variances)
    return Egger(
        z=z,
        p=2 * normal_tail(abs(z)),
        limit=float(fit.coefficients[0]),
        t=t,
        p_weighted=2 * t_probability(-abs(t), k - 2),
        kendall=rank[0],
        p_kendall=rank[1],
    )


def _rank_correlation(y: Array, v: Array) -> tuple[float, float]:
    w = 1 / v
    standardised = (y - float(w @ y) / w.sum()) / np.sqrt(v - 1 / w.sum())
    has_ties = min(len(set(standardised)), len(set(v))) < len(v)
    method = "asymptotic" if has_ties else "exact"
    found = scipy.stats.kendalltau(standardised, v, method=method)
    return float(found.statistic), float(found.pvalue)


def _weighted_t(y: Array, x: Array) -> float:
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    residuals = y - x @ beta
    s2 = residuals @ residuals / (len(y) - x.shape[1])
    return float(beta[1] / np.sqrt(s2 * inverse[1, 1]))
