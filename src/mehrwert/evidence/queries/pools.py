"""What is pooled, live: findings of a pool, their synthesis, its stored versions, the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from mehrwert.evidence.choices import FindingState
from mehrwert.evidence.models import Finding, Synthesis
from mehrwert.evidence.rules import Pool, PoolRegister, Row, pool
from mehrwert.evidence.rules.forecasting import Forecast, forecast

from .keys import PoolKey
from .register import pool_register, registers_of
from .studies import covers_size, rows_of

# pools whose result is kept, by what goes into it: a few kilobytes each
KEPT_POOLS = 128
SEEN = (FindingState.RELEASED.value, FindingState.WITHDRAWN.value)


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
    registers = registers_of(roots)
    nothing = PoolRegister()
    return {
        key: (findings[key], _pooled(key, findings[key], registers.get(key, nothing)))
        for key in keys
    }


def _pooled(key: PoolKey, found: list[Finding], register: PoolRegister) -> Pool | None:
    if not found:
        return None
    sesoi = max(row.sesoi for row in found)
    return _pool_again(tuple(rows_of(found)), sesoi, register, key.scale != "smd")


@lru_cache(maxsize=KEPT_POOLS)
def _pool_again(
    rows: tuple[Row, ...], sesoi: float, register: PoolRegister, has_log_scale: bool
) -> Pool | None:
    """Pool rows; the same rows give the same result, and a page asks for them with each visit."""
    return pool(rows, sesoi=sesoi, register=register, has_log_scale=has_log_scale)


def read_synthesis(key: PoolKey, version: int | None = None) -> Synthesis | None:
    """Return the newest synthesis of a pool, or one version."""
    rows = Synthesis.objects.filter(**key.fields()).order_by("-version")
    return rows.filter(version=version).first() if version else rows.first()


def list_syntheses(key: PoolKey) -> "QuerySet[Synthesis]":
    """Return every stored version of a pool, the newest first."""
    return Synthesis.objects.filter(**key.fields()).order_by("-version")


def list_pools_of(solution_root: str, *, is_demo: bool) -> list[PoolKey]:
    """Return the pools of a family of solutions, in the order of their keys."""
    rows = Finding.public.filter(
        state=FindingState.RELEASED.value, solution_root=solution_root, is_demo=is_demo
    )
    pairs = rows.values_list("indicator_key", "scale").distinct()
    return [PoolKey(solution_root, key, scale, is_demo) for key, scale in sorted(pairs)]


def list_withdrawn(key: PoolKey) -> "QuerySet[Finding]":
    """Return findings that were public once and were taken back, the newest first."""
    rows = Finding.public.filter(state=FindingState.WITHDRAWN.value, **key.fields())
    return rows.order_by("-withdrawn_us", "pk")


def read_pool_key(finding_id: int) -> PoolKey | None:
    """Return the pool in which a finding stands that is public, or was until it was withdrawn."""
    row = Finding.public.filter(pk=finding_id, state__in=SEEN).first()
    return PoolKey.of(row) if row else None


@dataclass(frozen=True, slots=True)
class Experience:
    """What is known together, seen from one municipality.

    Attributes:
        pool: The synthesis.
        tenants: Municipalities of this installation whose findings are in it.
        forecast: What to expect here, None outside of all experience (EVI-164).
        evidence_class: Of the pool for a municipality of this size: one less where nobody of that
            size reported (reason D).
    """

    pool: Pool
    tenants: frozenset[int]
    forecast: Forecast | None
    evidence_class: int


def read_experience(key: PoolKey, population: int | None) -> Experience | None:
    """Return what a pool says to a municipality of this size; None when it says nothing."""
    findings = list(list_findings(key))
    found = _pooled(key, findings, pool_register(key))
    if found is None:
        return None
    rows, sesoi = rows_of(findings), max(row.sesoi for row in findings)
    seen = found
    if population and not covers_size(findings, population):
        strange = [replace(row, is_proxy=True) for row in rows]
        has_log = key.scale != "smd"
        again = pool(strange, sesoi=sesoi, register=found.register, has_log_scale=has_log)
        seen = again or found
    return Experience(
        pool=found,
        tenants=frozenset(row.tenant_id for row in findings if row.theta is not None),
        forecast=forecast(rows, population, sesoi=sesoi),
        evidence_class=seen.evidence_class.value,
    )


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


def read_own_finding(reference: str) -> Finding | None:
    """Return the finding of an evaluation of the municipality in scope."""
    return Finding.objects.filter(reference=reference).first()
