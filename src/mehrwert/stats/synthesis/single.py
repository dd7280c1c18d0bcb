"""Fair single values: each municipality drawn towards the mean by its own uncertainty."""

from numpy.typing import ArrayLike

from ..arrays import Array, vector
from .fit import Fit


def shrunken_values(fit: Fit, y: ArrayLike, v: ArrayLike) -> Array:
    """Return θ̂_i = x_i'β + τ²/(τ² + v_i)·(y_i − x_i'β), shape (k,) (source: EVI-159)."""
    effects, variances = vector(y, "y"), vector(v, "v")
    centre = fit.x @ fit.coefficients
    shrunken: Array = centre + fit.tau2 / (fit.tau2 + variances) * (effects - centre)
    return shrunken
