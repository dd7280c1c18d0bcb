"""Counts: quasi-Poisson regression with an offset, and its interval averaged over φ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, matrix, vector
from ..mixture import Mixture
from .ar1 import Averaged

MOST_STEPS = 50
ENOUGH = 1e-12


@dataclass(frozen=True, slots=True)
class CountFit:
    """Coefficients on the log scale, shape (p,), with what is known about their errors.

    Attributes:
        covariance: Scaled by the dispersion, shape (p, p).
        residuals: Pearson's, (n − μ)/√μ, shape (n,).
    """

    coefficients: Array
    standard_errors: Array
    dispersion: float
    covariance: Array
    residuals: Array


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
        step = _step(n, design, off, beta)
        beta = beta + step
        if np.abs(step).max() < ENOUGH * max(1.0, float(np.abs(beta).max())):
            break
    else:
        raise StatisticsError("not_converged", "the count model did not converge")
    mean = np.exp(design @ beta + off)
    dispersion = float(((n - mean) ** 2 / mean).sum() / (len(n) - design.shape[1]))
    inverse = np.linalg.inv((design.T * mean) @ design)
    covariance = np.asarray(inverse * dispersion, dtype=np.float64)
    errors = np.sqrt(np.diag(covariance))
    return CountFit(beta, errors, dispersion, covariance, np.asarray((n - mean) / np.sqrt(mean)))


def _step(n: Array, design: Array, off: Array, beta: Array) -> Array:
    """Return Newton's step of the likelihood, shape (p,)."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean = np.exp(design @ beta + off)
        information = (design.T * mean) @ design
        if not np.isfinite(information).all():
            raise StatisticsError("not_converged", "the count model has no solution")
        try:
            found = np.linalg.solve(information, design.T @ (n - mean))
        except np.linalg.LinAlgError as error:
            raise StatisticsError("not_converged", "the count model has no solution") from error
    return np.asarray(found, dtype=np.float64)


def count_effect(
    counts: ArrayLike,
    x: ArrayLike,
    c: ArrayLike,
    *,
    offset: ArrayLike | None = None,
    level: float = 0.95,
) -> tuple[Averaged, Array]:
    """Return c'β of the quasi-Poisson model with its t interval, and Pearson's residuals.

    Months are taken as independent (φ = 0); whoever calls looks at the residuals first. With equal
    exposure the unit of ``counts`` does not matter: it scales the dispersion, not the interval.

    Args:
        counts: Not negative; shape (n,).
        x: Shape (n, p), column 0 is the constant.
        c: Contrast, shape (p,).
        offset: Log of the exposure, shape (n,); None means equal exposure.
        level: Of the interval.

    Raises:
        StatisticsError: No solution, or no degree of freedom is left.

    Source: EVI-122, EVI-43, decisions 33.
    """
    values, contrast = vector(counts, "counts"), vector(c, "c")
    df = len(values) - len(contrast)
    if df < 1:
        raise StatisticsError("too_few", "more values than coefficients are needed")
    fit = quasi_poisson(values, x, _offset(values, offset))
    theta = float(contrast @ fit.coefficients)
    se = float(np.sqrt(contrast @ fit.covariance @ contrast))
    law = Mixture(np.ones(1), np.array([theta]), np.array([se]), df)
    low, high = law.interval(level)
    found = Averaged(
        estimate=theta,
        low=low,
        high=high,
        se=law.sd(),
        p_below_zero=law.cdf(0.0),
        phi=0.0,
        weight_high=0.0,
        is_identified=True,
        df=df,
        law=law,
    )
    return found, fit.residuals


def _offset(values: Array, offset: ArrayLike | None) -> Array:
    return np.zeros(len(values)) if offset is None else vector(offset, "offset")


def linearised(
    counts: ArrayLike, x: ArrayLike, *, offset: ArrayLike | None = None
) -> tuple[Array, Array]:
    """Return the last working step of the quasi-Poisson fit as a linear model.

    Values √μ·(η + (n − μ)/μ), shape (n,), and rows √μ·x, shape (n, p), with η = Xβ and
    μ = exp(η + offset): least squares on them gives the coefficients of the fit and Pearson's
    residuals, which have one variance. That is where months may follow each other: averaged over φ
    (``phi_averaged``) they give the interval of a count; at φ = 0 that of ``count_effect``.

    Raises:
        StatisticsError: As ``quasi_poisson``.

    Source: Wolfinger and O'Connell 1993 (pseudo-likelihood); Zeger 1988; docs/decisions/0006.
    """
    values = vector(counts, "counts")
    design = matrix(x, len(values), "x")
    off = _offset(values, offset)
    fit = quasi_poisson(values, design, off)
    eta = design @ fit.coefficients
    root = np.exp((eta + off) / 2)
    return np.asarray(root * eta + fit.residuals), np.asarray(root[:, None] * design)
