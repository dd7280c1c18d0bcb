"""Evidence class 0–4: how sure we are, apart from how large the effect is."""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a class was lowered."""

    BIAS = "B"
    INCONSISTENCY = "I"
    INDIRECTNESS = "D"
    IMPRECISION = "P"
    REPORTING = "R"


@dataclass(frozen=True, slots=True)
class Study:
    """One municipality's study in the synthesis.

    Attributes:
        level: Design level D, 0 to 5.
        weight: Share in the synthesis; all sum to 1.
        passed: No check failed.
        has_plan: The plan was frozen before the start.
        is_indirect: Outcome is a proxy, or the kind of municipality asked about is not covered.
    """

    level: int
    weight: float
    passed: bool = True
    has_plan: bool = True
    is_indirect: bool = False


@dataclass(frozen=True, slots=True)
class Pooled:
    """What the synthesis found; below 0 is better.

    Attributes:
        k: Municipalities.
        low, high: Interval of the mean.
        theta: The mean.
        sesoi: Smallest effect of interest.
        p_mean: P(mean < 0), None for a single study.
        p_new: P(new municipality < 0), None for a single study.
        size_classes, evaluators: How many different ones.
        planned, overdue: From the register.
        flips_at_zero: The direction changes when missing results enter as 0.
        egger_p: None when not computed.
        dose_response: Shown.
        has_log_scale: Only then a large effect raises the class.
    """

    k: int
    low: float
    high: float
    theta: float
    sesoi: float = 0.05
    p_mean: float | None = None
    p_new: float | None = None
    size_classes: int = 1
    evaluators: int = 1
    planned: int = 0
    overdue: int = 0
    flips_at_zero: bool = False
    egger_p: float | None = None
    dose_response: bool = False
    has_log_scale: bool = True


@dataclass(frozen=True, slots=True)
class ClassRules:
    """Thresholds of the rule set ``effects``; every number is configuration (source: section 3)."""

    design_caps: dict[int, int] = field(
        default_factory=lambda: {0: 0, 1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
    )
    studies: int = 3
    k_for_4: int = 5
    size_classes_for_4: int = 2
    evaluators_for_4: int = 3
    majority: float = 0.50
    cap_without_plan: int = 1
    cap_without_level_2: int = 1
    p_mean: float = 0.975
    p_new: float = 0.80
    overdue_share: float = 0.20
    egger_k: int = 10
    egger_p: float = 0.10
    large_effect: float = math.log(2)


@dataclass(frozen=True, slots=True)
class EvidenceClass:
    """The class and how it came about: clamp(start + up − down, 0, cap)."""

    value: int
    start: int
    cap: int
    lowered: tuple[Reason, ...]
    raised: bool


def evidence_class(
    studies: Sequence[Study],
    pooled: Pooled,
    *,
    very_serious: Collection[Reason] = (),
    rules: ClassRules | None = None,
) -> EvidenceClass:
    """Compute the class with its reasons; identical input gives the identical class.

    Args:
        studies: Those in the synthesis; none gives class 0.
        pooled: Its result.
        very_serious: Reasons that a named reviewer marked; they count twice.
        rules: Thresholds.

    Source: spec evidence.md section 12.
    """
    limits = rules or ClassRules()
    if not studies:
        return EvidenceClass(0, 0, 0, (), False)
    start, cap = _start(studies, pooled, limits), _cap(studies, pooled, limits)
    lowered = tuple(r for r, applies in _reasons(studies, pooled, limits) if applies)
    is_large = pooled.has_log_scale and abs(pooled.theta) >= limits.large_effect
    raised = Reason.BIAS not in lowered and (pooled.dose_response or is_large)
    points = start + int(raised) - sum(2 if r in very_serious else 1 for r in lowered)
    return EvidenceClass(max(0, min(points, cap)), start, cap, lowered, raised)


def _count(studies: Sequence[Study], least: int) -> int:
    return sum(study.level >= least for study in studies)


def _weight(studies: Sequence[Study], applies: Callable[[Study], bool]) -> float:
    return sum(study.weight for study in studies if applies(study))


def _start(studies: Sequence[Study], pooled: Pooled, rules: ClassRules) -> int:
    if _count(studies, 4) >= rules.studies and pooled.k >= rules.k_for_4:
        return 4
    if _count(studies, 3) >= rules.studies or any(s.level >= 4 and s.passed for s in studies):
        return 3
    if _count(studies, 3) or sum(s.level == 2 and s.passed for s in studies) >= 2:
        return 2
    return 1 if _count(studies, 1) else 0


def _cap(studies: Sequence[Study], pooled: Pooled, rules: ClassRules) -> int:
    if pooled.k == 1:
        cap = rules.design_caps[max(s.level for s in studies)]
    elif not _count(studies, 2):
        cap = rules.cap_without_level_2
    else:
        is_broad = (
            pooled.k >= rules.k_for_4
            and pooled.size_classes >= rules.size_classes_for_4
            and pooled.evaluators >= rules.evaluators_for_4
        )
        cap = 4 if is_broad else 3
    without_plan = _weight(studies, lambda s: not s.has_plan) > rules.majority
    return min(cap, rules.cap_without_plan) if without_plan else cap


def _reasons(
    studies: Sequence[Study], pooled: Pooled, rules: ClassRules
) -> list[tuple[Reason, bool]]:
    return [
        (Reason.BIAS, _weight(studies, lambda s: not s.passed) > rules.majority),
        (Reason.INCONSISTENCY, _is_inconsistent(pooled, rules)),
        (Reason.INDIRECTNESS, _weight(studies, lambda s: s.is_indirect) > rules.majority),
        (Reason.IMPRECISION, pooled.high >= 0 and pooled.low <= -pooled.sesoi),
        (Reason.REPORTING, _is_badly_reported(pooled, rules)),
    ]


def _is_inconsistent(pooled: Pooled, rules: ClassRules) -> bool:
    if pooled.k < 2 or pooled.p_mean is None or pooled.p_new is None:
        return False
    on_side = pooled.p_new if pooled.p_mean >= 0.5 else 1 - pooled.p_new
    return max(pooled.p_mean, 1 - pooled.p_mean) >= rules.p_mean and on_side < rules.p_new


def _is_badly_reported(pooled: Pooled, rules: ClassRules) -> bool:
    overdue = pooled.planned > 0 and pooled.overdue / pooled.planned > rules.overdue_share
    asymmetric = (
        pooled.k >= rules.egger_k and pooled.egger_p is not None and pooled.egger_p < rules.egger_p
    )
    return overdue or pooled.flips_at_zero or asymmetric
