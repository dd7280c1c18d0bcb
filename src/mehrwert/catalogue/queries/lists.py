"""Lists of measures: what they would do, before anything is stored."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mehrwert.base.rows import first_of
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import ListImport, ListImportRow, Solution
from mehrwert.catalogue.profile import validate
from mehrwert.catalogue.profile.schema import VERSION
from mehrwert.catalogue.rules.measures import TWICE, Measure, Problem, keep_told, read_measure
from mehrwert.catalogue.rules.pointers import provenance_of, walk

LIST_PREFIX = "liste:"


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row of a list would do: add, change or leave an entry, or nothing at all.

    ``profile`` is the entry afterwards; ``solution`` is None for a new one.
    """

    measure: Measure
    kind: str
    profile: dict[str, Any]
    import_id: str = ""
    solution: Solution | None = None


def list_list_imports() -> Any:
    """Return what the municipality handed in, newest first."""
    return ListImport.objects.defer("tables").order_by("-created_us", "-pk")


def read_list_import(import_id: int) -> ListImport:
    """Return a list of the municipality in scope.

    Raises:
        UnknownSolutionError: No such list here.
    """
    return first_of(ListImport.objects.filter(pk=import_id), UnknownSolutionError)


def list_entries_of(row: ListImport) -> list[ListImportRow]:
    """Return the entries a list added or changed, in the order of the list."""
    found = ListImportRow.objects.select_related("solution").filter(list_import=row)
    return list(found.order_by("position"))


def read_measures(row: ListImport) -> list[Measure]:
    """Return the rows of the chosen sheet as profiles; empty rows are left out."""
    table = row.tables[row.plan["sheet"]]
    targets, words = row.plan["targets"], row.plan.get("words", {})
    return [
        read_measure(table["first_row"] + i, table["names"], cells, targets, words)
        for i, cells in enumerate(table["rows"])
        if any(cells)
    ]


def plan_list(row: ListImport) -> list[Planned]:
    """Return what every row of a list would do. Two queries for any number."""
    measures = read_measures(row)
    ids = {m.key: _import_id(row.tenant_id, m.key) for m in measures if m.key}
    known = {s.import_id: s for s in Solution.objects.filter(import_id__in=ids.values())}
    written = _last_written([s.pk for s in known.values()])
    planned, seen = [], set()
    for measure in measures:
        if measure.key in seen:
            problem = Problem("", "", TWICE)
            measure.problems.append(problem)
            planned.append(Planned(measure, "bad", {}))
        elif not measure.key or not _is_valid(measure):
            planned.append(Planned(measure, "bad", {}))
        else:
            seen.add(measure.key)
            old = known.get(ids[measure.key])
            planned.append(_planned(row, measure, ids[measure.key], old, written))
    return planned


def _planned(
    row: ListImport,
    measure: Measure,
    import_id: str,
    old: Solution | None,
    written: dict[int, dict[str, Any]],
) -> Planned:
    if old is None:
        return Planned(measure, "new", measure.profile, import_id)
    told = _told(old, written.get(old.pk, {}))
    taken = [target for target in row.plan["targets"] if target.startswith("/")]
    profile = keep_told(old.profile, told, measure.profile, taken)
    kind = "same" if profile == old.profile else "changed"
    return Planned(measure, kind, profile, import_id, old)


def _told(old: Solution, written: dict[str, Any]) -> list[str]:
    """Return the pointers that people wrote or confirmed since a list wrote the entry."""
    by_hand = [f"/{k}" for k, v in old.profile.items() if k in written and written[k] != v]
    by_hand += [f"/{k}" for k in old.profile if k not in written]
    by_hand += [f"/{k}" for k in written if k not in old.profile]
    declared = [
        pointer
        for pointer, _value in walk(old.profile)
        if provenance_of(old.provenance, pointer).source.startswith(("declared:", "demo:"))
    ]
    return [*by_hand, *declared]


def _last_written(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = ListImportRow.objects.filter(solution_id__in=ids).order_by("pk")
    return {r.solution_id: r.written for r in rows if r.solution_id is not None}


def _is_valid(measure: Measure) -> bool:
    """Say whether a row fits the format; what does not fit is named."""
    findings = validate({"mehrwert_version": VERSION, **measure.profile})
    for finding in findings:
        measure.problems.append(Problem(finding.pointer, "", finding.text()))
    return not findings


def _import_id(tenant_id: int, key: str) -> str:
    return f"{LIST_PREFIX}{tenant_id}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
