"""Design matrices of interrupted series."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, vector

Shape = Literal["level", "level_slope", "ramp"]
YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Impact:
    """How the effect enters, fixed in the plan; ``ramp_months`` is r of min(1, (t − T₀)/r)."""

    shape: Shape = "level"
    ramp_months: int = 1


def segmented_design(
    months: ArrayLike,
    last_pre: int,
    *,
    impact: Impact | None = None,
    harmonics: int = 0,
    trend: bool = True,
    steps: ArrayLike | None = None,
) -> tuple[Array, Array]:
    """Return (X, contrast) of the segmented model.

    Columns: 1, t (if ``trend``), the effect (z, or z and z·(t − T₀), or a ramp), pairs of sine
    and cosine of the year, own steps. The contrast is the mean effect of the first m months after
    full start, m = min(12, months after), see ``contrast``.

    Args:
        months: Whole month numbers, shape (n,), increasing.
        last_pre: T₀, the last month before full start.
        impact: How the effect enters; None means a change of level.
        harmonics: 0 to 2.
        trend: Whether a straight line is part of the model.
        steps: Columns of own steps, shape (n, s), e.g. a change of instrument.

    Raises:
        StatisticsError: ``no_side``: nothing before, or nothing after T₀.
    """
    t = vector(months, "months")
    chosen = impact or Impact()
    after = t - last_pre
    z = (after > 0).astype(np.float64)
    if not 0 < z.sum() < len(t):
        raise StatisticsError("no_side", "values are needed before and after the start")
    columns = [np.ones(len(t)), *([t] if trend else [])]
    effect = len(columns)
    if chosen.shape == "ramp":
        columns.append(np.clip(after / chosen.ramp_months, 0.0, 1.0))
    else:
        columns += [z, *([z * after] if chosen.shape == "level_slope" else [])]
    for h in range(1, harmonics + 1):
        angle = 2 * np.pi * h * t / YEAR_MONTHS
        columns += [np.sin(angle), np.cos(angle)]
    x = np.column_stack(columns)
    if steps is not None:
        x = np.column_stack((x, np.asarray(steps, dtype=np.float64)))
    c = np.zeros(x.shape[1])
    on_effect = contrast(chosen.shape, int(after.max()))
    c[effect : effect + len(on_effect)] = on_effect
    return x, c


def contrast(shape: Shape, months_after: int) -> Array:
    """Return the weights on the effect columns: (1,) or (1, (m + 1)/2), m = min(12, after)."""
    if shape != "level_slope":
        return np.ones(1)
    m = min(YEAR_MONTHS, months_after)
    return np.array([1.0, (m + 1) / 2])
