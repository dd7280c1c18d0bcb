"""What a decision rests on: the own measurement, or what other municipalities found."""

from dataclasses import dataclass, field
from typing import Any, Literal

from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.records import law_of
from mehrwert.evaluation.rules import Plan
from mehrwert.evidence.queries import Experience, PoolKey, pool_keys, read_experience
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.queries import read_population
from mehrwert.stats.direction import Direction
from mehrwert.stats.effect_rules import EFFECTS
from mehrwert.stats.mixture import Mixture


@dataclass(frozen=True, slots=True)
class Ground:
    """The evidence that the decision table is asked with.

    Attributes:
        source: ``own`` measurement, or the forecast from ``others``.
        evidence_class: Of it, for a municipality of this size.
        p_better: P(θ < 0), None where unknown.
        direction: Of its interval.
        effect: (θ, low, high), None without an interval.
        has_outcome: Something was measured.
        k: Municipalities it rests on.
        law: The distribution of θ.
    """

    source: Literal["own", "others"]
    evidence_class: int
    p_better: float | None
    direction: Direction
    effect: tuple[float, float, float] | None
    has_outcome: bool
    k: int
    law: Mixture | None = field(repr=False, compare=False)

    def to_record(self) -> dict[str, Any]:
        """Return plain values for the frozen record of a decision."""
        return {
            "source": self.source,
            "evidence_class": self.evidence_class,
            "k": self.k,
            "effect": list(self.effect) if self.effect else None,
        }


def pool_key_of(row: Evaluation, plan: Plan) -> PoolKey:
    """Return the pool in which the findings of others stand beside this one."""
    root, key = pool_keys(row.tenant_id, plan.solution_root, plan.indicator_key)
    return PoolKey(root, key, plan.scale, row.is_demo)


def experience_of(row: Evaluation, plan: Plan) -> Experience | None:
    """Return what is known together, seen from a municipality of this size; None for nothing."""
    population = read_population(Tenant.objects.get(pk=row.tenant_id))
    return read_experience(pool_key_of(row, plan), population)


def ground_of(row: Evaluation, plan: Plan, estimate: Estimate | None) -> Ground:
    """Return the own estimate from class 2, else the forecast where that is the surer one.

    A forecast that rests on nothing but the own finding is no second opinion.

    Source: spec evidence.md section 14.
    """
    own = _own(estimate)
    if own.evidence_class >= EFFECTS.decision.class_min:
        return own
    known = experience_of(row, plan)
    if known is None or known.forecast is None or known.tenants <= {row.tenant_id}:
        return own
    if known.evidence_class <= own.evidence_class:
        return own
    told = known.forecast
    return Ground(
        source="others",
        evidence_class=known.evidence_class,
        p_better=told.p_better,
        direction=told.direction,
        effect=told.new,
        has_outcome=True,
        k=known.pool.k,
        law=told.law,
    )


def _own(estimate: Estimate | None) -> Ground:
    record = estimate.record if estimate else {}
    effect = record.get("effect") or {}
    low, high = effect.get("low"), effect.get("high")
    bounds = None if low is None or high is None else (effect["theta"], low, high)
    return Ground(
        source="own",
        evidence_class=estimate.evidence_class if estimate else 0,
        p_better=effect.get("p_better"),
        direction=Direction(record["direction"]) if estimate else Direction.UNCLEAR,
        effect=bounds,
        has_outcome=bool(effect),
        k=1,
        law=law_of(record) if bounds else None,
    )
