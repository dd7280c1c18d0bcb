"""Reads software, publishers and catalogues as the interface shows them.

The text of a publiccode.yml comes from whoever the wiring names in ``SOFTWARE_METADATA``:
standards do not know each other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet

from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.base.wiring import resolve, table
from mehrwert.catalogue.choices import Status
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.catalogue.queries import cost_range, counts_in_range, uses_of

from .choices import Kind
from .models import SoftwareRecord, Webhook, WebhookDelivery
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
    record: SoftwareRecord | None = None

    @property
    def is_active(self) -> bool:
        """Say whether its owner has not taken it out of the usual lists."""
        return self.record is None or self.record.is_active


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
    return _with_records([s for s in found if s is not None and (not url or s.url == url)])


def page_software(asked: Asked, url: str = "", *, also_inactive: bool = False) -> Page[Software]:
    """Return one page of software; the database sorts, only what is shown is made."""
    name, part_name = table("SOFTWARE_PAGES", ("", ""))
    if not name:
        return Page((), None, None)
    iterate: Callable[[Any], Iterable[Metadata]] = resolve(name)
    part_of = resolve(part_name)
    hidden = (
        set()
        if also_inactive
        else set(_records().filter(is_active=False).values_list("solution_id", flat=True))
    )
    bounds = {"since_us": _us(asked.since), "until_us": _us(asked.until), "url": url}

    def going(start: Key | None, *, is_backward: bool) -> Iterator[Software]:
        place = None if start is None else (_us(start[0]), start[1])
        for metadata in iterate(part_of(start=place, is_backward=is_backward, **bounds)):
            software = _software(metadata)
            if software is not None and software.solution.pk not in hidden:
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
    told = _with_records(shown)
    return linked(told, asked, has_earlier=earlier is not None, has_later=later is not None)


def _us(value: datetime | None) -> int | None:
    return None if value is None else to_us(value)


def _software(m: Metadata) -> Software | None:
    """Return metadata as software, None for what is longer than the interface allows."""
    if not m.url or len(m.url) > LONGEST_URL or len(m.text) > LONGEST_FILE:
        return None
    times = from_us(m.created_us), from_us(m.changed_us)
    return Software(str(m.solution.uuid), m.url, m.text, m.solution, *times)


def _records() -> QuerySet[SoftwareRecord]:
    """Return what owners said of their software; what an earlier owner said no longer counts."""
    return SoftwareRecord.objects.filter(tenant_id=F("solution__owner_tenant_id"))


def _with_records(found: Sequence[Software]) -> list[Software]:
    """Return software with what its owners said; one query."""
    rows = _records().filter(solution__in=[one.solution.pk for one in found])
    records = {row.solution_id: row for row in rows}
    return [
        replace(one, record=row, updated_at=max(one.updated_at, from_us(row.changed_us)))
        if (row := records.get(one.solution.pk))
        else one
        for one in found
    ]


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


@dataclass(frozen=True)
class Origin:
    """Where software comes from, as far as the database knows without reading a file."""

    key: str
    name: str
    solutions: tuple[int, ...]
    created_at: datetime

    @property
    def id(self) -> str:
        """Return the id of the publisher."""
        return stable_id("publisher", self.key or self.name)


def page_publishers(asked: Asked) -> Page[Publisher]:
    """Return one page of publishers; only the files of those shown are read.

    The database groups software by where it comes from and says since when; who has no valid file
    is passed over, so that a page is full and the next one begins where it ends.
    """
    origins = sorted(_origins(), key=lambda o: (o.created_at, o.id))
    found = [o for o in origins if _within(o, asked)]
    if asked.before is not None and asked.after is None:
        before = asked.before
        earlier = [o for o in found if (o.created_at, o.id) < before]
        shown = list(islice(_publishers(reversed(earlier)), asked.size))[::-1]
    else:
        later = [o for o in found if asked.after is None or (o.created_at, o.id) > asked.after]
        shown = list(islice(_publishers(later), asked.size))
    if not shown:
        return Page((), None, None)
    first, last = ((p.created_at, p.id) for p in (shown[0], shown[-1]))
    ahead = _publishers(o for o in reversed(found) if (o.created_at, o.id) < first)
    behind = _publishers(o for o in found if (o.created_at, o.id) > last)
    has_earlier, has_later = next(ahead, None) is not None, next(behind, None) is not None
    return linked(shown, asked, has_earlier=has_earlier, has_later=has_later)


def _within(origin: Origin, asked: Asked) -> bool:
    is_late = asked.since is None or origin.created_at >= asked.since
    return is_late and (asked.until is None or origin.created_at <= asked.until)


def _origins() -> list[Origin]:
    """Return where software comes from, with its solutions; reads no profile and no file."""
    name = table("SOFTWARE_ORIGINS", "")
    groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for pk, key, place, began_us in resolve(name)() if name else ():
        if place:
            groups.setdefault((key or "", place), []).append((began_us, pk))
    return [
        Origin(key, place, tuple(pk for _, pk in rows), from_us(min(rows)[0]))
        for (key, place), rows in groups.items()
    ]


def _publishers(origins: Iterable[Origin]) -> Iterator[Publisher]:
    """Yield the publishers that have software with a valid file."""
    for origin in origins:
        software = [one for one in list_software(ids=origin.solutions) if one.is_active]
        if software:
            yield Publisher(
                origin.id,
                origin.key,
                origin.name[:LONGEST_URL],
                tuple(dict.fromkeys(one.url for one in software)),
                origin.created_at,
                max(one.updated_at for one in software),
            )


def read_publisher(identity: str) -> Publisher | None:
    """Return one publisher by its id or its official key; never a person or a mail address."""
    origins = (o for o in _origins() if identity and identity in {o.id, o.key})
    return next(_publishers(origins), None)


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
    users = list(Adoption.objects.filter(solution=solution, place_level="gemeinde"))
    uses = uses_of([one for one in users if not one.is_denied], from_us(now_us()).date())
    declared, documented = (part.get("gemeinde") for part in (uses.declared, uses.documented))
    known: dict[str, Any] = {
        "v": 1,
        "profile_url": page,
        "evidence_class": solution.evidence_class,
        "evidence_reasons_url": page if solution.evidence_class is not None else None,
        "declared_live": declared,
        "documented_reuse": documented,
        "ended": True if solution.status == Status.ENDED else None,
        "cost_per_inhabitant": _costs(solution),
        "freshness": solution.freshness,
        "origin": solution.entry_origin,
    }
    record = _records().filter(solution=solution).first()
    foreign = record.analysis if record else {}
    told = {name: value for name, value in known.items() if value is not None}
    return {**foreign, "mehrwert": told}


def _costs(solution: Solution) -> dict[str, Any] | None:
    """Return lowest, median and highest cost by size class, None where no class has a span.

    The span of the pages: from three records on, none of vendors, press or estimates.
    """
    by_class: dict[str, list[CostRecord]] = {}
    for row in solution.costs.all():
        if counts_in_range(row):
            by_class.setdefault(row.size_class, []).append(row)
    spans = {name: cost_range(rows) for name, rows in by_class.items()}
    found = {
        name: {"low": span.low, "median": span.median, "high": span.high, "n": span.n}
        for name, span in spans.items()
        if span is not None
    }
    return found or None
