"""What the decision table is asked, and how its proposal changes in harder cases."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from mehrwert.base.canonical import significant
from mehrwert.evaluation.ground import Ground, ground_of
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.rules import Plan, money_of
from mehrwert.evaluation.rules.decision import Costs, Money, harder_cases, money_at
from mehrwert.stats.decision_table import Basis, LegalLight, Proposal, propose
from mehrwert.stats.direction import direction


@dataclass(frozen=True, slots=True)
class MoneyInput:
    """What a treasurer enters; None where nobody knows, which is never zero.

    Attributes:
        alone, shared: Costs when the municipality pays alone, and in shared operation.
        affordable: Yearly budget-effective cost lies within the decided budget line.
        must_by_law: The task is a duty: whether is fixed, only how is open (EVI-191).
        within_limit: Cost per unit lies within a limit that the house has decided.
    """

    alone: Costs | None = None
    shared: Costs | None = None
    affordable: bool = False
    must_by_law: bool = False
    within_limit: bool = False


@dataclass(frozen=True, slots=True)
class Deliberation:
    """Proposal with everything it rests on.

    Attributes:
        ground: The evidence: own, or of others.
        alone, shared: Money at the rate that was entered; ``second`` at the other rate.
        tips: The harder cases in which the proposal would be another one (EVI-42).
    """

    basis: Basis
    proposal: Proposal
    ground: Ground
    alone: Money | None
    shared: Money | None
    second: tuple[Money | None, Money | None]
    tips: dict[str, str]
    money: MoneyInput

    def to_record(self) -> dict[str, Any]:
        """Return plain values for the frozen record of a decision."""
        written: dict[str, Any] = {
            name: asdict(value) if value is not None else None
            for name, value in (
                ("basis", self.basis),
                ("proposal", self.proposal),
                ("alone", self.alone),
                ("shared", self.shared),
                ("alone_second", self.second[0]),
                ("shared_second", self.second[1]),
                ("money", self.money),
            )
        }
        written |= {"tips": self.tips, "ground": self.ground.to_record()}
        written["basis"]["legal"] = self.basis.legal.value
        written["basis"]["direction"] = self.basis.direction.value
        written["proposal"]["decision"] = self.proposal.decision.value
        rounded: dict[str, Any] = significant(written)
        return rounded


def deliberate(
    row: Evaluation, plan: Plan, estimate: Estimate | None, money: MoneyInput
) -> Deliberation:
    """Ask the table, then ask it again under a second rate, both bounds, and dearer prices."""
    ground = ground_of(row, plan, estimate)
    alone, shared = _money(money.alone, plan, ground), _money(money.shared, plan, ground)
    basis = Basis(
        evidence_class=ground.evidence_class,
        p_better=ground.p_better,
        direction=ground.direction,
        has_outcome=ground.has_outcome,
        within_limit=money.within_limit,
        affordable=money.affordable,
        legal=LegalLight(row.legal_light or "yellow"),
        must_by_law=money.must_by_law,
    )
    basis = _with_money(basis, alone, shared)
    proposal = propose(basis)
    second = _both(money, "rate", plan, ground)
    tips = {}
    for name, other in _harder(basis, plan, money, ground).items():
        changed = propose(other).decision
        if changed is not proposal.decision:
            tips[name] = changed.value
    return Deliberation(basis, proposal, ground, alone, shared, second, tips, money)


def _with_money(basis: Basis, alone: Money | None, shared: Money | None) -> Basis:
    return replace(
        basis,
        p_alone=alone.p_positive if alone else None,
        p_shared=shared.p_positive if shared else None,
        capital_value=alone.value if alone else None,
    )


def _money(costs: Costs | None, plan: Plan, ground: Ground) -> Money | None:
    if costs is None or ground.effect is None or ground.law is None:
        return None
    is_up = plan.good_direction == "up"
    return money_of(costs, effect=ground.effect, law=ground.law, good_is_up=is_up)


def _both(
    money: MoneyInput, case: str, plan: Plan, ground: Ground
) -> tuple[Money | None, Money | None]:
    """Return the money of a harder case, alone and shared."""
    alone, shared = (
        _money(harder_cases(costs)[case] if costs else None, plan, ground)
        for costs in (money.alone, money.shared)
    )
    return alone, shared


def _harder(basis: Basis, plan: Plan, money: MoneyInput, ground: Ground) -> dict[str, Basis]:
    """Return the basis under each harder case.

    At an end of the interval the effect is taken as known: with it direction and money follow.
    """
    found: dict[str, Basis] = {}
    if ground.effect is None:
        return found
    if money.alone is not None or money.shared is not None:
        for case in ("rate", "dearer"):
            found[case] = _with_money(basis, *_both(money, case, plan, ground))
    is_up = plan.good_direction == "up"
    for case, bound in (("low", ground.effect[1]), ("high", ground.effect[2])):
        alone, shared = (
            money_at(costs, bound, good_is_up=is_up) if costs else None
            for costs in (money.alone, money.shared)
        )
        sure = replace(
            basis,
            p_better=float(bound < 0),
            direction=direction(bound, bound, plan.sesoi),
        )
        found[case] = _with_money(sure, alone, shared)
    return found
