"""What to expect in one municipality: from the mean of others, or from how their size matters.

One trait is declared in the rule set before anybody looks: the number of inhabitants, as a log
(EVI-161). Below ten municipalities no trait is modelled; then sizes are only listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mehrwert.stats.arrays import Array
from mehrwert.stats.direction import Direction, direction
from mehrwert.stats.effect_rules import EFFECTS, EffectRules
from mehrwert.stats.laws import t_probability
from mehrwert.stats.mixture import Mixture
from mehrwert.stats.synthesis import (
    Prior,
    average_within,
    fit_random_effects,
    is_outside_experience,
    predict,
    tau_averaged,
)

from .pooling import Row, size_class

MOST_SIMILAR = 3
LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class BySize:
    """How the effect changes with size.

    Attributes:
        k: Municipalities of known size.
        doubling: Change of θ when inhabitants double.
        low, high: Interval of it.
        p: Of the t test with Hartung-Knapp variance and floor (EVI-162).
    """

    k: int
    doubling: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What may be expected in a municipality.

    Attributes:
        k: Municipalities it rests on.
        new: (median, low, high) averaged over τ.
        p_better: P(θ < 0) there.
        classic: Classic prediction interval (low, high); None for a single study.
        direction: Of ``new``.
        by_size: None while the size is not modelled.
        law: The distribution itself.
    """

    k: int
    new: tuple[float, float, float]
    p_better: float
    classic: tuple[float, float] | None
    direction: Direction
    by_size: BySize | None
    law: Mixture = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Municipalities of one size class: how many, and the span of their effects."""

    size: int | None
    k: int
    best: float
    worst: float


def forecast(
    rows: Sequence[Row], population: int | None, *, sesoi: float, rules: EffectRules = EFFECTS
) -> Forecast | None:
    """Return what to expect in a municipality of this size, or None outside of all experience.

    Args:
        rows: Released findings of the pool, at least one.
        population: Of the municipality asked about; None means any.
        sesoi: Smallest effect of interest.
        rules: How results are pooled.

    Source: EVI-155 to EVI-158, EVI-161 to EVI-164.
    """
    y, v, sizes = _data(rows)
    known = np.isfinite(sizes)
    x0: list[float] | None = None
    x: Array | None = None
    if population and is_size_modelled(rows, rules=rules):
        y, v = y[known], v[known]
        x, x0 = _design(sizes[known]), [1.0, float(np.log(population))]
    fit = fit_random_effects(y, v, x) if len(y) > 1 else None
    if fit is not None and x0 is not None and is_outside_experience(fit, x0):
        return None
    prior = Prior(scale=rules.synthesis.prior_scale)
    averaged = tau_averaged(y, v, x, x0, prior=prior)
    told = predict(fit, x0 or [1.0]) if fit is not None else None
    return Forecast(
        k=len(y),
        new=averaged.new,
        p_better=averaged.p_new_better,
        classic=(told.new_low, told.new_high) if told else None,
        direction=direction(averaged.new[1], averaged.new[2], sesoi),
        by_size=size_effect(rows, rules=rules) if x is not None else None,
        law=averaged.new_law,
    )


def is_size_modelled(rows: Sequence[Row], *, rules: EffectRules = EFFECTS) -> bool:
    """Say whether there are enough municipalities of known and different size (EVI-161)."""
    _, _, sizes = _data(rows)
    known = sizes[np.isfinite(sizes)]
    return len(known) >= rules.synthesis.k_per_moderator and float(np.ptp(known)) > LEAST_SPREAD


def size_effect(rows: Sequence[Row], *, rules: EffectRules = EFFECTS) -> BySize | None:
    """Return how the effect changes with size; None where that is not modelled."""
    if not is_size_modelled(rows, rules=rules):
        return None
    y, v, sizes = _data(rows)
    known = np.isfinite(sizes)
    fit = fit_random_effects(y[known], v[known], _design(sizes[known]))
    one = float(np.log(2))
    t = float(fit.coefficients[1] / fit.standard_errors[1])
    return BySize(
        k=int(known.sum()),
        doubling=one * float(fit.coefficients[1]),
        low=one * float(fit.low[1]),
        high=one * float(fit.high[1]),
        p=2 * t_probability(-abs(t), fit.df),
    )


def groups_by_size(rows: Sequence[Row]) -> list[Group]:
    """Return the size classes that reported, smallest first; a description, no model (EVI-161)."""
    keys, y, _ = average_within(*_columns(rows))
    sizes = _populations(rows)
    found: dict[int | None, list[float]] = {}
    for key, theta in zip(keys, y.tolist(), strict=True):
        found.setdefault(size_class(sizes.get(key)), []).append(theta)
    ordered = sorted(found, key=lambda size: (size is None, size or 0))
    return [Group(size, len(found[size]), min(found[size]), max(found[size])) for size in ordered]


def most_similar(rows: Sequence[Row], population: int) -> list[str]:
    """Return at most three municipalities, those nearest in size first (EVI-165)."""
    sizes = _populations(rows)
    near = sorted(sizes, key=lambda key: (abs(np.log(sizes[key] / population)), key))
    return near[:MOST_SIMILAR]


def _columns(rows: Sequence[Row]) -> tuple[list[str], list[float], list[float]]:
    return (
        [row.municipality for row in rows],
        [row.theta for row in rows],
        [row.se**2 for row in rows],
    )


def _populations(rows: Sequence[Row]) -> dict[str, int]:
    return {row.municipality: row.population for row in rows if row.population}


def _data(rows: Sequence[Row]) -> tuple[Array, Array, Array]:
    """Return effect, variance and log of the inhabitants per municipality; NaN is unknown."""
    keys, y, v = average_within(*_columns(rows))
    sizes = _populations(rows)
    logs = [float(np.log(sizes[key])) if key in sizes else float("nan") for key in keys]
    return y, v, np.array(logs)


def _design(sizes: Array) -> Array:
    return np.column_stack((np.ones(len(sizes)), sizes))
