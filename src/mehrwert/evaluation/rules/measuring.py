"""The smallest measurement that could change a decision (EVI-193)."""

import math
from dataclasses import dataclass, replace

import numpy as np

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.effect_rules import EFFECTS, EffectRules
from mehrwert.stats.laws import t_quantile
from mehrwert.stats.series import segmented_design
from mehrwert.stats.series.ar1 import whiten

from .plan import Plan

A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known today.

    Attributes:
        pre, post: Months with a value.
        comparisons: Comparison series in use.
        noise: Standard deviation of what the model leaves, on the log scale; None unknown.
        phi: How far months follow each other.
    """

    pre: int
    post: int
    comparisons: int
    noise: float | None = None
    phi: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be measured.

    Attributes:
        code: ``months``, ``comparison``, ``baseline`` or ``indicator``.
        n: How many months or towns are asked for.
        wait: Months until it can be judged.
        half_width: Expected half of the interval on the log scale, None when nobody can know it.
        evidence_class: The highest class it can reach alone.
        is_proposed: The quickest one; each of them leads out of row 2 of the table.
    """

    code: str
    n: int
    wait: int
    half_width: float | None
    evidence_class: int
    is_proposed: bool = False


def candidates(
    seen: Seen, plan: Plan, *, is_before_start: bool, rules: EffectRules = EFFECTS
) -> list[Candidate]:
    """Return what could be measured, the quickest first; that one is proposed.

    A plan that was not fixed before its start cannot be mended: what is measured for it stays at
    class 1. More than that needs a new plan, which is the candidate ``baseline``.
    """
    least, towns = rules.design.series_min, rules.design.comparisons_min - seen.comparisons
    is_whole = is_before_start and not plan.baseline_waiver
    compared = 2 if is_whole else 1
    found = []
    if seen.pre >= least:
        more = A_YEAR if seen.post >= A_YEAR else A_YEAR - seen.post
        width = _half_width(seen, seen.pre, seen.post + more)
        top = compared if towns <= 0 else 1
        found.append(Candidate("months", more, more, width, top))
    if towns > 0 and seen.pre >= least:
        wait = max(rules.design.before_after_min - seen.post, 0)
        width = _half_width(seen, seen.pre, seen.post + wait)
        found.append(Candidate("comparison", towns, wait, width, compared))
    if seen.pre < least or not is_whole:
        before = max(least - seen.pre, 0)
        width = _half_width(seen, max(seen.pre, least), A_YEAR)
        found.append(Candidate("baseline", before, before + A_YEAR, width, 1))
    if plan.is_proxy:
        found.append(Candidate("indicator", 1, 2 * least, None, 1))
    found.sort(key=lambda one: (one.wait, -one.evidence_class, one.code))
    return [replace(one, is_proposed=number == 0) for number, one in enumerate(found)]


def _half_width(seen: Seen, pre: int, post: int) -> float | None:
    """Return half of the interval that a level change would get with so many months."""
    if seen.noise is None:
        return None
    months = np.arange(1, pre + post + 1)
    try:
        x, c = segmented_design(months, pre)
    except StatisticsError:
        return None
    gaps = np.ones(len(months) - 1)
    _, (rows,), _ = whiten(np.zeros(len(months)), x, gaps, np.array([seen.phi]))
    df = len(months) - x.shape[1]
    if df <= 0:
        return None
    innovations = seen.noise**2 * (1 - seen.phi**2)
    variance = innovations * float(c @ np.linalg.solve(rows.T @ rows, c))
    return t_quantile(0.975, df) * math.sqrt(variance)
