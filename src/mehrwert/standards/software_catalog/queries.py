"""Reads software, publishers and catalogues as the interface shows them.

The text of a publiccode.yml comes from whoever the wiring names in ``SOFTWARE_METADATA``:
standards do not know each other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError

from mehrwert.base.clock import from_us, to_us
from mehrwert.base.wiring import resolve, table
from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation, Status
from mehrwert.catalogue.models import Adoption, Solution

from .choices import Kind
from .models import Webhook, WebhookDelivery
from .rules import Asked, Key, Page, linked, stable_id

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


def list_software(url: str = "", *, ids: Sequence[int] | None = None) -> list[Software]:
    """Return software with a valid file; ``url`` limits to one repository, ``ids`` to solutions."""
    name = table("SOFTWARE_METADATA", "")
    if not name:
        return []
    read: Callable[..., Iterable[Metadata]] = resolve(name)
    found = map(_software, read(ids))
    return [s for s in found if s is not None and (not url or s.url == url)]


def page_software(asked: Asked, url: str = "") -> Page[Software]:
    """Return one page of software; the database sorts, only what is shown is made."""
    name, part_name = table("SOFTWARE_PAGES", ("", ""))
    if not name:
        return Page((), None, None)
    iterate: Callable[[Any], Iterable[Metadata]] = resolve(name)
    part_of = resolve(part_name)
    bounds = {"since_us": _us(asked.since), "until_us": _us(asked.until), "url": url}

    def going(start: Key | None, *, is_backward: bool) -> Iterator[Software]:
        place = None if start is None else (_us(start[0]), start[1])
        for metadata in iterate(part_of(start=place, is_backward=is_backward, **bounds)):
            software = _software(metadata)
            if software is not None:
                yield software

    if asked.before is not None and asked.after is None:
        shown = list(islice(going(asked.before, is_backward=True), asked.size))[::-1]
    else:
        shown = list(islice(going(asked.after, is_backward=False), asked.size))
    if not shown:
        return Page((), None, None)
    first, last = ((s.created_at, s.id) for s in (shown[0], shown[-1]))
    earlier = next(going(first, is_backward=True), None)
    later = next(going(last, is_backward=False), None)
    return linked(shown, asked, has_earlier=earlier is not None, has_later=later is not None)


def _us(value: datetime | None) -> int | None:
    return None if value is None else to_us(value)


def _software(m: Metadata) -> Software | None:
    """Return metadata as software, None for what is longer than the interface allows."""
    if not m.url or len(m.url) > LONGEST_URL or len(m.text) > LONGEST_FILE:
        return None
    times = from_us(m.created_us), from_us(m.changed_us)
    return Software(str(m.solution.uuid), m.url, m.text, m.solution, *times)


def read_software(identity: str) -> Software | None:
    """Return one software by its id."""
    try:
        ids = list(Solution.objects.filter(uuid=identity).values_list("pk", flat=True))
    except ValidationError:
        return None
    return next(iter(list_software(ids=ids)), None) if ids else None


def publisher_id_of(software: Software) -> str:
    """Return the id of the publisher of a software, empty without one."""
    origin = software.solution.profile.get("origin") or {}
    name = str(origin.get("name") or "")
    return stable_id("publisher", str(origin.get("key") or "") or name) if name else ""


def list_webhooks(tenant_id: int, kind: Kind, subject_id: str) -> list[Webhook]:
    """Return the webhooks of a municipality for one subject, or those for all of a kind."""
    rows = Webhook.objects.filter(tenant_id=tenant_id, kind=kind)
    return list(rows.filter(subject_id=subject_id) if subject_id else rows)


def read_webhook(tenant_id: int, key: UUID) -> Webhook | None:
    """Return a webhook of a municipality."""
    return Webhook.objects.filter(tenant_id=tenant_id, pk=key).first()


def list_deliveries(hook: Webhook) -> list[WebhookDelivery]:
    """Return the newest deliveries of a webhook, newest first."""
    return list(hook.deliveries.order_by("-pk")[:100])


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
