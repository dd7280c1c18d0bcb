"""Counts: quasi-Poisson regression with an offset."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, matrix, vector

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class CountFit:
    """Coefficients on the log scale, shape (p,), standard errors scaled by the dispersion."""

    coefficients: Array
    standard_errors: Array
    dispersion: float


def quasi_poisson(counts: ArrayLike, x: ArrayLike, offset: ArrayLike) -> CountFit:
    """Fit E n = exp(Xβ + offset) with Var n = dispersion · E n; column 0 of X is the constant.

    Args:
        counts: Shape (n,), not negative, not all 0.
        x: Shape (n, p).
        offset: Log of the exposure, shape (n,).

    Raises:
        StatisticsError: ``counts`` unusable, or ``not_converged``.

    Source: McCullagh and Nelder 1989; EVI-122.
    """
    n, off = vector(counts, "counts"), vector(offset, "offset")
    design = matrix(x, len(n), "x")
    if (n < 0).any() or n.sum() == 0:
        raise StatisticsError("counts", "counts must not be negative and not all zero")
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(n.sum() / np.exp(off).sum())
    for _ in range(MOST_STEPS):
        mean = np.exp(design @ beta + off)
        step = np.linalg.solve((design.T * mean) @ design, design.T @ (n - mean))
        beta = beta + step
        if np.abs(step).max() < 1e-13:
            break
    else:
        raise StatisticsError("not_converged", "the count model did not converge")
    mean = np.exp(design @ beta + off)
    dispersion = float(((n - mean) ** 2 / mean).sum() / (len(n) - design.shape[1]))
    covariance = np.linalg.inv((design.T * mean) @ design) * dispersion
    return CountFit(beta, np.sqrt(np.diag(covariance)), dispersion)
