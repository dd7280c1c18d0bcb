"""The decision table: what the evidence, the money and the law propose together.

The proposal is a proposal: a body decides, and may decide otherwise with a reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from .direction import Direction


class Decision(StrEnum):
    """The five outcomes (EVI-39)."""

    CONTINUE = "continue"
    ADAPT_LIMITED = "adapt_limited"
    CONTINUE_JOINTLY = "continue_jointly"
    END = "end"
    NOT_YET_DECIDABLE = "not_yet_decidable"


class LegalLight(StrEnum):
    """What law and data protection say; unset counts as yellow."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known when the table is asked; None means unknown.

    Attributes:
        evidence_class: 0 to 4.
        p_better: P(θ < 0).
        direction: Of the interval.
        has_outcome: There is an outcome indicator with data.
        p_alone: P(KN > 0) when the municipality pays alone.
        p_shared: The same in shared operation.
        capital_value: Of the best estimate, in euros.
        within_limit: Cost per unit lies within the limit of the house.
        affordable: Yearly budget-effective cost ≤ the amount of the decided budget line.
        legal: The light.
        must_by_law: Whether the task is a duty; then only the *how* is open.
    """

    evidence_class: int
    p_better: float | None = None
    direction: Direction = Direction.UNCLEAR
    has_outcome: bool = True
    p_alone: float | None = None
    p_shared: float | None = None
    capital_value: float | None = None
    within_limit: bool = False
    affordable: bool = True
    legal: LegalLight = LegalLight.YELLOW
    must_by_law: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """Thresholds of the rule set (section ``decision``)."""

    p_better_continue: float = 0.90
    p_better_adapt: float = 0.60
    p_better_end: float = 0.40
    p_kn: float = 0.80
    class_min: int = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table proposes, and the number of the row that matched (1 to 8)."""

    decision: Decision
    row: int


def propose(basis: Basis, rules: DecisionRules | None = None) -> Proposal:
    """Return the proposal of the first matching row.

    Source: spec evidence.md section 14 with decisions 31: class 1 and P(better) < .40 is not yet
    decidable; equivalence ends a project only from class 2 and only if it does not pay.
    """
    limits = rules or DecisionRules()
    if basis.legal is LegalLight.RED:
        return Proposal(Decision.END, 1)
    if not basis.has_outcome or basis.evidence_class == 0 or basis.p_better is None:
        return Proposal(Decision.NOT_YET_DECIDABLE, 2)
    is_sure = basis.evidence_class >= limits.class_min
    if _speaks_against(basis, basis.p_better, limits):
        return Proposal(Decision.END if is_sure else Decision.NOT_YET_DECIDABLE, 3)
    if is_sure and basis.p_better >= limits.p_better_continue:
        return _for_a_sure_benefit(basis, limits)
    if not is_sure or basis.p_better >= limits.p_better_adapt:
        return Proposal(Decision.ADAPT_LIMITED, 7)
    return Proposal(Decision.NOT_YET_DECIDABLE, 8)


def _speaks_against(basis: Basis, p_better: float, limits: DecisionRules) -> bool:
    if p_better < limits.p_better_end or basis.direction is Direction.WORSE:
        return True
    does_not_pay = basis.capital_value is not None and basis.capital_value <= 0
    is_equal = basis.direction is Direction.NO_RELEVANT_DIFFERENCE
    return is_equal and does_not_pay and basis.evidence_class >= limits.class_min


def _for_a_sure_benefit(basis: Basis, limits: DecisionRules) -> Proposal:
    pays_alone = basis.p_alone is not None and basis.p_alone >= limits.p_kn
    if basis.legal is LegalLight.GREEN and basis.affordable and (basis.within_limit or pays_alone):
        return Proposal(Decision.CONTINUE, 4)
    if basis.p_shared is not None and basis.p_shared >= limits.p_kn:
        return Proposal(Decision.CONTINUE_JOINTLY, 5)
    return Proposal(Decision.ADAPT_LIMITED, 6)
