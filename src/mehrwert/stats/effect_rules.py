"""The rule set ``effects``: every threshold of designs, checks and synthesis, with its version.

A stored result keeps the version it was computed with. A new version never changes an old result,
it gives a new one beside it. Except for the EPOC minimum of 3 + 3 values and the level of 0.95 all
numbers are proposals of ours. Source: spec evidence.md section 3.
"""

from dataclasses import dataclass, field

from .cost_marks import LIMITS
from .decision_table import DecisionRules
from .evidence_class import ClassRules
from .series import PhiRules


@dataclass(frozen=True, slots=True)
class DesignRules:
    """What a design needs before it may be estimated; counts are months with a value.

    Attributes:
        missing_share_max: Before and after the start, each.
        daily_coverage_min: Readings of a day, and days of a month.
        before_after_min: On each side.
        interval_from_total: Fewer values in total give a figure without interval.
        list_min: On each side, to be listed as an interrupted series at all.
        series_min: On each side, to be estimated.
        season_pre, season_post: From here two harmonics of the year belong to the model.
        harmonics: How many then.
        max_lag1_for_counts: Larger |r₁| after the count model: months are not independent.
        comparisons_min, controlled_pre: Comparison series, and months before the start.
        donors_min, donors_pre: Of a synthetic control.
        donors_for_claim: Fewer donors cannot reach p ≤ .05.
        rmspe_max: Largest misfit before the start, as a share (of the mean, or on the log scale).
        placebo_rmspe_factor: Donors that fit worse than this many times do not enter the error.
        claim_p_max: Better or worse by a synthetic control also needs this.
    """

    missing_share_max: float = 0.20
    daily_coverage_min: float = 0.75
    before_after_min: int = 4
    interval_from_total: int = 12
    list_min: int = 3
    series_min: int = 8
    season_pre: int = 24
    season_post: int = 12
    harmonics: int = 2
    max_lag1_for_counts: float = 0.2
    comparisons_min: int = 3
    controlled_pre: int = 8
    donors_min: int = 10
    donors_pre: int = 12
    donors_for_claim: int = 19
    rmspe_max: float = 0.10
    placebo_rmspe_factor: float = 5.0
    claim_p_max: float = 0.05


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Falsification checks (EVI-125, EVI-126)."""

    placebo_share_max: float = 0.10
    leave_out_post: int = 3
    acf_lags: tuple[int, ...] = (1, 2, 12)
    acf_flags: tuple[int, ...] = (2, 12)


@dataclass(frozen=True, slots=True)
class SynthesisRules:
    """How results are pooled (EVI-156, EVI-157, EVI-161, EVI-173 to EVI-175)."""

    prior_scale: float = 0.5
    sensitivity: tuple[float, ...] = (0.25, 1.0)
    headline_tau_averaged_up_to_k: int = 12
    due_months: int = 6
    k_per_moderator: int = 10
    egger_k_min: int = 10


@dataclass(frozen=True, slots=True)
class EffectRules:
    """One version of the rule set."""

    version: str = "1.0.0"
    interval_level: float = 0.95
    sesoi_log_ratio: float = 0.05
    post_months: int = 12
    design: DesignRules = field(default_factory=DesignRules)
    checks: CheckRules = field(default_factory=CheckRules)
    phi: PhiRules = field(default_factory=PhiRules)
    synthesis: SynthesisRules = field(default_factory=SynthesisRules)
    evidence_class: ClassRules = field(default_factory=ClassRules)
    decision: DecisionRules = field(default_factory=DecisionRules)
    cost_marks: tuple[float, ...] = LIMITS


DESIGN_LEVELS = {
    "narrative": 0,
    "before_after": 1,
    "its": 2,
    "controlled_its": 3,
    "synthetic_control": 3,
    "rollout_independent": 4,
    "rollout_lottery": 5,
}
EFFECTS = EffectRules()
