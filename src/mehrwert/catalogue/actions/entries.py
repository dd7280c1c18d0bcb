"""Takes in whole entries that another installation gave away (CAT-752)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.choices import EntryOrigin, LinkKind
from mehrwert.catalogue.models import (
    Adoption,
    CostRecord,
    Solution,
    SolutionLink,
    SolutionSource,
    SolutionVersion,
)
from mehrwert.catalogue.profile import validate
from mehrwert.catalogue.profile.schema import VERSION
from mehrwert.catalogue.queries.entries import ADOPTION, COST, ENTRY, SOURCE
from mehrwert.catalogue.recording import project, version_of

DAYS = frozenset({"verified_on", "objection_on"})
AMOUNTS = frozenset(
    {"per_inhabitant_year", "per_inhabitant_once", "per_inhabitant_running", "hours_year"}
)
REASON = "Aus offenen Daten einer anderen Installation"


@dataclass(slots=True)
class Loaded:
    """What became of the entries: addresses of those left alone, with the reason."""

    new: int = 0
    replaced: int = 0
    left: dict[str, str] | None = None


def load_entries(entries: Iterable[Mapping[str, Any]], *, actor: Actor) -> Loaded:
    """Store entries; the same entry of before is replaced unless a municipality here owns it.

    Entries that break the format, or whose address another entry has, are left out and named.
    """
    done, ids, links = Loaded(left={}), [], []
    with transaction.atomic():
        for entry in entries:
            reason = _why_not(entry)
            if reason:
                done.left[str(entry.get("slug"))] = reason  # type: ignore[index]
                continue
            row, is_new = _store(entry)
            ids.append(row.pk)
            links += [(row, link) for link in entry.get("links") or ()]
            done.new += is_new
            done.replaced += not is_new
        _link(links)
        index_solutions(ids)
        report = {"added": done.new, "changed": done.replaced}
        record_audit(actor=actor, verb="import", kind="catalogue", label=REASON, after=report)
    return done


def _why_not(entry: Mapping[str, Any]) -> str:
    """Return why an entry is left out, empty for one that can be stored."""
    try:
        key, slug, origin = UUID(str(entry["id"])), str(entry["slug"]), entry["entry_origin"]
    except (KeyError, ValueError):
        return "Kennung oder Adresse fehlt."
    if origin not in set(EntryOrigin):
        return "Die Herkunft ist unbekannt."
    document = {"mehrwert_version": VERSION, **dict(entry.get("profile") or {})}
    findings = validate({**document, "provenance": dict(entry.get("provenance") or {})})
    if findings:
        return f"{findings[0].pointer} {findings[0].text()}"
    other = Solution.objects.filter(slug=slug).exclude(uuid=key).first()
    if other is not None:
        return "Die Adresse hat schon ein anderer Eintrag."
    own = Solution.objects.filter(uuid=key).exclude(owner_tenant_id=None).exists()
    return "Hier pflegt eine Kommune diesen Eintrag." if own else ""


def _store(entry: Mapping[str, Any]) -> tuple[Solution, bool]:
    key = UUID(str(entry["id"]))
    row = Solution.objects.filter(uuid=key).first()
    is_new = row is None
    row = row or Solution(uuid=key)
    for name in ENTRY:
        setattr(row, name, entry[name])
    row.profile, row.is_public, row.is_withdrawn = dict(entry["profile"]), True, False
    project(row, from_us(now_us()).date())
    row.save()
    if not SolutionVersion.objects.filter(solution=row, number=row.version).exists():
        version_of(row, reason=REASON, author_role="System").save()
    _replace(row, entry)
    return row, is_new


def _replace(row: Solution, entry: Mapping[str, Any]) -> None:
    """Store what hangs on an entry anew."""
    SolutionSource.objects.filter(solution=row).delete()
    Adoption.objects.filter(solution=row).delete()
    CostRecord.objects.filter(solution=row).delete()
    at = {"solution": row, "changed_us": row.changed_us}
    SolutionSource.objects.bulk_create(
        SolutionSource(solution=row, **told) for told in _told(entry, "sources", SOURCE)
    )
    Adoption.objects.bulk_create(
        Adoption(**at, **told) for told in _told(entry, "adoptions", ADOPTION)
    )
    CostRecord.objects.bulk_create(CostRecord(**at, **told) for told in _told(entry, "costs", COST))


def _told(entry: Mapping[str, Any], part: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = entry.get(part) or ()
    return [{name: _value(name, told[name]) for name in names if name in told} for told in rows]


def _value(name: str, told: Any) -> Any:
    if told is None:
        return None
    if name in DAYS:
        return told if isinstance(told, date) else date.fromisoformat(str(told))
    return Decimal(str(told)) if name in AMOUNTS else told


def _link(links: list[tuple[Solution, Mapping[str, Any]]]) -> None:
    """Store relations once every entry is there; those to entries that did not come are left."""
    targets = {row.slug: row for row in Solution.objects.filter(is_public=True).only("slug")}
    for row, told in links:
        target = targets.get(str(told.get("target")))
        if target is not None and told.get("kind") in set(LinkKind):
            values = {"is_confirmed": True, "reason": str(told.get("reason") or "")[:300]}
            SolutionLink.objects.update_or_create(
                solution=row, target=target, kind=told["kind"], defaults=values
            )
