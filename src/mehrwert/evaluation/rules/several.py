"""Several municipalities with different starts, each against towns that had not begun (EVI-134)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.direction import Direction, direction
from mehrwert.stats.effect_rules import EffectRules
from mehrwert.stats.series import Averaged, weights_at
from mehrwert.stats.staggered import (
    Comparison,
    clean_comparisons,
    pool_correlated,
    shared_correlation,
)
from mehrwert.stats.synthesis import Prior

from .falsifying import Study
from .plan import Plan
from .preparing import Scaled, common_panel
from .series_model import model_of

OWN = 0


@dataclass(frozen=True, slots=True)
class Town:
    """The effect in one town during its first months; below 0 is better.

    ``key`` is the id of its series, 0 for the own municipality; ``comparisons`` how many towns it
    was compared with.
    """

    key: int
    start: int
    theta: float
    low: float
    high: float
    comparisons: int


@dataclass(frozen=True, slots=True)
class Several:
    """All towns together: mean with its range, spread between towns, P(mean is better)."""

    towns: tuple[Town, ...]
    theta: float
    low: float
    high: float
    tau: float
    p_better: float
    direction: Direction


def clean_only(others: Mapping[int, Scaled], plan: Plan) -> dict[int, Scaled]:
    """Return the comparison towns of the own estimate: those that never began inside its window."""
    clean = clean_comparisons(OWN, _starts(others, plan), plan.last_month)
    return {key: others[key] for key in clean}


def several_towns(own: Scaled, others: Mapping[int, Scaled], study: Study) -> Several | None:
    """Return the effect in every town that began, and their mean; None with fewer than two.

    Each window ends a year after the start of its town, so that later starters still count as
    comparison. What the estimates share through comparison towns enters as their correlation.
    """
    plan = study.plan
    starts = _starts(others, plan)
    series = {OWN: own, **others}
    begun = [key for key, start in starts.items() if start is not None and start <= plan.last_month]
    if len(begun) < 2:
        return None
    found = [one for key in sorted(begun) if (one := _one(key, series, starts, study)) is not None]
    if len(found) < 2:
        return None
    phi = float(np.mean([fit.phi for _, fit, _ in found]))
    errors = np.array([fit.se for _, fit, _ in found])
    correlation = shared_correlation([made for *_, made in found], phi)
    try:
        pooled = pool_correlated(
            [town.theta for town, *_ in found],
            np.outer(errors, errors) * correlation,
            prior=Prior(scale=study.rules.synthesis.prior_scale),
            level=study.rules.interval_level,
        )
    except StatisticsError:
        return None
    theta, low, high = pooled.mean
    says = direction(low, high, plan.sesoi)
    towns = tuple(town for town, *_ in found)
    return Several(towns, theta, low, high, pooled.tau[0], pooled.p_mean_better, says)


def _starts(others: Mapping[int, Scaled], plan: Plan) -> dict[int, int | None]:
    return {OWN: plan.start_month, **{key: plan.comparison_starts.get(key) for key in others}}


def _one(
    key: int, series: Mapping[int, Scaled], starts: Mapping[int, int | None], study: Study
) -> tuple[Town, Averaged, Comparison] | None:
    """Return the estimate of one town, None when there is too little for it."""
    plan, rules = study.plan, study.rules
    start = starts[key]
    assert start is not None
    last = min(start + rules.post_months - 1, plan.last_month)
    clean = clean_comparisons(key, starts, last)
    months, panel = common_panel(series[key], {other: series[other] for other in clean})
    inside = months <= last
    months, panel = months[inside], panel[:, inside]
    pre = int((months < start).sum())
    if not _is_enough(len(clean), pre, len(months) - pre, rules):
        return None
    gap = Scaled(months, panel[0] - panel[1:].mean(axis=0))
    model = model_of(gap, start, plan, rules)
    try:
        found = model.fit(gap, start, rules)
    except StatisticsError:
        return None
    if found is None or not found.is_identified:
        return None
    x, c = model.design(months, start)
    shares = {key: 1.0, **dict.fromkeys(clean, -1 / len(clean))}
    made = Comparison(shares, months.astype(float), weights_at(x, c, found.phi, months=months))
    return _town(key, start, found, len(clean), is_up=plan.good_direction == "up"), found, made


def _is_enough(comparisons: int, pre: int, post: int, rules: EffectRules) -> bool:
    design = rules.design
    return (
        comparisons >= design.comparisons_min
        and pre >= design.controlled_pre
        and post >= design.before_after_min
        and pre + post >= design.interval_from_total
    )


def _town(key: int, start: int, found: Averaged, comparisons: int, *, is_up: bool) -> Town:
    low, high = (-found.high, -found.low) if is_up else (found.low, found.high)
    theta = -found.estimate if is_up else found.estimate
    return Town(key, start, theta, low, high, comparisons)
