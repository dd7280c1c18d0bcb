"""What is left after the model: autocorrelation of whitened residuals."""

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
