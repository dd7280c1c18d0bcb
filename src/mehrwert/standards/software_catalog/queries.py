"""Reads software, publishers and catalogues as the interface shows them.

The text of a publiccode.yml comes from whoever the wiring names in ``SOFTWARE_METADATA``:
standards do not know each other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from mehrwert.base.clock import from_us
from mehrwert.base.wiring import resolve, table
from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation, Status
from mehrwert.catalogue.models import Adoption, Solution

from .rules import stable_id

LONGEST_FILE = 99_999
LONGEST_URL = 255
NAMESPACE = "urn:x-de-ags:"
OWN = "mehrwert"


class Metadata(Protocol):
    """What the wiring hands over for one solution: a valid file without persons."""

    solution: Solution
    text: str
    url: str
    created_us: int
    changed_us: int


@dataclass(frozen=True)
class Software:
    """One software with its file and what this catalogue knows of it."""

    id: str
    url: str
    publiccode: str
    solution: Solution
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Publisher:
    """A municipality that a software comes from, with the places of its code."""

    id: str
    key: str
    name: str
    code: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Catalogue:
    """A catalogue: this installation."""

    id: str
    name: str
    address: str
    created_at: datetime
    updated_at: datetime


def list_software(url: str = "") -> list[Software]:
    """Return all software with a valid file; ``url`` limits to one repository."""
    read: Callable[[], Iterable[Metadata]] = resolve(table("SOFTWARE_METADATA"))
    return [
        Software(
            str(m.solution.uuid),
            m.url,
            m.text,
            m.solution,
            from_us(m.created_us),
            from_us(m.changed_us),
        )
        for m in read()
        if m.url and len(m.url) <= LONGEST_URL and len(m.text) <= LONGEST_FILE
        if not url or m.url == url
    ]


def read_software(identity: str) -> Software | None:
    """Return one software by its id."""
    return next((s for s in list_software() if s.id == identity), None)


def list_publishers() -> list[Publisher]:
    """Return the municipalities that software comes from; never a person or a mail address."""
    by_key: dict[tuple[str, str], list[Software]] = {}
    for software in list_software():
        origin = software.solution.profile.get("origin") or {}
        name = str(origin.get("name") or "")
        if name:
            by_key.setdefault((str(origin.get("key") or ""), name), []).append(software)
    return [
        Publisher(
            stable_id("publisher", key or name),
            key,
            name[:LONGEST_URL],
            tuple(dict.fromkeys(s.url for s in group)),
            min(s.created_at for s in group),
            max(s.updated_at for s in group),
        )
        for (key, name), group in by_key.items()
    ]


def read_publisher(identity: str) -> Publisher | None:
    """Return one publisher by its id or its official key."""
    return next((p for p in list_publishers() if identity in {p.id, p.key}), None)


def list_catalogues(address: str, name: str) -> list[Catalogue]:
    """Return the catalogues: the own one, which begins with its first solution."""
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False)
    first = rows.order_by("created_us").values_list("created_us", flat=True).first()
    last = rows.order_by("-changed_us").values_list("changed_us", flat=True).first()
    times = from_us(first or 0), from_us(last or 0)
    return [Catalogue(stable_id("catalogue", address), name, address, *times)]


def analysis_of(solution: Solution, page: str) -> dict[str, Any]:
    """Return what this catalogue knows of a solution; what is unknown is absent, not 0.

    Args:
        solution: The solution.
        page: Address of its page.
    """
    users = Adoption.objects.filter(
        solution=solution, relation=Relation.REUSE, is_denied=False, place_level="gemeinde"
    )
    declared = users.filter(basis=Basis.DECLARED, status=AdoptionStatus.LIVE).count()
    documented = users.filter(basis=Basis.DOCUMENTED).count()
    known: dict[str, Any] = {
        "v": 1,
        "profile_url": page,
        "evidence_class": solution.evidence_class,
        "evidence_reasons_url": page if solution.evidence_class is not None else None,
        "declared_live": declared or None,
        "documented_reuse": documented or None,
        "ended": True if solution.status == Status.ENDED else None,
        "cost_per_inhabitant": _costs(solution),
        "freshness": solution.freshness,
        "origin": solution.entry_origin,
    }
    return {"mehrwert": {name: value for name, value in known.items() if value is not None}}


def _costs(solution: Solution) -> dict[str, Any] | None:
    """Return lowest, median and highest cost by size class, None without costs."""
    by_class: dict[str, list[float]] = {}
    for row in solution.costs.filter(is_lower_bound=False):
        by_class.setdefault(row.size_class, []).append(float(row.per_inhabitant_year))
    found = {
        name: {
            "low": min(values),
            "median": _median(sorted(values)),
            "high": max(values),
            "n": len(values),
        }
        for name, values in by_class.items()
    }
    return found or None


def _median(values: list[float]) -> float:
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
