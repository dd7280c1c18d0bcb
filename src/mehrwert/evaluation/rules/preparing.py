"""The values of an evaluation on the scale on which effects are judged, and the data rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mehrwert.stats.arrays import Array
from mehrwert.stats.effect_rules import EffectRules

from .checks import Check, Verdict, verdict_of
from .months import MonthlySeries, label_of
from .plan import Plan


@dataclass(frozen=True, slots=True)
class Data:
    """What was measured, one value a month.

    Attributes:
        own: The indicator.
        comparisons: Comparison series by id.
        no_effect: A series on which no effect is expected, or None.
        exposure: What counts are taken on (vehicles, days of opening), or None.
        calibrated_until: Month until which the calibration of the instrument holds, None unknown.
        is_chosen_before: The list of comparison towns was fixed before the start (EVI-118).
    """

    own: MonthlySeries
    comparisons: Mapping[int, MonthlySeries] = field(default_factory=dict)
    no_effect: MonthlySeries | None = None
    exposure: MonthlySeries | None = None
    calibrated_until: int | None = None
    is_chosen_before: bool = True


@dataclass(frozen=True, slots=True)
class Scaled:
    """Months and values on the scale of the plan, shape (n,)."""

    months: NDArray[np.int64]
    y: Array


def on_scale(series: MonthlySeries, plan: Plan) -> Scaled | None:
    """Return the series on the scale of the plan; None when a value has no place there.

    ``log_ratio`` is ln; ``log_odds`` the logit of a share (in per cent when the unit says so);
    ``smd`` the value over the spread before the start, with the factor J (EVI-102).
    """
    values = series.values
    if plan.scale == "log_ratio":
        if (values <= 0).any():
            return None
        return Scaled(series.months, np.log(values))
    if plan.scale == "log_odds":
        share = values / 100 if plan.unit.strip() == "%" else values
        if ((share <= 0) | (share >= 1)).any():
            return None
        return Scaled(series.months, np.log(share / (1 - share)))
    before = values[series.months < plan.start_month]
    spread = float(np.std(before, ddof=1)) if len(before) > 2 else 0.0
    if spread <= 0:
        return None
    df = len(before) - 1
    return Scaled(series.months, values / spread * (1 - 3 / (4 * df - 1)))


def off_scale(y: Array, series: MonthlySeries, plan: Plan) -> Array:
    """Return values of the scale in the unit of the indicator."""
    if plan.scale == "log_ratio":
        return np.exp(y)
    if plan.scale == "log_odds":
        share = 1 / (1 + np.exp(-y))
        return np.asarray(share * 100 if plan.unit.strip() == "%" else share)
    before = series.values[series.months < plan.start_month]
    df = len(before) - 1
    return np.asarray(y * float(np.std(before, ddof=1)) / (1 - 3 / (4 * df - 1)))


def window_of(data: Data, plan: Plan) -> Data:
    """Return the data inside the window of the plan."""
    span = (plan.first_month, plan.last_month)
    return replace(
        data,
        own=data.own.between(*span),
        comparisons={key: series.between(*span) for key, series in data.comparisons.items()},
        no_effect=data.no_effect.between(*span) if data.no_effect else None,
        exposure=data.exposure.between(*span) if data.exposure else None,
    )


def log_exposure(data: Data) -> dict[int, float]:
    """Return month → log of the exposure about its mean; months without one are left out."""
    if data.exposure is None:
        return {}
    known = data.exposure.values > 0
    if not known.any():
        return {}
    logs = np.log(data.exposure.values[known])
    months = data.exposure.months[known]
    return dict(zip(months.tolist(), (logs - logs.mean()).tolist(), strict=True))


def per_exposure(own: MonthlySeries, exposure: Mapping[int, float]) -> MonthlySeries:
    """Return counts as they would be at the mean exposure, in months where it is known."""
    if not exposure:
        return own
    known = np.isin(own.months, list(exposure))
    months = own.months[known]
    factor = np.exp([-exposure[int(month)] for month in months])
    return MonthlySeries(months, own.values[known] * factor)


def data_checks(data: Data, plan: Plan, rules: EffectRules) -> list[Check]:
    """Return the checks EVI-111 to EVI-116 of the data inside the window."""
    found = [
        _missing("missing_pre", data.own, (plan.first_month, plan.last_pre), rules),
        _missing("missing_post", data.own, (plan.start_month, plan.last_month), rules),
    ]
    inside = range(plan.first_month, plan.last_month + 1)
    for code, declared, verdict in (
        ("definition_break", plan.definition_breaks, Verdict.REFUSED),
        ("territory_change", plan.territory_changes, Verdict.REFUSED),
        ("instrument_change", plan.instrument_changes, Verdict.FLAGGED),
        ("concurrent_event", plan.events, Verdict.FLAGGED),
    ):
        found += [
            Check(code, verdict, data={"month": label_of(month), "words": words})
            for month, words in sorted(declared.items())
            if month in inside
        ]
    if data.calibrated_until is not None:
        is_valid = data.calibrated_until >= plan.last_month
        data_of = {"month": label_of(data.calibrated_until)}
        found.append(Check("calibration", verdict_of(is_good=is_valid), data=data_of))
    if plan.comparisons and not data.is_chosen_before:
        found.append(Check("comparisons_late", Verdict.FLAGGED, len(plan.comparisons)))
    is_judged = on_scale(data.own, plan) is not None or (
        plan.scale == "log_ratio" and (data.own.values >= 0).all() and data.own.values.any()
    )
    if len(data.own.values) and not is_judged:
        n_zero = int((data.own.values <= 0).sum())
        found.append(Check("scale", Verdict.REFUSED, data={"n": n_zero}))
    return found


def _missing(code: str, own: MonthlySeries, span: tuple[int, int], rules: EffectRules) -> Check:
    first, last = span
    wanted = max(last - first + 1, 1)
    share = 1 - len(own.between(first, last).months) / wanted
    limit = rules.design.missing_share_max
    verdict = Verdict.PASSED if share <= limit else Verdict.REFUSED
    return Check(code, verdict, share, limit, {"n": round(share * wanted), "of": wanted})


def complete_comparisons(data: Data, plan: Plan, rules: EffectRules) -> dict[int, Scaled]:
    """Return the comparison series that may be used: on the scale, few months missing."""
    kept = {}
    for key, series in sorted(data.comparisons.items()):
        checks = [
            _missing("pre", series, (plan.first_month, plan.last_pre), rules),
            _missing("post", series, (plan.start_month, plan.last_month), rules),
        ]
        scaled = on_scale(series, plan)
        if scaled is not None and all(check.verdict is Verdict.PASSED for check in checks):
            kept[key] = scaled
    return kept


def common_panel(own: Scaled, others: Mapping[int, Scaled]) -> tuple[NDArray[np.int64], Array]:
    """Return the months all series have, shape (n,), and their values, shape (1 + J, n)."""
    months = own.months
    for other in others.values():
        months = np.intersect1d(months, other.months)
    rows = [own, *others.values()]
    panel = np.array([row.y[np.isin(row.months, months)] for row in rows])
    return months, panel
