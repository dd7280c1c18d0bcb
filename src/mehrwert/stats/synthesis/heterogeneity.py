"""How much municipalities differ: I², H² and the Q-profile interval of τ²."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, vector
from ..laws import chi2_quantile
from ..roots import find_root
from .fit import Fit

LARGEST_TAU2 = 1e4


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """Share of variance between municipalities.

    Attributes:
        i2: In per cent, from τ² and the typical variance, not from Q.
        h2: Total over sampling variance.
    """

    i2: float
    h2: float


def heterogeneity(tau2: float, typical_variance: float) -> Heterogeneity:
    """Return I² and H² of a τ² (source: EVI-154)."""
    return Heterogeneity(100 * tau2 / (tau2 + typical_variance), 1 + tau2 / typical_variance)


def of_fit(fit: Fit) -> Heterogeneity:
    """Return I² and H² of a fitted model."""
    return heterogeneity(fit.tau2, fit.typical_variance)


def tau2_interval(y: ArrayLike, v: ArrayLike, *, level: float = 0.95) -> tuple[float, float]:
    """Return the Q-profile interval of τ² (source: EVI-154; Viechtbauer 2007).

    Args:
        y: Effects, shape (k,).
        v: Variances, shape (k,).
        level: Of the interval.
    """
    effects, variances = vector(y, "y"), vector(v, "v")
    low, high = (
        _solve(effects, variances, chi2_quantile(p, len(effects) - 1))
        for p in (0.5 + level / 2, 0.5 - level / 2)
    )
    return low, high


def _generalised_q(y: Array, v: Array, tau2: float) -> float:
    weights = 1 / (v + tau2)
    centre = weights @ y / weights.sum()
    return float(weights @ (y - centre) ** 2)


def _solve(y: Array, v: Array, target: float) -> float:
    if _generalised_q(y, v, 0.0) < target:
        return 0.0
    largest = max(LARGEST_TAU2, 1e4 * float(np.var(y)))
    return find_root(lambda t: _generalised_q(y, v, t) - target, 0.0, largest, xtol=1e-14)
