"""The work list of the catalogue: what is old, orphaned, contradictory, not to be verified."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import EXIT_PARTS, Care, EntryOrigin, Freshness, Status
from mehrwert.catalogue.models import MissedSearch, Solution, SolutionLink, SolutionSource
from mehrwert.catalogue.queries.missed import LEAST_TIMES
from mehrwert.catalogue.queries.orphans import orphaned
from mehrwert.catalogue.rules.care import Due, list_due
from mehrwert.catalogue.rules.naming import unanswered
from mehrwert.catalogue.rules.texts import is_hard_to_read
from mehrwert.municipalities.models import Tenant

Rows = QuerySet[Solution]


@dataclass(frozen=True, slots=True)
class DueEntry:
    """A public entry of a municipality with values that run out."""

    solution: Solution
    dues: list[Due]


def list_care(kind: Care) -> Any:
    """Return the rows of one part of the work list, to be cut into pages."""
    if kind == Care.MISSED:
        return MissedSearch.objects.filter(times__gte=LEAST_TIMES).order_by("-times", "text")
    if kind == Care.LINKS:
        links = SolutionLink.objects.select_related("solution", "target")
        return links.filter(is_confirmed=False, is_refused=False).order_by("pk")
    return _ENTRIES[kind](_public()).order_by("sort_name", "pk")


def count_care() -> dict[Care, int]:
    """Return how much is to do of each kind."""
    return {kind: list_care(kind).count() for kind in Care}


def list_due_entries(tenant: Tenant, today: date | None = None) -> list[DueEntry]:
    """Return the public entries of a municipality with values that run out, by name (CAT-206)."""
    day = today or from_us(now_us()).date()
    rows = Solution.objects.filter(owner_tenant_id=tenant.pk, is_public=True, is_withdrawn=False)
    found = [
        DueEntry(row, list_due(row.profile, row.provenance, day))
        for row in rows.order_by("sort_name", "pk")
    ]
    return [entry for entry in found if entry.dues]


def list_proposed_links(tenant: Tenant) -> list[SolutionLink]:
    """Return proposed relations of the entries of a municipality (CAT-210)."""
    links = SolutionLink.objects.select_related("solution", "target")
    mine = Q(solution__owner_tenant_id=tenant.pk) | Q(target__owner_tenant_id=tenant.pk)
    return list(links.filter(mine, is_confirmed=False, is_refused=False).order_by("pk"))


def _public() -> Rows:
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False)
    return rows.exclude(entry_origin=EntryOrigin.DEMO)


def _stale(rows: Rows) -> Rows:
    return rows.filter(freshness__in=[Freshness.STALE, Freshness.EXPIRED, Freshness.UNDATED])


def _contradictory(rows: Rows) -> Rows:
    return rows.filter(profile__has_key="ended").exclude(status__in=[Status.ENDED, ""])


def _unverifiable(rows: Rows) -> Rows:
    sources = SolutionSource.objects.filter(solution=OuterRef("pk")).exclude(url="")
    imported = rows.filter(entry_origin=EntryOrigin.IMPORTED)
    return imported.filter(~Exists(sources))


def _ended(rows: Rows) -> Rows:
    return rows.filter(status=Status.ENDED).exclude(profile__ended__has_key="reasons")


def _exit_open(rows: Rows) -> Rows:
    """Return ended entries that leave a duty of the exit open (CAT-407)."""
    return rows.filter(status=Status.ENDED).exclude(profile__ended__has_keys=list(EXIT_PARTS))


def _unclear_licence(rows: Rows) -> Rows:
    return rows.filter(profile__code__has_key="licence_note")


def _hard_to_read(rows: Rows) -> Rows:
    texts = rows.filter(profile__has_key="plain_summary").values_list(
        "pk", "profile__plain_summary"
    )
    long = [pk for pk, text in texts if is_hard_to_read(str(text))]
    return rows.filter(pk__in=long)


def _unanswered(rows: Rows) -> Rows:
    ended = rows.filter(profile__has_key="ended").values_list("pk", "profile")
    return rows.filter(pk__in=[pk for pk, profile in ended if unanswered(profile)])


_ENTRIES: dict[Care, Callable[[Rows], Rows]] = {
    Care.ORPHANED: orphaned,
    Care.STALE: _stale,
    Care.CONTRADICTORY: _contradictory,
    Care.UNVERIFIABLE: _unverifiable,
    Care.ENDED: _ended,
    Care.EXIT: _exit_open,
    Care.LICENCE: _unclear_licence,
    Care.HARD_TO_READ: _hard_to_read,
    Care.UNANSWERED: _unanswered,
}
