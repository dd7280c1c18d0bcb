"""Takes over the bundled collection: repeatable, nothing is ever deleted."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit, set_setting
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.queries import read_setting
from mehrwert.catalogue import bundled
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.actions.linking import propose_links
from mehrwert.catalogue.choices import EntryOrigin
from mehrwert.catalogue.models import Adoption, Solution, SolutionSource, SolutionVersion
from mehrwert.catalogue.queries.lists import LIST_PREFIX
from mehrwert.catalogue.queries.places import read_places
from mehrwert.catalogue.recording import project, version_of
from mehrwert.catalogue.rules import digest_of, slug_of, stable_uuid4

SETTING = "catalogue.imported"
REGISTER = "register.loaded"
REASON = "Übernahme der mitgelieferten Sammlung"
AUTHOR = "Sammlung"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a run did; ``gone`` entries left the collection and stay here, marked."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    claimed: int = 0
    gone: int = 0


def import_bundled(*, is_forced: bool = False) -> ImportReport:
    """Take over the bundled solutions and relations, unless exactly these are there already.

    Entries that a municipality has taken over keep what it says. A second run changes nothing.

    Args:
        is_forced: Compare every entry even if collection and register are those of the last run.
    """
    state = {
        "collection": bundled.checksum(),
        "register": (read_setting(REGISTER) or {}).get("checksum", ""),
    }
    known = read_setting(SETTING) or {}
    if not is_forced and {key: known.get(key) for key in state} == state:
        return ImportReport(unchanged=int(known.get("entries", 0)))
    with transaction.atomic():
        report, touched = _take_over()
        set_setting(SETTING, {**state, "entries": len(touched)}, actor=SYSTEM)
        if report.added or report.changed or report.gone:
            record_audit(actor=SYSTEM, verb="import", kind="catalogue", after=asdict(report))
        propose_links()
        index_solutions(None)
    return report


def _take_over() -> tuple[ImportReport, list[int]]:
    places = read_places(bundled.read_places())

    def name_of(level: str, key: str, written: str) -> str:
        place = places.get((level, key))
        return place.name if place else written

    entries = list(bundled.read_solutions(name_of))
    imported = Solution.objects.exclude(import_id=None)
    for prefix in (LIST_PREFIX, bundled.PACKAGED):
        imported = imported.exclude(import_id__startswith=prefix)
    known = {row.import_id: row for row in imported}
    today = from_us(now_us()).date()
    writer = Writer(known, today)
    for entry in entries:
        writer.take(entry)
    gone = [row for key, row in known.items() if key not in {entry.import_id for entry in entries}]
    for row in gone:
        row.is_gone = True
    Solution.objects.bulk_update([row for row in gone if row.pk], ["is_gone"])
    writer.flush()
    _write_records(entries, writer.rows, name_of)
    counts = {**writer.counts, "gone": len(gone)}
    return ImportReport(**counts), [row.pk for row in writer.rows.values()]


class Writer:
    """Collects new and changed rows and writes them together."""

    def __init__(self, known: dict[Any, Solution], today: date) -> None:
        self._known, self._today, self._at = known, today, now_us()
        self._new: list[Solution] = []
        self._changed: list[Solution] = []
        self.rows: dict[str, Solution] = {}
        self.counts = {"added": 0, "changed": 0, "unchanged": 0, "claimed": 0}

    def take(self, entry: bundled.BundledSolution) -> None:
        """Compare one entry with its row."""
        row = self._known.get(entry.import_id)
        if row is None:
            row = self._begin(entry)
            self._new.append(row)
            self._note("added")
        elif _is_claimed(row):
            self._note("claimed")
        elif _digest(row.profile, row.provenance) == _digest(entry.profile, entry.provenance):
            self._note("unchanged")
        else:
            row.version += 1
            self._changed.append(row)
            self._note("changed")
        if not _is_claimed(row):
            row.profile, row.provenance, row.is_gone = entry.profile, entry.provenance, False
            project(row, self._today)
        self.rows[entry.import_id] = row

    def flush(self) -> None:
        """Write rows and versions."""
        Solution.objects.bulk_create(self._new)
        for row in self._changed:
            row.changed_us = self._at
            row.save()
        written = [*self._new, *self._changed]
        versions = [version_of(row, reason=REASON, author_role=AUTHOR) for row in written]
        SolutionVersion.objects.bulk_create(versions)

    def _begin(self, entry: bundled.BundledSolution) -> Solution:
        return Solution(
            uuid=stable_uuid4(f"mehrwert:solutions.json:{entry.import_id}"),
            slug=slug_of(entry.import_id),
            import_id=entry.import_id,
            entry_origin=EntryOrigin.IMPORTED,
            is_public=True,
            created_us=self._at,
            changed_us=self._at,
        )

    def _note(self, kind: str) -> None:
        self.counts[kind] += 1


def _is_claimed(row: Solution) -> bool:
    """Say whether a municipality has taken an entry over: then it says what stands there."""
    return row.entry_origin != EntryOrigin.IMPORTED or row.owner_tenant_id is not None


def _digest(profile: dict[str, Any], provenance: dict[str, Any]) -> str:
    return digest_of(profile, provenance)


def _write_records(
    entries: list[bundled.BundledSolution], rows: dict[str, Solution], name_of: bundled.NameOf
) -> None:
    """Replace sources and imported places; what municipalities declared or denied stays."""
    at = now_us()
    keys = [row.pk for row in rows.values()]
    denied = set(
        Adoption.objects.filter(solution_id__in=keys, is_denied=True).values_list(
            "solution_id", "place_level", "place_key", "source_name", "relation"
        )
    )
    SolutionSource.objects.filter(solution_id__in=keys).delete()
    Adoption.objects.filter(solution_id__in=keys, source__startswith="import:").delete()
    sources, adoptions = [], []
    for entry in entries:
        solution = rows[entry.import_id]
        for position, (url, title) in enumerate(entry.sources):
            sources.append(
                SolutionSource(solution=solution, position=position, url=url, title=title)
            )
        for told in entry.adoptions:
            name = name_of(told.place_level, told.place_key, told.source_name)
            mark = (
                solution.pk,
                told.place_level,
                told.place_key,
                told.source_name,
                told.relation,
            )
            adoptions.append(
                Adoption(
                    solution=solution,
                    place_name=name,
                    is_denied=mark in denied,
                    changed_us=at,
                    **asdict(told),
                )
            )
    SolutionSource.objects.bulk_create(sources)
    Adoption.objects.bulk_create(adoptions)
