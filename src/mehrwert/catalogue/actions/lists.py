"""A municipality hands in a list of measures: look at it, map it, take it over, take it back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.actions.writing import free_slug
from mehrwert.catalogue.choices import EntryOrigin, ListState
from mehrwert.catalogue.errors import ListStateError, NoNameColumnError
from mehrwert.catalogue.list_files import read_list
from mehrwert.catalogue.models import (
    Adoption,
    CostRecord,
    ListImport,
    ListImportRow,
    Solution,
    SolutionSource,
)
from mehrwert.catalogue.queries import home_of_tenant
from mehrwert.catalogue.queries.lists import Planned, list_entries_of, plan_list
from mehrwert.catalogue.recording import project, version_of
from mehrwert.catalogue.rules.measures import TARGETS, propose_targets, word_key
from mehrwert.municipalities.models import Tenant

REASON = "Übernahme einer Liste"


def open_list(tenant: Tenant, name: str, data: bytes, *, actor: Actor) -> ListImport:
    """Read a file and keep its texts; nothing of it is in the catalogue yet.

    Raises:
        TableError, EmptyListError, ListTooLongError: It is no list.
    """
    tables: dict[str, dict[str, Any]] = {
        sheet: {"names": table.names, "rows": table.rows, "first_row": table.first_row}
        for sheet, table in read_list(data).items()
    }
    sheet = max(tables, key=lambda key: len(tables[key]["rows"]))
    return ListImport.objects.create(
        tenant_id=tenant.pk,
        state=ListState.OPEN,
        file_name=name[:200],
        tables=tables,
        plan=_first_plan(tables, sheet),
        actor_label=actor.label[:200],
        created_us=now_us(),
    )


def choose_sheet(row: ListImport, sheet: str) -> None:
    """Go on with another sheet; its columns are guessed anew.

    Raises:
        ListStateError: The list is taken over already.
    """
    _still_open(row)
    if sheet in row.tables:
        row.plan = _first_plan(row.tables, sheet)
        row.save(update_fields=["plan"])


def map_list(row: ListImport, targets: Sequence[str], *, dated: date | None) -> None:
    """Say what the columns hold and of which day the list is.

    Raises:
        ListStateError: The list is taken over already.
        NoNameColumnError: Not exactly one column is the name, or a target is chosen twice.
    """
    _still_open(row)
    names = row.tables[row.plan["sheet"]]["names"]
    given = [target if target in TARGETS else "" for target in targets][: len(names)]
    given += [""] * (len(names) - len(given))
    counted = Counter(target for target in given if target)
    if counted["/name"] != 1 or max(counted.values()) > 1:
        raise NoNameColumnError
    row.plan = {**row.plan, "targets": given, "dated": dated.isoformat() if dated else ""}
    row.save(update_fields=["plan"])


def explain_words(row: ListImport, answers: Mapping[tuple[str, str], str]) -> None:
    """Say what words of the list mean: (pointer, word) → value, empty for "leave out".

    Raises:
        ListStateError: The list is taken over already.
    """
    _still_open(row)
    words: dict[str, dict[str, str]] = {k: dict(v) for k, v in row.plan.get("words", {}).items()}
    for (pointer, word), value in answers.items():
        words.setdefault(pointer, {})[word_key(word)] = value
    row.plan = {**row.plan, "words": words}
    row.save(update_fields=["plan"])


def store_list(row: ListImport, tenant: Tenant, *, is_public: bool, actor: Actor) -> ListImport:
    """Take a list over: new entries are added, known ones changed, what people wrote stays.

    Args:
        row: The list.
        tenant: Who hands it in; it owns the entries.
        is_public: Whether everybody may read new entries at once, with their label.
        actor: Who does it.

    Raises:
        ListStateError: The list is taken over already.
    """
    with transaction.atomic():
        row = ListImport.objects.select_for_update().get(pk=row.pk)
        _still_open(row)
        planned = plan_list(row)
        writer = _Writer(row, tenant, is_public=is_public)
        for plan in planned:
            writer.take(plan)
        counts = Counter(plan.kind for plan in planned)
        row.state, row.finished_us, row.tables = ListState.DONE, now_us(), {}
        row.report = {kind: counts[kind] for kind in ("new", "changed", "same", "bad")}
        row.save()
        index_solutions(writer.ids)
        _audit(row, "import", actor, row.report)
    return row


def undo_list(row: ListImport, tenant: Tenant, *, actor: Actor) -> int:
    """Take a list back; return how many entries stay because somebody changed or uses them.

    Raises:
        ListStateError: The list is not taken over.
    """
    with transaction.atomic():
        row = ListImport.objects.select_for_update().get(pk=row.pk)
        if row.state != ListState.DONE:
            raise ListStateError
        touched, kept = [], 0
        for entry in list_entries_of(row):
            solution = entry.solution
            if solution is None:
                continue
            if solution.profile != entry.written or (entry.is_new and _is_used(solution)):
                kept += 1
                continue
            touched.append(solution.pk)
            _take_back(entry, solution, tenant)
        row.state, row.finished_us = ListState.UNDONE, now_us()
        row.report = {**row.report, "kept": kept}
        row.save()
        index_solutions(touched)
        _audit(row, "undo", actor, {"entries": len(touched), "kept": kept})
    return kept


def discard_list(row: ListImport) -> None:
    """Forget a list that was never taken over.

    Raises:
        ListStateError: It was.
    """
    _still_open(row)
    row.delete()


class _Writer:
    """Writes the entries of one list."""

    def __init__(self, row: ListImport, tenant: Tenant, *, is_public: bool) -> None:
        self._row, self._tenant, self._is_public = row, tenant, is_public
        self._today = from_us(now_us()).date()
        place = home_of_tenant(tenant)
        self._origin = {"level": place.level, "name": place.name}
        if place.key:
            self._origin["key"] = place.key
        self.ids: list[int] = []

    def take(self, plan: Planned) -> None:
        """Write what one row of the list does."""
        if plan.kind == "new":
            self._add(plan)
        elif plan.kind == "changed" and plan.solution is not None:
            self._change(plan, plan.solution)

    def _told(self) -> dict[str, Any]:
        name = self._row.file_name.replace("@", " ")
        source = f"import:{name}@{self._today.isoformat()}"
        told = {"source": source, "verified_by_role": "Liste der Kommune"}
        dated = self._row.plan.get("dated")
        return {**told, "verified_on": dated} if dated else told

    def _add(self, plan: Planned) -> None:
        profile = {"origin": self._origin, **plan.profile}
        solution = Solution(
            slug=free_slug(str(profile["name"])),
            import_id=plan.import_id,
            entry_origin=EntryOrigin.DEMO if self._tenant.is_demo else EntryOrigin.IMPORTED,
            owner_tenant_id=self._tenant.pk,
            is_public=self._is_public,
            profile=profile,
            provenance={"": self._told()},
            created_us=now_us(),
        )
        self._save(solution)
        self._note(plan, solution, None)

    def _change(self, plan: Planned, solution: Solution) -> None:
        before = {"profile": solution.profile, "provenance": solution.provenance}
        new = [f"/{key}" for key in plan.profile if plan.profile[key] != solution.profile.get(key)]
        told = self._told()
        solution.provenance = {**solution.provenance, **dict.fromkeys(new, told)}
        solution.profile = plan.profile
        solution.version += 1
        self._save(solution)
        self._note(plan, solution, before)

    def _save(self, solution: Solution) -> None:
        solution.changed_us = now_us()
        project(solution, self._today)
        solution.save()
        if solution.is_public:
            version_of(solution, reason=REASON, author_role=f"Liste {self._tenant.name}").save()
        write_sources(solution)

    def _note(self, plan: Planned, solution: Solution, before: dict[str, Any] | None) -> None:
        self.ids.append(solution.pk)
        ListImportRow.objects.create(
            list_import=self._row,
            solution=solution,
            position=plan.measure.row,
            name=solution.name,
            is_new=before is None,
            written=solution.profile,
            before=before,
        )


def write_sources(solution: Solution) -> None:
    """Store the sources that a profile names as rows of their own."""
    SolutionSource.objects.filter(solution=solution).delete()
    SolutionSource.objects.bulk_create(
        SolutionSource(
            solution=solution, position=i, url=s.get("url", ""), title=s.get("title", "")
        )
        for i, s in enumerate(solution.profile.get("sources") or [])
    )


def _take_back(entry: ListImportRow, solution: Solution, tenant: Tenant) -> None:
    if entry.is_new:
        solution.delete()
        return
    before = entry.before or {}
    solution.profile, solution.provenance = before["profile"], before["provenance"]
    solution.version += 1
    solution.changed_us = now_us()
    project(solution, from_us(now_us()).date())
    solution.save()
    write_sources(solution)
    if solution.is_public:
        role = f"Liste {tenant.name}"
        version_of(solution, reason="Liste zurückgenommen", author_role=role).save()


def _is_used(solution: Solution) -> bool:
    """Say whether others rely on an entry: it has users, costs or evidence."""
    return (
        solution.evidence_class is not None
        or Adoption.objects.filter(solution=solution).exists()
        or CostRecord.objects.filter(solution=solution).exists()
    )


def _first_plan(tables: Mapping[str, Any], sheet: str) -> dict[str, Any]:
    return {"sheet": sheet, "targets": propose_targets(tables[sheet]["names"]), "words": {}}


def _still_open(row: ListImport) -> None:
    if row.state != ListState.OPEN:
        raise ListStateError


def _audit(row: ListImport, verb: str, actor: Actor, after: Mapping[str, Any]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="catalogue",
        object_id=row.pk,
        label=row.file_name,
        after=after,
        tenant_id=row.tenant_id,
    )
