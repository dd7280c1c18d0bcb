"""Everything that reads in the room. What is released is public and knows no municipality scope."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import numpy as np
from django.db.models import Count, Max, Min, QuerySet

from mehrwert.evidence.choices import FindingState, PlanState
from mehrwert.evidence.models import Finding, RegisteredPlan, Synthesis
from mehrwert.evidence.rules import (
    Pool,
    PoolRegister,
    Row,
    Said,
    pool,
    single_class,
    too_strong_words,
)
from mehrwert.evidence.rules.pooling import size_class
from mehrwert.evidence.wording import effect_sentence, effect_value, interval_words
from mehrwert.stats.effect_rules import EFFECTS
from mehrwert.stats.evidence_class import EvidenceClass
from mehrwert.stats.synthesis import fit_random_effects
from mehrwert.stats.synthesis import is_outside_experience as outside

__all__ = [
    "PoolKey",
    "PoolLine",
    "Said",
    "class_of",
    "compute_pool",
    "compute_pools",
    "covers_size",
    "effect_sentence",
    "effect_value",
    "interval_words",
    "is_outside_experience",
    "list_findings",
    "list_overdue",
    "list_pool_lines",
    "list_register",
    "pool_register",
    "read_own_finding",
    "read_pool_key",
    "read_synthesis",
    "study_class",
    "today_in_register",
    "too_strong_words",
]


@dataclass(frozen=True, slots=True)
class PoolKey:
    """What is pooled together (decisions 35); invented results never meet real ones."""

    solution_root: str
    indicator_key: str
    scale: str
    is_demo: bool = False

    @classmethod
    def of(cls, row: Finding) -> Self:
        """Return the pool of a finding."""
        return cls(row.solution_root, row.indicator_key, row.scale, row.is_demo)

    def fields(self) -> dict[str, Any]:
        """Return the columns that name it."""
        return {
            "solution_root": self.solution_root,
            "indicator_key": self.indicator_key,
            "scale": self.scale,
            "is_demo": self.is_demo,
        }


def today_in_register() -> date:
    """Return the day against which due results are judged."""
    from django.utils import timezone

    return timezone.localdate()


def list_findings(key: PoolKey) -> "QuerySet[Finding]":
    """Return the released findings of a pool, by municipality."""
    return Finding.public.filter(state=FindingState.RELEASED.value, **key.fields()).order_by(
        "municipality", "pk"
    )


def compute_pool(key: PoolKey) -> Pool | None:
    """Pool the released findings live; None when none has an estimate with an error."""
    return _pooled(key, list(list_findings(key)), pool_register(key))


def compute_pools(keys: Sequence[PoolKey]) -> dict[PoolKey, tuple[list[Finding], Pool | None]]:
    """Return findings and synthesis of many pools, in two statements."""
    roots = {key.solution_root for key in keys}
    findings: dict[PoolKey, list[Finding]] = {key: [] for key in keys}
    released = Finding.public.filter(state=FindingState.RELEASED.value, solution_root__in=roots)
    for row in released.order_by("municipality", "pk"):
        findings.setdefault(PoolKey.of(row), []).append(row)
    registers = _registers(roots)
    nothing = PoolRegister()
    return {
        key: (findings[key], _pooled(key, findings[key], registers.get(key, nothing)))
        for key in keys
    }


def _pooled(key: PoolKey, found: list[Finding], register: PoolRegister) -> Pool | None:
    if not found:
        return None
    sesoi = max(row.sesoi for row in found)
    return pool(rows_of(found), sesoi=sesoi, register=register, has_log_scale=key.scale != "smd")


def pool_register(key: PoolKey) -> PoolRegister:
    """Count what the register says of a pool: planned, reported, overdue, not measurable."""
    return _registers({key.solution_root}).get(key, PoolRegister())


def _registers(roots: set[str]) -> dict[PoolKey, PoolRegister]:
    """Return the counts of all pools of these solutions, in one statement."""
    today = today_in_register()
    states: dict[PoolKey, list[str]] = {}
    rows = RegisteredPlan.public.filter(solution_root__in=roots).values_list(
        "solution_root", "indicator_key", "scale", "is_demo", "state", "due_on"
    )
    for root, indicator, scale, is_demo, state, due_on in rows:
        is_late = state == PlanState.PLANNED.value and due_on < today
        key = PoolKey(root, indicator, scale, is_demo)
        states.setdefault(key, []).append("overdue" if is_late else state)
    return {
        key: PoolRegister(
            planned=len(found),
            reported=found.count(PlanState.REPORTED.value),
            overdue=found.count("overdue"),
            not_measurable=found.count(PlanState.NOT_MEASURABLE.value),
        )
        for key, found in states.items()
    }


def class_of(row: Finding) -> EvidenceClass:
    """Return the evidence class of one finding alone."""
    return study_class(
        {
            name: getattr(row, name)
            for name in (
                "theta", "low", "high", "se", "design_level", "passed", "has_plan", "is_proxy",
                "sesoi", "scale",
            )
        }
    )  # fmt: skip


def study_class(study: dict[str, Any]) -> EvidenceClass:
    """Return the class of a study record (columns of ``Finding``) alone.

    Without an interval only first observations are left: class 1 at most.
    """
    if study["theta"] is None:
        return EvidenceClass(0, 0, 0, (), False)
    has_interval = study["low"] is not None and study["high"] is not None
    row = Row(
        municipality="",
        theta=study["theta"],
        se=study["se"] or 0.0,
        low=study["low"] if has_interval else study["theta"],
        high=study["high"] if has_interval else study["theta"],
        level=study["design_level"] if has_interval else min(study["design_level"], 1),
        passed=study["passed"],
        has_plan=study["has_plan"],
        is_proxy=study["is_proxy"],
    )
    return single_class(row, sesoi=study["sesoi"], has_log_scale=study["scale"] != "smd")


def read_synthesis(key: PoolKey, version: int | None = None) -> Synthesis | None:
    """Return the newest synthesis of a pool, or one version."""
    rows = Synthesis.objects.filter(**key.fields()).order_by("-version")
    return rows.filter(version=version).first() if version else rows.first()


def read_pool_key(finding_id: int) -> PoolKey | None:
    """Return the pool in which a released finding stands."""
    row = Finding.public.filter(pk=finding_id, state=FindingState.RELEASED.value).first()
    return PoolKey.of(row) if row else None


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One pool in the list; ``finding_id`` is its oldest finding and makes its address."""

    key: PoolKey
    solution: str
    indicator: str
    municipalities: int
    finding_id: int
    newest_us: int


def list_pool_lines() -> list[PoolLine]:
    """Return all pools, the newest first; null and negative results by the same rule (EVI-40)."""
    groups = (
        Finding.public.filter(state=FindingState.RELEASED.value)
        .values("solution_root", "indicator_key", "scale", "is_demo")
        .annotate(
            solution_name=Min("solution"),
            indicator_name=Min("indicator"),
            towns=Count("municipality_key", distinct=True),
            first=Min("pk"),
            newest=Max("released_us"),
        )
        .order_by("-newest", "first")
    )
    return [_pool_line(group) for group in groups]


def _pool_line(group: Mapping[str, Any]) -> PoolLine:
    key = PoolKey(group["solution_root"], group["indicator_key"], group["scale"], group["is_demo"])
    return PoolLine(
        key,
        group["solution_name"],
        group["indicator_name"],
        group["towns"],
        group["first"],
        group["newest"],
    )


def list_register(*, only_overdue: bool = False) -> "QuerySet[RegisteredPlan]":
    """Return the public register of plans, newest first; or those whose result is overdue."""
    rows = RegisteredPlan.public.order_by("-frozen_us", "-pk")
    if only_overdue:
        rows = rows.filter(state=PlanState.PLANNED.value, due_on__lt=today_in_register())
    return rows


def list_overdue() -> "QuerySet[RegisteredPlan]":
    """Return plans whose result should have been filed."""
    return list_register(only_overdue=True)


def read_own_finding(reference: str) -> Finding | None:
    """Return the finding of an evaluation of the municipality in scope."""
    return Finding.objects.filter(reference=reference).first()


def rows_of(findings: Iterable[Finding]) -> list[Row]:
    """Return what can be pooled."""
    return [row for row in map(_row, findings) if row is not None]


def _row(found: Finding) -> Row | None:
    if found.theta is None or found.se is None or found.low is None or found.high is None:
        return None
    return Row(
        municipality=found.municipality_key,
        theta=found.theta,
        se=found.se,
        low=found.low,
        high=found.high,
        level=found.design_level,
        passed=found.passed,
        has_plan=found.has_plan,
        is_proxy=found.is_proxy,
        population=found.population,
        evaluator=found.evaluator,
    )


def covers_size(findings: Iterable[Finding], population: int) -> bool:
    """Say whether a municipality of this size class reported."""
    return size_class(population) in {size_class(row.population) for row in findings}


def is_outside_experience(findings: Iterable[Finding], population: int) -> bool:
    """Say whether a forecast by size would reach further out than every municipality (EVI-164).

    Only asked from ten municipalities with known population; below that no trait is modelled.
    """
    known = [row for row in findings if row.population and row.theta is not None and row.se]
    if len(known) < EFFECTS.synthesis.egger_k_min:
        return False
    traits = np.log([float(row.population or 1) for row in known])
    x = np.column_stack((np.ones(len(known)), traits))
    y = [row.theta or 0.0 for row in known]
    v = [(row.se or 0.0) ** 2 for row in known]
    fit = fit_random_effects(y, v, x)
    return outside(fit, [1.0, math.log(population)])
