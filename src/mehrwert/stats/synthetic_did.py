"""Synthetic difference in differences: weights for towns and for months, then a double difference.

Only a line beside the result (EVI-145): what another respectable method would have said.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from .arrays import Array, StatisticsError, panel_of
from .laws import t_quantile

HEAVY = 1e4
SMALL_RIDGE = 1e-6
LEAST_DONORS = 3


@dataclass(frozen=True, slots=True)
class SyntheticDid:
    """One treated unit against weighted donors and weighted months before.

    Attributes:
        effect: The double difference.
        unit_weights: Of the donors, shape (J,), not negative, sum 1.
        time_weights: Of the months before the start, shape (n_pre,), not negative, sum 1.
    """

    effect: float
    unit_weights: Array
    time_weights: Array


def synthetic_did(panel: ArrayLike, n_pre: int) -> SyntheticDid:
    """Estimate the effect on row 0 from donors in rows 1…J; the start lies after ``n_pre`` columns.

    Args:
        panel: Shape (1 + J, n), no missing values.
        n_pre: Number of columns before the start, at least 2 and less than n.

    Raises:
        StatisticsError: ``shape`` or ``not_finite``.

    Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, algorithm 1.
    """
    values = panel_of(panel, n_pre, least_pre=2)
    treated, donors = values[0], values[1:]
    before, after = donors[:, :n_pre], donors[:, n_pre:]
    noise = float(np.std(np.diff(before, axis=1), ddof=1))
    zeta = after.shape[1] ** 0.25 * noise
    units = _simplex(before.T, treated[:n_pre], zeta)
    times = _simplex(before, after.mean(axis=1), SMALL_RIDGE * noise)
    own = treated[n_pre:].mean() - times @ treated[:n_pre]
    others = after.mean(axis=1) - before @ times
    return SyntheticDid(float(own - units @ others), units, times)


def placebo_error(panel: ArrayLike, n_pre: int) -> float | None:
    """Return the spread of the effects of donors that play the treated unit, None below three.

    Every donor plays once, against all others: the treated unit is never among them.

    Source: the same, algorithm 4, over all donors instead of a random choice.
    """
    donors = panel_of(panel, n_pre, least_pre=2)[1:]
    if len(donors) < LEAST_DONORS:
        return None
    effects = [
        synthetic_did(np.vstack((donors[j : j + 1], np.delete(donors, j, axis=0))), n_pre).effect
        for j in range(len(donors))
    ]
    return float(np.std(effects, ddof=1))


def did_interval(
    effect: float, se: float, donors: int, *, level: float = 0.95
) -> tuple[float, float]:
    """Return θ ± t(J − 1)·SE."""
    half = t_quantile(0.5 + level / 2, donors - 1) * se
    return effect - half, effect + half


def _simplex(rows: Array, target: Array, zeta: float) -> Array:
    """Return w ≥ 0, Σw = 1 that minimises |c + rows·w − target|² + ζ²·m·|w|² over w and c.

    ``rows`` has the shape (m, p). The constant drops out by centring; the rest is least squares
    with weights that are not negative, where one heavy row holds the sum.
    """
    m, p = rows.shape
    centred, aim = rows - rows.mean(axis=0), target - target.mean()
    heavy = HEAVY * max(float(np.abs(centred).max()), float(np.abs(aim).max()), zeta, 1e-300)
    left = np.vstack((centred, zeta * m**0.5 * np.eye(p), np.full(p, heavy)))
    found = scipy.optimize.nnls(left, np.concatenate((aim, np.zeros(p), [heavy])))[0]
    if found.sum() <= 0:
        raise StatisticsError("not_finite", "no weights were found")
    return np.asarray(found / found.sum())
