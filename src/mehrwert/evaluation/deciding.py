"""What the decision table is asked, and how its proposal changes in harder cases."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from mehrwert.base.canonical import significant
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.records import law_of
from mehrwert.evaluation.rules import Plan, money_of
from mehrwert.evaluation.rules.decision import Costs, Money, harder_cases
from mehrwert.stats.decision_table import Basis, LegalLight, Proposal, propose
from mehrwert.stats.direction import Direction
from mehrwert.stats.mixture import Mixture


@dataclass(frozen=True, slots=True)
class MoneyInput:
    """What a treasurer enters; None where nobody knows, which is never zero.

    Attributes:
        alone, shared: Costs when the municipality pays alone, and in shared operation.
        affordable: Yearly budget-effective cost lies within the decided budget line.
        must_by_law: The task is a duty: whether is fixed, only how is open (EVI-191).
    """

    alone: Costs | None = None
    shared: Costs | None = None
    affordable: bool = False
    must_by_law: bool = False


@dataclass(frozen=True, slots=True)
class Deliberation:
    """Proposal with everything it rests on.

    ``tips`` names the harder cases in which the proposal would be another one (EVI-42).
    """

    basis: Basis
    proposal: Proposal
    alone: Money | None
    shared: Money | None
    tips: dict[str, str]
    money: MoneyInput

    def to_record(self) -> dict[str, Any]:
        """Return plain values for the frozen record of a decision."""
        written: dict[str, Any] = significant(asdict(self))
        written["basis"]["legal"] = self.basis.legal.value
        written["basis"]["direction"] = self.basis.direction.value
        written["proposal"]["decision"] = self.proposal.decision.value
        return written


def deliberate(
    row: Evaluation, plan: Plan, estimate: Estimate | None, money: MoneyInput
) -> Deliberation:
    """Ask the table, then ask it again under a second rate, both bounds, and dearer prices."""
    effect, law = _effect(estimate)
    alone = _money(money.alone, plan, effect, law)
    shared = _money(money.shared, plan, effect, law)
    basis = Basis(
        evidence_class=estimate.evidence_class if estimate else 0,
        p_better=_p_better(estimate),
        direction=Direction(estimate.record["direction"]) if estimate else Direction.UNCLEAR,
        has_outcome=estimate is not None and estimate.record["effect"] is not None,
        p_alone=alone.p_positive if alone else None,
        p_shared=shared.p_positive if shared else None,
        capital_value=alone.value if alone else None,
        affordable=money.affordable,
        legal=LegalLight(row.legal_light or "yellow"),
        must_by_law=money.must_by_law,
    )
    proposal = propose(basis)
    tips = {}
    for name, other in _harder(basis, plan, money, effect, law).items():
        changed = propose(other).decision
        if changed is not proposal.decision:
            tips[name] = changed.value
    return Deliberation(basis, proposal, alone, shared, tips, money)


def _effect(
    estimate: Estimate | None,
) -> tuple[tuple[float, float, float] | None, Mixture | None]:
    if estimate is None or not estimate.record.get("effect"):
        return None, None
    found = estimate.record["effect"]
    if found["low"] is None:
        return None, None
    return (found["theta"], found["low"], found["high"]), law_of(estimate.record)


def _p_better(estimate: Estimate | None) -> float | None:
    if estimate is None or not estimate.record.get("effect"):
        return None
    stated: float | None = estimate.record["effect"]["p_better"]
    return stated


def _money(
    costs: Costs | None,
    plan: Plan,
    effect: tuple[float, float, float] | None,
    law: Mixture | None,
) -> Money | None:
    if costs is None or effect is None or law is None:
        return None
    return money_of(costs, effect=effect, law=law, good_is_up=plan.good_direction == "up")


def _harder(
    basis: Basis,
    plan: Plan,
    money: MoneyInput,
    effect: tuple[float, float, float] | None,
    law: Mixture | None,
) -> dict[str, Basis]:
    """Return the basis under each harder case."""
    found = {}
    if money.alone is not None and effect is not None and law is not None:
        for name, costs in harder_cases(money.alone).items():
            shared = harder_cases(money.shared)[name] if money.shared else None
            alone_now = _money(costs, plan, effect, law)
            shared_now = _money(shared, plan, effect, law)
            found[name] = replace(
                basis,
                p_alone=alone_now.p_positive if alone_now else None,
                p_shared=shared_now.p_positive if shared_now else None,
                capital_value=alone_now.value if alone_now else None,
            )
    if effect is not None:
        found["low"] = replace(basis, p_better=float(effect[1] < 0))
        found["high"] = replace(basis, p_better=float(effect[2] < 0))
    return found
