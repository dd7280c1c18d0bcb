"""Checks that run without being asked: placebo starts, a shortened aftermath, residuals."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.effect_rules import EffectRules
from mehrwert.stats.series import Averaged, autocorrelation

from .checks import Check, Verdict, verdict_of
from .months import MonthlySeries
from .plan import Plan
from .preparing import Data, Scaled
from .series_model import Model


class Study(Protocol):
    """What the checks need of the running estimate."""

    @property
    def data(self) -> Data: ...  # noqa: D102
    @property
    def plan(self) -> Plan: ...  # noqa: D102
    @property
    def rules(self) -> EffectRules: ...  # noqa: D102
    @property
    def counts(self) -> MonthlySeries: ...  # noqa: D102
    @property
    def exposure(self) -> dict[int, float]: ...  # noqa: D102
    @property
    def report(self) -> Callable[[str, int, int], None]: ...  # noqa: D102


def falsify(
    scaled: Scaled, model: Model, found: Averaged, study: Study
) -> tuple[list[Check], list[tuple[int, float]]]:
    """Return the checks EVI-126 a, b, c and the effects at the placebo starts."""
    placebos = list(_placebos(scaled, model, study))
    checks = [
        _placebo_check(placebos, found, study.rules),
        _without_first_months(scaled, model, found, study),
        _no_effect_check(study, model),
    ]
    return checks, placebos


def _placebos(scaled: Scaled, model: Model, study: Study) -> list[tuple[int, float]]:
    """Return (month, effect) for every start before the real one that has enough on both sides."""
    before = scaled.months < study.plan.start_month
    months = scaled.months[before]
    least = study.rules.design.series_min if model.trend else study.rules.design.before_after_min
    starts = months[least : len(months) - least + 1].tolist()
    found = []
    for number, start in enumerate(starts):
        study.report("placebo", number, len(starts))
        try:
            estimate = model.fit(Scaled(months, scaled.y[before]), start, study.rules)
        except StatisticsError:
            continue
        if estimate is not None:
            found.append((int(start), estimate.estimate))
    return found


def _placebo_check(placebos: list[tuple[int, float]], found: Averaged, rules: EffectRules) -> Check:
    """Fail only if the interval excludes 0 and the share is too large (decisions 28)."""
    limit = rules.checks.placebo_share_max
    if not placebos:
        return Check("placebo_time", Verdict.FLAGGED, None, limit, {"n": 0, "larger": 0})
    larger = sum(abs(effect) >= abs(found.estimate) for _, effect in placebos)
    share = larger / len(placebos)
    excludes_zero = found.low > 0 or found.high < 0
    verdict = Verdict.FAILED if excludes_zero and share > limit else Verdict.PASSED
    return Check(
        "placebo_time",
        verdict,
        share,
        limit,
        {"n": len(placebos), "larger": larger},
    )


def _without_first_months(scaled: Scaled, model: Model, found: Averaged, study: Study) -> Check:
    skipped = study.rules.checks.leave_out_post
    start = study.plan.start_month
    kept = (scaled.months < start) | (scaled.months >= start + skipped)
    data = {"n": skipped}
    if int((scaled.months[kept] >= start).sum()) < study.rules.design.before_after_min:
        return Check("leave_out", Verdict.FLAGGED, None, None, data)
    shortened = Scaled(scaled.months[kept], scaled.y[kept])
    try:
        again = model.fit(shortened, start, study.rules)
    except StatisticsError:
        again = None
    if again is None:
        return Check("leave_out", Verdict.FLAGGED, None, None, data)
    stays = found.low <= again.estimate <= found.high
    return Check("leave_out", verdict_of(is_good=stays), again.estimate, None, data)


def _no_effect_check(study: Study, model: Model) -> Check:
    series = study.data.no_effect
    scaled = model.take(series, study.plan) if series is not None and len(series.months) else None
    if scaled is None:
        return Check("no_effect_outcome", Verdict.FLAGGED)
    try:
        found = model.fit(scaled, study.plan.start_month, study.rules)
    except StatisticsError:
        found = None
    if found is None:
        return Check("no_effect_outcome", Verdict.FLAGGED)
    is_quiet = found.low <= 0 <= found.high
    return Check("no_effect_outcome", verdict_of(is_good=is_quiet), found.estimate)


def slope_check(gap: Scaled, model: Model, study: Study) -> list[Check]:
    """Return the effect if the gap to other towns had gone on, and if it had stayed (EVI-135).

    The first is what is published. That no slope stood out before proves nothing, so both are
    shown side by side and no test decides between them. Only for ratios.
    """
    if study.plan.scale != "log_ratio":
        return []
    try:
        on = model.fit(gap, study.plan.start_month, study.rules)
        stays = replace(model, trend=False).fit(gap, study.plan.start_month, study.rules)
    except StatisticsError:
        return []
    if on is None or stays is None:
        return []
    data = {
        name: round(100 * math.expm1(found.estimate))
        for name, found in (("on", on), ("flat", stays))
    }
    return [Check("gap_slope", Verdict.PASSED, stays.estimate, None, data)]


def residual_check(scaled: Scaled, model: Model, found: Averaged, study: Study) -> Check:
    """Flag a series whose whitened residuals still follow each other (EVI-125)."""
    residuals = model.residuals(scaled, study.plan.start_month, found)
    lags = {lag: autocorrelation(residuals, lag) for lag in study.rules.checks.acf_lags}
    limit = 2 / math.sqrt(len(residuals))
    watched = [abs(lags[lag]) for lag in study.rules.checks.acf_flags if not math.isnan(lags[lag])]
    worst = max(watched, default=0.0)
    data = {f"r{lag}": value for lag, value in lags.items() if not math.isnan(value)}
    return Check("residuals", verdict_of(is_good=worst <= limit), worst, limit, data)
