"""Under which keys findings stand: shared ones of packages, own ones until a curator maps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from mehrwert.evidence.choices import KeyKind
from mehrwert.evidence.models import Finding, KeyMapping, RegisteredPlan
from mehrwert.evidence.rules import OWN, alone, is_own


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


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key of a town's own."""

    tenant_id: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class OwnKeyLine:
    """An own key as the curator sees it.

    Attributes:
        name: What the town calls it.
        unit: Of an indicator, empty where nobody said.
        others: How many findings and plans stand under it.
        mapping: What a curator wrote, None before.
    """

    own: OwnKey
    municipality: str
    name: str
    unit: str
    others: int
    mapping: KeyMapping | None


def pool_keys(tenant_id: int, solution_root: str, indicator_key: str) -> tuple[str, str]:
    """Return the keys under which a finding of a municipality is pooled (decisions 35)."""
    return (
        _pooled(tenant_id, KeyKind.SOLUTION, solution_root),
        _pooled(tenant_id, KeyKind.INDICATOR, indicator_key),
    )


def _pooled(tenant_id: int, kind: KeyKind, key: str) -> str:
    if not is_own(key):
        return key
    rows = KeyMapping.objects.filter(tenant_id=tenant_id, kind=kind.value, own_key=key)
    mapped = rows.values_list("shared_key", flat=True).first()
    return mapped or alone(key, tenant_id)


def list_own_keys() -> list[OwnKeyLine]:
    """Return all own keys of registered plans and findings, unmapped ones first."""
    known = {OwnKey(row.tenant_id, row.kind, row.own_key): row for row in KeyMapping.objects.all()}
    found: dict[OwnKey, OwnKeyLine] = {}
    for own, municipality, name, unit in _uses():
        before = found.get(own)
        count = before.others + 1 if before else 1
        found[own] = OwnKeyLine(own, municipality, name, unit, count, known.get(own))
    return sorted(
        found.values(),
        key=lambda line: (line.mapping is not None, line.own.kind, line.own.key, line.municipality),
    )


def _uses() -> Iterator[tuple[OwnKey, str, str, str]]:
    for plan in RegisteredPlan.public.order_by("pk"):
        written: dict[str, Any] = plan.document
        named = {
            KeyKind.INDICATOR: (plan.own_key, str(written.get("indicator_name") or plan.title)),
            KeyKind.SOLUTION: (plan.own_root, plan.title.partition(":")[0]),
        }
        for kind, (key, name) in named.items():
            if is_own(key):
                unit = str(written.get("unit") or "") if kind is KeyKind.INDICATOR else ""
                own = OwnKey(plan.tenant_id, kind.value, key)
                yield own, plan.municipality, name, unit


def list_shared_keys(kind: str) -> list[str]:
    """Return the shared keys under which something stands, for the curator to choose from."""
    column = "indicator_key" if kind == KeyKind.INDICATOR else "solution_root"
    found: set[str] = set()
    for model in (Finding, RegisteredPlan):
        rows = model.public.exclude(**{f"{column}__startswith": OWN}).exclude(**{column: ""})
        found |= set(rows.values_list(column, flat=True).distinct())
    return sorted(found)


def list_mappings_of(key: PoolKey) -> list[KeyMapping]:
    """Return what curators mapped into a pool; the reasons are public."""
    rows = KeyMapping.objects.filter(shared_key__in=[key.indicator_key, key.solution_root])
    return list(rows.order_by("mapped_us"))
