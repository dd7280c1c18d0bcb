"""What to expect in a new municipality: classic prediction and the τ-averaged forecast."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, matrix, vector
from ..mixture import Mixture
from .fit import Fit


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed before looking.

    Attributes:
        scale: Of the prior of τ, in units of y.
        shape: Half-normal, or half-Cauchy for the comparison with published analyses.
        points, reach: The grid of τ: so many points from 0 to ``reach`` times the scale.
        mean_sd: Standard deviation of a normal prior of the coefficients; None means flat.
    """

    scale: float = 0.5
    shape: Literal["half_normal", "half_cauchy"] = "half_normal"
    points: int = 2001
    reach: float = 6.0
    mean_sd: float | None = None

    def grid(self) -> Array:
        """Return the grid of τ, shape (points,)."""
        return np.linspace(0, self.reach * self.scale, self.points)

    def log_density(self, tau: Array) -> Array:
        """Return the logarithm of the density up to a constant, shape of ``tau``."""
        ratio = (tau / self.scale) ** 2
        return np.asarray(-ratio / 2 if self.shape == "half_normal" else -np.log1p(ratio))


# numbers a step works on at once, so that 10,000 effects stay in the cache of the processor
IN_CACHE = 100_000
# the outermost municipality itself is not outside because of the last digit
ROUNDING = 1e-12


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
        mean_law, new_law: The distributions themselves.
    """

    tau: tuple[float, float, float]
    mean: tuple[float, float, float]
    new: tuple[float, float, float]
    p_mean_better: float
    p_new_better: float
    mean_law: Mixture = field(repr=False, compare=False)
    new_law: Mixture = field(repr=False, compare=False)


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
    return float(x0 @ fit.unscaled @ x0) > largest * (1 + ROUNDING)


def tau_averaged(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    traits: ArrayLike | None = None,
    *,
    prior: Prior | None = None,
    level: float = 0.95,
) -> TauAveraged:
    """Average over the uncertainty of τ on a fixed grid; also works for a single study.

    Args:
        y: Effects, shape (k,).
        v: Variances, shape (k,).
        x: Design matrix, shape (k, p); None means the mean only.
        traits: Where to forecast, shape (p,); None means the mean.
        prior: Of τ and, if wanted, of the coefficients.
        level: Of the intervals.

    Source: EVI-156; the model of Röver 2020.
    """
    effects, variances = vector(y, "y"), vector(v, "v")
    k = len(effects)
    design = np.ones((k, 1)) if x is None else matrix(x, k, "x")
    x0 = np.ones(1) if traits is None else vector(traits, "traits")
    assumed = prior or Prior()
    tau = assumed.grid()
    precision = 0.0 if assumed.mean_sd is None else assumed.mean_sd**-2
    rows = max(IN_CACHE // k, 1)
    parts = [
        _at_tau(tau[at : at + rows], (effects, variances, design), precision)
        for at in range(0, len(tau), rows)
    ]
    beta, information, fit = (np.concatenate(found) for found in zip(*parts, strict=True))
    log_p = fit + assumed.log_density(tau)
    density = np.exp(log_p - log_p.max())
    errors = np.sqrt(np.einsum("i,tij,j->t", x0, np.linalg.inv(information), x0))
    p, centres = _trapezoid(density), beta @ x0
    mean, new = Mixture(p, centres, errors), Mixture(p, centres, np.hypot(errors, tau))
    return TauAveraged(
        tau=_tau_quantiles(density, tau, level),
        mean=(mean.quantile(0.5), *mean.interval(level)),
        new=(new.quantile(0.5), *new.interval(level)),
        p_mean_better=mean.cdf(0.0),
        p_new_better=new.cdf(0.0),
        mean_law=mean,
        new_law=new,
    )


def _at_tau(
    tau: Array, data: tuple[Array, Array, Array], precision: float
) -> tuple[Array, Array, Array]:
    """Return β (t, p), X'WX (t, p, p) and the log-likelihood (t,) at some values of τ."""
    effects, variances, design = data
    weights = 1 / (variances[None] + tau[:, None] ** 2)
    information = np.einsum("ki,tk,kj->tij", design, weights, design)
    information = information + precision * np.eye(design.shape[1])
    right = np.einsum("ki,tk,k->ti", design, weights, effects)
    beta = np.linalg.solve(information, right[..., None])[..., 0]
    rss = (weights * (effects - beta @ design.T) ** 2).sum(axis=1)
    rss = rss + precision * (beta**2).sum(axis=1)
    log_p = 0.5 * np.log(weights).sum(axis=1) - 0.5 * np.linalg.slogdet(information)[1]
    return beta, information, log_p - 0.5 * rss


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
