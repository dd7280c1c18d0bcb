"""Regression with errors that follow each other: REML for AR(1), averaged over φ.

Missing months are neither interpolated nor closed: rows carry their month, and over a gap of g
months the transformed row is row_t − φ^g·row_(t−g), divided by √((1 − φ^2g)/(1 − φ²)).
"""

from dataclasses import dataclass, field

import numpy as np
import scipy
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, matrix, vector
from ..mixture import Mixture


@dataclass(frozen=True, slots=True)
class PhiRules:
    """The grid over which φ is averaged, and when a series moves too slowly (EVI-123, EVI-124).

    Attributes:
        low, high, points: The grid; its flat prior.
        mean_refuse: Refuse when the mean of φ reaches this.
        high_from: What counts as high.
        high_weight_refuse: Refuse when more weight than this lies on high φ.
    """

    low: float = -0.50
    high: float = 0.95
    points: int = 59
    mean_refuse: float = 0.85
    high_from: float = 0.90
    high_weight_refuse: float = 0.50

    def grid(self) -> Array:
        """Return the grid, shape (points,)."""
        return np.linspace(self.low, self.high, self.points)


@dataclass(frozen=True, slots=True)
class Averaged:
    """Estimate of a contrast c'β, averaged over φ.

    Attributes:
        estimate: Median.
        low, high: Interval.
        se: Standard deviation, for pooling; infinite when n − p ≤ 2.
        p_below_zero: Probability that the contrast is below 0.
        phi: Mean of φ.
        weight_high: Weight on φ from ``PhiRules.high_from`` upwards.
        is_identified: False means: publish no estimate (EVI-124).
        df: n − p.
        law: The distribution itself, for questions such as P(effect < break-even).
    """

    estimate: float
    low: float
    high: float
    se: float
    p_below_zero: float
    phi: float
    weight_high: float
    is_identified: bool
    df: int
    law: Mixture = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows and how many months lie between each and the one before (shape (n − 1,))."""

    y: Array
    x: Array
    gaps: Array = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, slots=True)
class _Fits:
    """Fits at g values of φ: log-likelihood (g,), β (g, p), (X'X)⁻¹ (g, p, p), s² (g,)."""

    log_likelihood: Array
    beta: Array
    inverse: Array
    s2: Array

    def errors(self, c: Array) -> Array:
        """Return the standard error of c'β at each φ, shape (g,)."""
        return np.asarray(np.sqrt(self.s2 * np.einsum("i,gij,j->g", c, self.inverse, c)))


def phi_averaged(
    y: ArrayLike,
    x: ArrayLike,
    c: ArrayLike,
    *,
    months: ArrayLike | None = None,
    rules: PhiRules | None = None,
    level: float = 0.95,
) -> Averaged:
    """Return the φ-averaged REML interval of c'β; deterministic, no sampling.

    Args:
        y: Values in order of time, shape (n,).
        x: Design matrix, shape (n, p).
        c: Contrast, shape (p,).
        months: Whole month number of each row, increasing; None means no gap.
        rules: Grid of φ and limits of identification.
        level: Of the interval.

    Raises:
        StatisticsError: Unusable numbers, or a perfect fit.

    Source: spec evidence.md EVI-123, EVI-124; decisions 33.
    """
    rows, contrast = _rows(y, x, months), vector(c, "c")
    limits = rules or PhiRules()
    phis = limits.grid()
    fits = _at(rows, phis)
    densities = np.exp(fits.log_likelihood - fits.log_likelihood.max())
    weights = densities / densities.sum()
    df = len(rows.y) - rows.x.shape[1]
    mixture = Mixture(weights, fits.beta @ contrast, fits.errors(contrast), df)
    low, high = mixture.interval(level)
    phi = float(weights @ phis)
    weight_high = float(weights[phis >= limits.high_from - 1e-9].sum())
    return Averaged(
        estimate=mixture.quantile(0.5),
        low=low,
        high=high,
        se=mixture.sd(),
        p_below_zero=mixture.cdf(0.0),
        phi=phi,
        weight_high=weight_high,
        is_identified=phi < limits.mean_refuse and weight_high <= limits.high_weight_refuse,
        df=df,
        law=mixture,
    )


def reml_ar1(
    y: ArrayLike, x: ArrayLike, c: ArrayLike, *, months: ArrayLike | None = None
) -> tuple[float, float, float]:
    """Return (φ, c'β, its standard error) at the REML maximum; for comparison with the average."""
    rows, contrast = _rows(y, x, months), vector(c, "c")
    found = scipy.optimize.minimize_scalar(
        lambda q: -float(_at(rows, np.tanh([q])).log_likelihood[0]),
        bounds=(-3, 3),
        method="bounded",
        options={"xatol": 1e-12},
    )
    phi = float(np.tanh(found.x))
    fit = _at(rows, np.array([phi]))
    return phi, float(contrast @ fit.beta[0]), float(fit.errors(contrast)[0])


def fit_at(
    y: ArrayLike, x: ArrayLike, phi: float, *, months: ArrayLike | None = None
) -> tuple[Array, Array]:
    """Return coefficients, shape (p,), and whitened residuals, shape (n,), at one φ."""
    rows = _rows(y, x, months)
    (ys,), (xs,), _ = whiten(rows.y, rows.x, rows.gaps, np.array([phi]))
    beta = np.linalg.lstsq(xs, ys, rcond=None)[0]
    return beta, np.asarray(ys - xs @ beta)


def weights_at(x: ArrayLike, c: ArrayLike, phi: float, *, months: ArrayLike | None = None) -> Array:
    """Return the weights w, shape (n,), with which c'β = w'y at one φ."""
    rows = _rows(np.zeros(len(np.asarray(x))), x, months)
    n = len(rows.y)
    _, (turned,), _ = whiten(rows.y, np.eye(n), rows.gaps, np.array([phi]))
    found = np.linalg.lstsq(turned @ rows.x, turned, rcond=None)[0]
    return np.asarray(vector(c, "c") @ found)


def whiten(y: Array, x: Array, gaps: Array, phi: Array) -> tuple[Array, Array, Array]:
    """Return values (g, n), design (g, n, p) and the log of the determinant in ℓ, per φ (g,)."""
    first = np.sqrt(1 - phi * phi)
    lag = np.power(phi[:, None], gaps)
    scale = np.sqrt((1 - lag**2) / (first * first)[:, None])
    ys = np.empty((len(phi), len(y)))
    ys[:, 0] = first * y[0]
    ys[:, 1:] = (y[1:] - lag * y[:-1]) / scale
    xs = np.empty((len(phi), *x.shape))
    xs[:, 0] = first[:, None] * x[0]
    xs[:, 1:] = (x[1:] - lag[..., None] * x[:-1]) / scale[..., None]
    return ys, xs, np.log(first) - np.log(scale).sum(axis=1)


def _rows(y: ArrayLike, x: ArrayLike, months: ArrayLike | None) -> _Rows:
    values = vector(y, "y")
    design = matrix(x, len(values), "x")
    if months is None:
        return _Rows(values, design, np.ones(len(values) - 1))
    gaps = np.diff(vector(months, "months"))
    if len(gaps) != len(values) - 1 or (gaps < 1).any() or (gaps % 1 != 0).any():
        raise StatisticsError("months", "months must be whole numbers and increase")
    return _Rows(values, design, gaps)


def _at(rows: _Rows, phi: Array) -> _Fits:
    y, x, log_determinant = whiten(rows.y, rows.x, rows.gaps, phi)
    df = y.shape[1] - x.shape[2]
    turned = x.transpose(0, 2, 1)
    information = turned @ x
    inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
    beta = (inverse @ (turned @ y[..., None]))[..., 0]
    residuals = y - (x @ beta[..., None])[..., 0]
    s2 = np.square(residuals).sum(axis=1) / df
    if (s2 <= 1e-28 * np.square(y).sum(axis=1)).any():
        raise StatisticsError("perfect_fit", "the model leaves no residual")
    likelihood = -0.5 * (df * np.log(s2) + np.linalg.slogdet(information)[1]) + log_determinant
    return _Fits(likelihood, beta, inverse, s2)
