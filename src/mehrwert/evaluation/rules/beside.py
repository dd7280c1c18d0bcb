"""Lines beside the result: what another respectable method would have said. None of them counts."""

import numpy as np
from numpy.typing import NDArray

from mehrwert.stats.arrays import Array, StatisticsError
from mehrwert.stats.series import Averaged
from mehrwert.stats.synthetic_did import did_interval, placebo_error, synthetic_did

from .checks import Check, Verdict
from .falsifying import Study
from .series_model import CountModel, Model


def count_companion(study: Study, model: Model) -> list[Check]:
    """Return what the count model says beside the headline, for declared counts (EVI-122)."""
    if not study.plan.is_count or type(model) is not Model:
        return []
    counted = CountModel(
        model.impact, model.harmonics, model.trend, model.steps, exposure=study.exposure
    )
    raw = counted.take(study.counts, study.plan)
    try:
        found = counted.independent(raw, study.plan.start_month, study.rules) if raw else None
    except StatisticsError:
        found = None
    return [_line("count_companion", _ends(found))] if found else []


def synthetic_did_line(study: Study, months: NDArray[np.int64], panel: Array) -> list[Check]:
    """Return what synthetic difference in differences says, from ten donors (EVI-145)."""
    limits = study.rules.design
    n_pre = int((months < study.plan.start_month).sum())
    donors = len(panel) - 1
    if study.plan.scale != "log_ratio" or donors < limits.donors_min or n_pre < limits.donors_pre:
        return []
    try:
        found = synthetic_did(panel, n_pre)
        error = placebo_error(panel, n_pre)
    except StatisticsError:
        return []
    if error is None:
        return []
    ends = did_interval(found.effect, error, donors)
    return [_line("synthetic_did", (found.effect, *ends))]


def _ends(found: Averaged) -> tuple[float, float, float]:
    return found.estimate, found.low, found.high


def _line(code: str, values: tuple[float, float, float]) -> Check:
    """Return a line with estimate, low and high in whole per cent."""
    names = ("mid", "low", "high")
    data = {n: round(100 * float(np.expm1(v))) for n, v in zip(names, values, strict=True)}
    return Check(code, Verdict.PASSED, values[0], None, data)
