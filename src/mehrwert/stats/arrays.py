"""Types and errors shared by the methods."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


class StatisticsError(ValueError):
    """The numbers cannot be used by this method. ``code`` is stable, the text is for developers."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


def vector(values: ArrayLike, name: str) -> Array:
    """Return finite numbers as an array of shape (n,).

    Raises:
        StatisticsError: ``not_finite`` or ``shape``.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise StatisticsError("shape", f"{name} must have one dimension")
    if not np.isfinite(found).all():
        raise StatisticsError("not_finite", f"{name} holds missing or infinite numbers")
    return found


def matrix(values: ArrayLike, rows: int, name: str) -> Array:
    """Return finite numbers as an array of shape (rows, p) with p < rows and full rank.

    Raises:
        StatisticsError: ``not_finite``, ``shape``, ``too_few`` or ``collinear``.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 2 or len(found) != rows:
        raise StatisticsError("shape", f"{name} must have {rows} rows and two dimensions")
    if not np.isfinite(found).all():
        raise StatisticsError("not_finite", f"{name} holds missing or infinite numbers")
    if found.shape[1] >= rows:
        raise StatisticsError("too_few", f"{name}: {rows} rows for {found.shape[1]} columns")
    if np.linalg.matrix_rank(found) < found.shape[1]:
        raise StatisticsError("collinear", f"columns of {name} depend on each other")
    return found


def panel_of(values: ArrayLike, n_pre: int, *, least_pre: int = 1) -> Array:
    """Return a panel of shape (1 + J, n): the treated unit, then at least two donors.

    Args:
        values: Rows are units, columns are months.
        n_pre: Number of columns before the start.
        least_pre: How many of them are needed.

    Raises:
        StatisticsError: ``shape`` or ``not_finite``.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 2 or len(found) < 3 or not least_pre <= n_pre < found.shape[1]:
        raise StatisticsError("shape", "a panel needs a treated unit, two donors, both periods")
    if not np.isfinite(found).all():
        raise StatisticsError("not_finite", "the panel holds missing or infinite numbers")
    return found
