"""Synthetic control with placebo inference: a weighted mixture of other municipalities."""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from .arrays import Array, panel_of
from .laws import t_quantile

HEAVY = 1e4
LEAST_KEPT = 3


@dataclass(frozen=True, slots=True)
class SyntheticControl:
    """One treated unit against its synthetic twin.

    Attributes:
        weights: Of the donors, shape (J,), not negative, sum 1.
        effect: Mean gap after the start.
        pre_rmspe: Root mean squared gap before the start.
        ratio: Post-MSPE over pre-MSPE.
        gaps: Treated minus twin, shape (n,).
    """

    weights: Array
    effect: float
    pre_rmspe: float
    ratio: float
    gaps: Array


@dataclass(frozen=True, slots=True)
class PlaceboInference:
    """Every donor in turn plays the treated unit.

    Attributes:
        p: (1 + number of ratios as large) / (J + 1); never below 1/(J + 1).
        se: Standard deviation of the placebo effects kept, None when fewer than three.
        kept: Number of donors whose fit before the start is good enough.
        effects: Placebo effect of every donor, shape (J,).
    """

    p: float
    se: float | None
    kept: int
    effects: Array


def synthetic_control(panel: ArrayLike, n_pre: int) -> SyntheticControl:
    """Fit donors (rows 1…J) to the treated unit (row 0) over the first ``n_pre`` columns.

    Args:
        panel: Shape (1 + J, n), no missing values.
        n_pre: Number of columns before the start, at least 1 and less than n.

    Raises:
        StatisticsError: ``shape`` or ``not_finite``.

    Source: Abadie, Diamond and Hainmueller 2010; EVI-141 for the solution by NNLS.
    """
    values = panel_of(panel, n_pre)
    donors, treated = values[1:], values[0]
    heavy = HEAVY * max(float(np.abs(values[:, :n_pre]).max()), np.finfo(float).tiny)
    left = np.vstack((donors[:, :n_pre].T, np.full(len(donors), heavy)))
    weights = scipy.optimize.nnls(left, np.append(treated[:n_pre], heavy))[0]
    weights = weights / weights.sum()
    gaps = treated - weights @ donors
    pre, post = float(np.mean(gaps[:n_pre] ** 2)), float(np.mean(gaps[n_pre:] ** 2))
    ratio = post / pre if pre > 0 else float("inf")
    return SyntheticControl(weights, float(gaps[n_pre:].mean()), pre**0.5, ratio, gaps)


def placebo_inference(
    panel: ArrayLike, n_pre: int, *, rmspe_factor: float = 5.0
) -> PlaceboInference:
    """Let each donor play the treated unit; the treated unit is never a donor.

    Source: EVI-142, EVI-143.
    """
    values = panel_of(panel, n_pre)
    real = synthetic_control(values, n_pre)
    donors = values[1:]
    runs = [
        synthetic_control(np.vstack((donors[j : j + 1], np.delete(donors, j, axis=0))), n_pre)
        for j in range(len(donors))
    ]
    effects = np.array([run.effect for run in runs])
    kept = np.array([run.pre_rmspe <= rmspe_factor * real.pre_rmspe for run in runs])
    larger = sum(run.ratio >= real.ratio for run in runs)
    enough = int(kept.sum()) >= LEAST_KEPT
    return PlaceboInference(
        p=(1 + larger) / (len(donors) + 1),
        se=float(np.std(effects[kept], ddof=1)) if enough else None,
        kept=int(kept.sum()),
        effects=effects,
    )


def interval(effect: float, se: float, kept: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return θ ± t(kept − 1)·SE (source: decisions 34)."""
    half = t_quantile(0.5 + level / 2, kept - 1) * se
    return effect - half, effect + half
