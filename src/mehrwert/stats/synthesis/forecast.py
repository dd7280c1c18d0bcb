"""What to expect in a new municipality: classic prediction and the τ-averaged forecast."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, matrix, vector
from ..mixture import Mixture
from .fit import Fit

GRID_POINTS = 2001
GRID_TO = 6.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """Mean at given traits with its interval, and the interval of a new municipality."""

    mean: float
    low: float
    high: float
    new_low: float
    new_high: float


@dataclass(frozen=True, slots=True)
class TauAveraged:
    """Posterior under a half-normal prior on τ and a flat prior on the coefficients.

    Every triple is (median, low, high).

    Attributes:
        tau: Standard deviation between municipalities.
        mean: Mean of all municipalities (at the traits asked for).
        new: A new municipality.
        p_mean_better: P(mean < 0); below 0 is better.
        p_new_better: P(new < 0).
    """

    tau: tuple[float, float, float]
    mean: tuple[float, float, float]
    new: tuple[float, float, float]
    p_mean_better: float
    p_new_better: float


def predict(fit: Fit, traits: ArrayLike) -> Prediction:
    """Return mean and classic prediction interval at traits x₀, shape (p,) (source: EVI-155)."""
    x0 = vector(traits, "traits")
    mean = float(x0 @ fit.coefficients)
    variance = float(x0 @ fit.covariance @ x0)
    half, wide = fit.critical * variance**0.5, fit.critical * (variance + fit.tau2) ** 0.5
    return Prediction(mean, mean - half, mean + half, mean - wide, mean + wide)


def is_outside_experience(fit: Fit, traits: ArrayLike) -> bool:
    """Say whether x₀ lies further out than every municipality of the data (source: EVI-164)."""
    x0 = vector(traits, "traits")
    largest = float(np.einsum("ki,ij,kj->k", fit.x, fit.unscaled, fit.x).max())
    return float(x0 @ fit.unscaled @ x0) > largest


def tau_averaged(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    traits: ArrayLike | None = None,
    *,
    prior_scale: float = 0.5,
    level: float = 0.95,
) -> TauAveraged:
    """Average over the uncertainty of τ on a fixed grid; also works for a single study.

    Args:
        y: Effects, shape (k,).
        v: Variances, shape (k,).
        x: Design matrix, shape (k, p); None means the mean only.
        traits: Where to forecast, shape (p,); None means the mean.
        prior_scale: Of the half-normal prior of τ, in units of y.
        level: Of the intervals.

    Source: EVI-156; the model of Röver 2020.
    """
    effects, variances = vector(y, "y"), vector(v, "v")
    k = len(effects)
    design = np.ones((k, 1)) if x is None else matrix(x, k, "x")
    x0 = np.ones(1) if traits is None else vector(traits, "traits")
    tau = np.linspace(0, GRID_TO * prior_scale, GRID_POINTS)
    weights = 1 / (variances[None] + tau[:, None] ** 2)
    information = np.einsum("ki,tk,kj->tij", design, weights, design)
    right = np.einsum("ki,tk,k->ti", design, weights, effects)
    beta = np.linalg.solve(information, right[..., None])[..., 0]
    rss = (weights * (effects - beta @ design.T) ** 2).sum(axis=1)
    log_p = 0.5 * np.log(weights).sum(axis=1) - 0.5 * np.linalg.slogdet(information)[1]
    log_p += -0.5 * rss - tau**2 / (2 * prior_scale**2)
    density = np.exp(log_p - log_p.max())
    centres = beta @ x0
    errors = np.sqrt(np.einsum("i,tij,j->t", x0, np.linalg.inv(information), x0))
    p = _trapezoid(density)
    mean, new = Mixture(p, centres, errors), Mixture(p, centres, np.hypot(errors, tau))
    return TauAveraged(
        tau=_tau_quantiles(density, tau, level),
        mean=(mean.quantile(0.5), *mean.interval(level)),
        new=(new.quantile(0.5), *new.interval(level)),
        p_mean_better=mean.cdf(0.0),
        p_new_better=new.cdf(0.0),
    )


def _trapezoid(density: Array) -> Array:
    weights = density.copy()
    weights[[0, -1]] *= 0.5
    return np.asarray(weights / weights.sum())


def _tau_quantiles(density: Array, tau: Array, level: float) -> tuple[float, float, float]:
    steps = np.cumsum((density[1:] + density[:-1]) / 2)
    cumulative = np.concatenate(([0.0], steps)) / steps[-1]
    median, low, high = (
        float(np.interp(p, cumulative, tau)) for p in (0.5, 0.5 - level / 2, 0.5 + level / 2)
    )
    return median, low, high
