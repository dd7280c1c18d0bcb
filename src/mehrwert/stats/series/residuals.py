"""What is left after the model: autocorrelation of whitened residuals."""

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, matrix, vector
from .ar1 import whiten


def whitened_residuals(y: ArrayLike, x: ArrayLike, phi: float) -> Array:
    """Return the residuals after taking φ out, shape (n,); rows without gaps."""
    values = vector(y, "y")
    design = matrix(x, len(values), "x")
    ys, xs, _ = whiten(values, design, np.ones(len(values) - 1), phi)
    beta = np.linalg.lstsq(xs, ys, rcond=None)[0]
    residuals: Array = ys - xs @ beta
    return residuals


def autocorrelation(residuals: ArrayLike, lag: int) -> float:
    """Return r at a lag: Σ e_t·e_(t−lag) / Σ e_t²; NaN when the series is too short or flat."""
    e = vector(residuals, "residuals")
    total = float(e @ e)
    if lag >= len(e) or total == 0:
        return float("nan")
    return float(e[lag:] @ e[:-lag]) / total
