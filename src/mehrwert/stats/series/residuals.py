"""What is left after the model: autocorrelation of whitened residuals."""

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, vector
from .ar1 import fit_at


def whitened_residuals(y: ArrayLike, x: ArrayLike, phi: float) -> Array:
    """Return the residuals after taking φ out, shape (n,); rows without gaps."""
    return fit_at(y, x, phi)[1]


def autocorrelation(residuals: ArrayLike, lag: int) -> float:
    """Return r at a lag: Σ e_t·e_(t−lag) / Σ e_t²; NaN when the series is too short or flat."""
    e = vector(residuals, "residuals")
    total = float(e @ e)
    if lag >= len(e) or total == 0:
        return float("nan")
    return float(e[lag:] @ e[:-lag]) / total


def lag_one(residuals: ArrayLike, months: ArrayLike) -> float:
    """Return r₁ over neighbouring months only: Σ e_t·e_(t−1) / Σ e_t²; NaN for a flat series."""
    e, t = vector(residuals, "residuals"), vector(months, "months")
    total = float(e @ e)
    if total == 0 or len(e) < 2:
        return float("nan")
    beside = np.diff(t) == 1
    return float((e[1:] * e[:-1])[beside].sum()) / total
