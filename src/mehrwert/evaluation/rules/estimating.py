"""One estimate: data rules, design, effect, falsification, and the line without the solution."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mehrwert.stats.arrays import Array, StatisticsError
from mehrwert.stats.direction import Direction, direction
from mehrwert.stats.effect_rules import EFFECTS, EffectRules
from mehrwert.stats.laws import t_probability
from mehrwert.stats.mixture import Mixture
from mehrwert.stats.series import Averaged, Impact, lag_one
from mehrwert.stats.synthetic_control import interval, placebo_inference, synthetic_control

from .beside import count_companion, synthetic_did_line
from .checks import Check, Verdict, has_passed, refusals
from .designs import DesignChoice, Supply, Unmet, choose_design
from .falsifying import falsify, residual_check, slope_check
from .months import MonthlySeries
from .plan import Plan
from .preparing import (
    Data,
    Scaled,
    common_panel,
    complete_comparisons,
    data_checks,
    log_exposure,
    off_scale,
    on_scale,
    per_exposure,
    window_of,
)
from .series_model import CountModel, Model, QuarterModel, is_countable, model_of
from .several import Several, clean_only, several_towns

METHOD_VERSION = "effects/1.3"
COMPARED = frozenset({"controlled_its", "synthetic_control"})
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Effect:
    """θ with its uncertainty in stored orientation: below 0 is better.

    ``low``, ``high``, ``se`` and ``p_better`` are None where there are too few values.
    """

    theta: float
    low: float | None = None
    high: float | None = None
    se: float | None = None
    p_better: float | None = None
    df: int = 0
    phi: float | None = None
    placebo_p: float | None = None
    law: Mixture | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured and what would have been expected without the solution, by month."""

    months: NDArray[np.int64]
    observed: Array
    expected: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an estimate found.

    Attributes:
        status: ``estimated``, ``descriptive`` (no interval) or ``refused``.
        choice: Design, and the unmet conditions of stronger ones.
        checks: Every check with its verdict.
        effect: None when refused.
        direction: Of the interval, ``unclear`` without one.
        line: For the figure, None when there is nothing to draw.
        placebos: Months and effects of the placebo starts, in the indicator's own sense.
        n_pre, n_post: Months with a value.
        comparisons: Ids of the comparison series that were used, with their weights.
        several: Towns with starts of their own, pooled; None where there are none.
    """

    status: str
    choice: DesignChoice
    checks: list[Check]
    effect: Effect | None = None
    direction: Direction = Direction.UNCLEAR
    line: Line | None = None
    placebos: list[tuple[int, float]] = field(default_factory=list)
    n_pre: int = 0
    n_post: int = 0
    comparisons: dict[int, float] = field(default_factory=dict)
    several: Several | None = None

    @property
    def passed(self) -> bool:
        """Say whether no check failed."""
        return has_passed(self.checks)


def _silent(step: str, done: int, total: int) -> None:
    """Report to nobody."""


def estimate(
    data: Data, plan: Plan, *, rules: EffectRules = EFFECTS, report: Report = _silent
) -> Outcome:
    """Estimate the effect of one solution in one municipality, or refuse with the reasons.

    Args:
        data: Monthly values; only those inside the window of the plan are used.
        plan: The plan as it was frozen.
        rules: The rule set, kept by its version.
        report: Told step (``data``, ``effect``, ``placebo``), done, total.
    """
    counted = window_of(data, plan)
    exposure = log_exposure(counted)
    inside = replace(counted, own=per_exposure(counted.own, exposure))
    report("data", 0, 1)
    checks = data_checks(inside, plan, rules)
    if exposure:
        checks.append(Check("exposure", Verdict.PASSED, data={"n": len(inside.own.months)}))
    n_pre = int((inside.own.months < plan.start_month).sum())
    n_post = len(inside.own.months) - n_pre
    own = on_scale(inside.own, plan) if len(inside.own.values) else None
    has_zeros = own is None and is_countable(inside.own, plan)
    if has_zeros:
        counts = per_exposure(counted.own, dict.fromkeys(exposure, 0.0))
        own = Scaled(counts.months, counts.values)
    if own is None or refusals(checks):
        choice = choose_design(Supply(n_pre, n_post), rules.design)
        return Outcome("refused", choice, checks, n_pre=n_pre, n_post=n_post)
    others = complete_comparisons(inside, plan, rules)
    clean = clean_only(others, plan)
    study = _Study(inside, plan, rules, own, clean, report, counted.own, exposure)
    run = study.run_counts if has_zeros else study.run
    try:
        outcome = run(n_pre, n_post, checks)
    except StatisticsError as error:
        choice = choose_design(Supply(n_pre, n_post), rules.design)
        failed = Check("unusable", Verdict.REFUSED, data={"code": error.code})
        outcome = Outcome("refused", choice, [*checks, failed])
    several = None if has_zeros else several_towns(own, others, study)
    return replace(outcome, n_pre=n_pre, n_post=n_post, several=several)


@dataclass(frozen=True, slots=True)
class _Study:
    data: Data
    plan: Plan
    rules: EffectRules
    own: Scaled
    others: dict[int, Scaled]
    report: Report
    counts: MonthlySeries
    exposure: dict[int, float]

    def run(self, n_pre: int, n_post: int, checks: list[Check]) -> Outcome:
        months, panel = common_panel(self.own, self.others)
        common_pre = int((months < self.plan.start_month).sum())
        supply = Supply(n_pre, n_post, len(self.others), common_pre)
        choice = choose_design(self._with_fit(supply, months, panel), self.rules.design)
        if choice.design == "synthetic_control":
            return self._synthetic(choice, months, panel, checks)
        if choice.design == "controlled_its":
            outcome = self._controlled(choice, months, panel, checks)
            is_slow = any(check.code == "slow" for check in outcome.checks)
            if is_slow and supply.comparisons >= self.rules.design.donors_min:
                slow = self._with_fit(replace(supply, is_slow=True), months, panel)
                again = choose_design(slow, self.rules.design)
                if again.design == "synthetic_control":
                    return self._synthetic(again, months, panel, checks)
            return outcome
        if choice.design == "narrative":
            return Outcome("refused", choice, [*checks, _too_few(n_pre, n_post, self.rules)])
        return self._series(choice, self.own, self._model(self.own, choice.design), checks)

    def run_counts(self, n_pre: int, n_post: int, checks: list[Check]) -> Outcome:
        """Judge a series with months of 0: counts, else quarters, else not (decisions 33)."""
        choice = self._choice_with_zeros(n_pre, n_post)
        if choice.design == "narrative":
            return Outcome("refused", choice, [*checks, _too_few(n_pre, n_post, self.rules)])
        plain = self._model(self.own, choice.design)
        model = CountModel(
            plain.impact, plain.harmonics, plain.trend, plain.steps, exposure=self.exposure
        )
        if model.fit(self.own, self.plan.start_month, self.rules) is None:
            return self._series(choice, self.own, model, checks)
        r1 = lag_one(model.pearson(self.own, self.plan.start_month), self.own.months)
        limit = self.rules.design.max_lag1_for_counts
        zeros = {"n": int((self.own.y == 0).sum())}
        if not abs(r1) > limit:
            counted = Check("count_model", Verdict.PASSED, r1, limit, zeros)
            return self._series(choice, self.own, model, [*checks, counted])
        return self._quarters(choice, r1, [*checks], zeros)

    def _quarters(
        self, choice: DesignChoice, r1: float, checks: list[Check], zeros: dict[str, int]
    ) -> Outcome:
        limit = self.rules.design.max_lag1_for_counts
        empty = QuarterModel(Impact(), 0, trend=True)
        scaled = empty.take(self.data.own, self.plan)
        refused = Check("count_quarters", Verdict.REFUSED, r1, limit, zeros)
        if scaled is None:
            return Outcome("refused", choice, [*checks, refused])
        pre = int((scaled.months < self.plan.start_month).sum())
        post = len(scaled.months) - pre
        again = self._choice_with_zeros(pre, post)
        if again.design == "narrative":
            return Outcome("refused", again, [*checks, refused])
        plain = self._model(self.own, again.design)
        model = QuarterModel(plain.impact, min(plain.harmonics, 1), plain.trend, plain.steps)
        used = Check("count_quarters", Verdict.FLAGGED, r1, limit, zeros)
        return self._series(again, scaled, model, [*checks, used])

    def _choice_with_zeros(self, n_pre: int, n_post: int) -> DesignChoice:
        """Return the design without comparison; a ratio to other towns needs months above 0."""
        choice = choose_design(Supply(n_pre, n_post), self.rules.design)
        own = [unmet for unmet in choice.unmet if unmet.design not in COMPARED]
        others = [Unmet(design, "zeros", 0, 1) for design in sorted(COMPARED)]
        return DesignChoice(choice.design, (*others, *own))

    def _with_fit(self, supply: Supply, months: NDArray[np.int64], panel: Array) -> Supply:
        design = self.rules.design
        enough = supply.comparisons >= design.donors_min and supply.common_pre >= design.donors_pre
        if not enough or supply.common_pre >= len(months):
            return supply
        return replace(supply, rmspe=synthetic_control(panel, supply.common_pre).pre_rmspe)

    def _model(self, scaled: Scaled, design: str) -> Model:
        return model_of(scaled, self.plan.start_month, self.plan, self.rules, design=design)

    def _controlled(
        self, choice: DesignChoice, months: NDArray[np.int64], panel: Array, checks: list[Check]
    ) -> Outcome:
        mean = panel[1:].mean(axis=0)
        gap = Scaled(months, panel[0] - mean)
        model = self._model(gap, choice.design)
        outcome = self._series(choice, gap, model, checks, mean)
        more = []
        if outcome.status == "estimated":
            more = [*slope_check(gap, model, self), *synthetic_did_line(self, months, panel)]
        share = 1 / len(self.others)
        used = dict.fromkeys(self.others, share)
        return replace(outcome, checks=[*outcome.checks, *more], comparisons=used)

    def _series(
        self,
        choice: DesignChoice,
        scaled: Scaled,
        model: Model,
        checks: list[Check],
        level: Array | None = None,
    ) -> Outcome:
        """Estimate by the φ-averaged series model; ``level`` is added back for the figure."""
        self.report("effect", 0, 1)
        found = model.fit(scaled, self.plan.start_month, self.rules)
        if len(scaled.months) < self.rules.design.interval_from_total or found is None:
            theta = model.plain(scaled, self.plan.start_month)
            line = self._line(scaled, model, (theta, theta, theta), 0.0, level)
            return Outcome("descriptive", choice, checks, Effect(self._stored(theta)), line=line)
        if not found.is_identified:
            slow = Check("slow", Verdict.REFUSED, found.phi, self.rules.phi.mean_refuse)
            return Outcome("refused", choice, [*checks, slow])
        more, placebos = falsify(scaled, model, found, self)
        checks = [*checks, residual_check(scaled, model, found, self), *more]
        checks += count_companion(self, model) if level is None else []
        spread = (found.estimate, found.low, found.high)
        line = self._line(scaled, model, spread, found.phi, level)
        effect = self._effect(found)
        return Outcome("estimated", choice, checks, effect, self._direction(effect), line, placebos)

    def _direction(self, effect: Effect) -> Direction:
        if effect.low is None or effect.high is None:
            return Direction.UNCLEAR
        return direction(effect.low, effect.high, self.plan.sesoi)

    def _stored(self, theta: float) -> float:
        return -theta if self.plan.good_direction == "up" else theta

    def _effect(self, found: Averaged) -> Effect:
        is_up = self.plan.good_direction == "up"
        law = found.law
        turned = Mixture(law.weights, -law.centres, law.scales, law.df) if is_up else law
        low, high = (-found.high, -found.low) if is_up else (found.low, found.high)
        return Effect(
            theta=self._stored(found.estimate),
            low=low,
            high=high,
            se=found.se if np.isfinite(found.se) else None,
            p_better=1 - found.p_below_zero if is_up else found.p_below_zero,
            df=found.df,
            phi=found.phi,
            law=turned,
        )

    def _line(
        self,
        scaled: Scaled,
        model: Model,
        spread: tuple[float, float, float],
        phi: float,
        level: Array | None,
    ) -> Line:
        without = model.without(scaled, self.plan.start_month, phi)
        after = scaled.months >= self.plan.start_month
        half_low, half_high = spread[0] - spread[2], spread[0] - spread[1]
        shift = level if level is not None else np.zeros(len(without))
        seen = model.observed(scaled)
        rows = [seen, without, without + after * half_low, without + after * half_high]
        back = [off_scale(row + shift, self.data.own, self.plan) for row in rows]
        return Line(scaled.months, *back)

    def _synthetic(
        self, choice: DesignChoice, months: NDArray[np.int64], panel: Array, checks: list[Check]
    ) -> Outcome:
        self.report("effect", 0, 1)
        n_pre = int((months < self.plan.start_month).sum())
        limits = self.rules.design
        twin = synthetic_control(panel, n_pre)
        inference = placebo_inference(panel, n_pre, rmspe_factor=limits.placebo_rmspe_factor)
        is_sure = inference.p <= limits.claim_p_max
        verdict = Verdict.PASSED if is_sure else Verdict.FLAGGED
        data = {"n": len(panel) - 1, "kept": inference.kept}
        checks = [*checks, Check("placebo_space", verdict, inference.p, limits.claim_p_max, data)]
        checks += synthetic_did_line(self, months, panel)
        theta, effect = twin.effect, Effect(self._stored(twin.effect), placebo_p=inference.p)
        spread, says = (theta, theta, theta), Direction.UNCLEAR
        if inference.se is not None:
            low, high = interval(theta, inference.se, inference.kept)
            spread = (theta, low, high)
            effect = self._with_error(effect, inference.se, inference.kept)
            says = self._direction(effect)
            if says in {Direction.BETTER, Direction.WORSE} and not is_sure:
                says = Direction.UNCLEAR
        line = self._gap_line(months, panel[0], twin.gaps, spread)
        status = "estimated" if inference.se is not None else "descriptive"
        used = dict(zip(self.others, twin.weights.tolist(), strict=True))
        return Outcome(status, choice, checks, effect, says, line, comparisons=used)

    def _with_error(self, effect: Effect, se: float, kept: int) -> Effect:
        low, high = interval(effect.theta, se, kept)
        law = Mixture(np.ones(1), np.array([effect.theta]), np.array([se]), kept - 1)
        p_better = t_probability(-effect.theta / se, kept - 1)
        return replace(effect, low=low, high=high, se=se, p_better=p_better, df=kept - 1, law=law)

    def _gap_line(
        self,
        months: NDArray[np.int64],
        y: Array,
        gaps: Array,
        spread: tuple[float, float, float],
    ) -> Line:
        after = months >= self.plan.start_month
        without = y - gaps
        rows = [
            y,
            without,
            without + after * (spread[0] - spread[2]),
            without + after * (spread[0] - spread[1]),
        ]
        return Line(months, *(off_scale(row, self.data.own, self.plan) for row in rows))


def _too_few(n_pre: int, n_post: int, rules: EffectRules) -> Check:
    least = rules.design.before_after_min
    data = {"pre": n_pre, "post": n_post}
    return Check("too_few", Verdict.REFUSED, min(n_pre, n_post), least, data)


__all__ = ["Data", "Effect", "Line", "Outcome", "Unmet", "estimate"]
