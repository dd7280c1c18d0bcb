"""Several municipalities that start at different times: clean comparisons, then one mean.

A regression with effects of town and month over all of them would use towns that already run the
solution as comparison of those that start later, and gives a wrong mean when effects grow or
differ. Here every town is compared only with towns that have not started before its window ends,
and the estimates are pooled with the correlation that shared comparison towns give them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Array, StatisticsError, vector
from .synthesis import Prior, TauAveraged, tau_averaged


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one estimate is made of towns and months: Σ over both of share · weight · value.

    Attributes:
        towns: Town → its share: 1 for the town itself, −1/J for each of J comparison towns.
        months: Whole month numbers, shape (n,), increasing.
        weights: Of the months in the estimate, shape (n,).
    """

    towns: Mapping[int, float]
    months: Array
    weights: Array


def clean_comparisons(town: int, starts: Mapping[int, int | None], last: int) -> list[int]:
    """Return the towns that never started, or not before the window of ``town`` ends.

    Args:
        town: The treated town.
        starts: Town → first month with the solution, None for never.
        last: Last month of the window of ``town``.

    Source: EVI-134; Callaway and Sant'Anna 2021 ("not yet treated"), held fixed over a window.
    """
    return [
        other
        for other, start in sorted(starts.items())
        if other != town and (start is None or start > last)
    ]


def shared_correlation(comparisons: Sequence[Comparison], phi: float) -> Array:
    """Return the correlation of estimates whose towns vary alike and independently, shape (k, k).

    Errors of each town follow AR(1) with the same φ and variance; what the estimates share are
    comparison towns, and treated towns that served as comparison before they started.

    Raises:
        StatisticsError: ``phi`` is not inside (−1, 1).

    Source: EVI-151 (studies that share controls); Gleser and Olkin 2009 for the idea.
    """
    if not -1 < phi < 1:
        raise StatisticsError("phi", "phi must lie between -1 and 1")
    k = len(comparisons)
    covariance = np.empty((k, k))
    for i, one in enumerate(comparisons):
        for j, other in enumerate(comparisons[: i + 1]):
            towns = sum(share * other.towns.get(town, 0.0) for town, share in one.towns.items())
            apart = np.abs(np.subtract.outer(one.months, other.months))
            months = one.weights @ np.power(phi, apart) @ other.weights
            covariance[i, j] = covariance[j, i] = towns * months
    scale = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(scale, scale))


def pool_correlated(
    theta: ArrayLike, covariance: ArrayLike, *, prior: Prior | None = None, level: float = 0.95
) -> TauAveraged:
    """Pool estimates that are correlated: θ ~ N(μ, V + τ²I), τ averaged as in ``tau_averaged``.

    With V = QΛQ' the rotated estimates Q'θ are independent with variances Λ + τ² and mean (Q'1)μ,
    so the synthesis of independent estimates applies without change.

    Args:
        theta: Shape (k,).
        covariance: V, shape (k, k), symmetric and positive definite.
        prior: Of τ.
        level: Of the intervals.

    Raises:
        StatisticsError: ``covariance`` does not fit or is not positive definite.

    Source: EVI-134, EVI-151, EVI-156.
    """
    values, columns, variances = rotated(theta, covariance)
    return tau_averaged(values, variances, columns, prior=prior, level=level)


def rotated(theta: ArrayLike, covariance: ArrayLike) -> tuple[Array, Array, Array]:
    """Return Q'θ, shape (k,), Q'1, shape (k, 1), and Λ, shape (k,), of V = QΛQ'.

    Raises:
        StatisticsError: ``covariance`` does not fit or is not positive definite.
    """
    effects = vector(theta, "theta")
    v = np.asarray(covariance, dtype=np.float64)
    if v.shape != (len(effects), len(effects)) or not np.isfinite(v).all():
        raise StatisticsError("covariance", "one row and column per estimate is needed")
    if not np.allclose(v, v.T, rtol=1e-9, atol=0):
        raise StatisticsError("covariance", "a covariance matrix is symmetric")
    variances, q = np.linalg.eigh(v)
    if variances[0] <= 1e-12 * variances[-1]:
        raise StatisticsError("covariance", "estimates are copies of each other")
    return q.T @ effects, np.asarray(q.sum(axis=0)[:, None]), variances
