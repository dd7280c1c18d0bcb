"""Imports a whole folder by its description: many tables, one import that can be undone."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.base.tables.reading import read_chunks
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files.choices import ImportKind, ImportState
from mehrwert.connectors.table_files.errors import FolderError
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.rules.description import (
    ImportDescription,
    Station,
    plan_of,
    read_stations,
)
from mehrwert.connectors.table_files.rules.plan import EVERYTHING, Window
from mehrwert.connectors.table_files.rules.tally import MOST_PROBLEMS, Tally
from mehrwert.observations.actions import WriteContext, start_import
from mehrwert.observations.choices import DuplicatePolicy
from mehrwert.observations.queries import read_import

from . import records
from .engine import Point, Table, store_table
from .entities import joined, make_station
from .failing import undone_on_failure

DOOR = "table"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: a word for people, bytes of the files."""

    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder, what its tables mean, and optionally only a part of the time.

    ``stations`` is another file with the list of stations than the one the description names.
    """

    folder: Path
    description: ImportDescription
    stations: Path | None = None
    window: Window = EVERYTHING


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of an import. ``values`` were read; ``duplicate`` of them were there before."""

    import_id: int
    rows: int
    values: int
    created: int
    duplicate: int
    corrected: int
    codes: dict[str, int]


@dataclass(slots=True)
class Resume:
    """Where an interrupted import of a folder goes on; ``save`` keeps it."""

    import_id: int | None = None
    file: int = 0
    point: Point | None = None
    total: Tally | None = None
    save: Callable[[dict[str, Any]], None] = lambda state: None

    def load(self, state: dict[str, Any] | None) -> "Resume":
        """Take over what was saved."""
        if state:
            self.import_id, self.file = state["import_id"], state["file"]
            self.point = Point.from_json(state["point"])
            self.total = Tally.from_json(state["total"])
        return self


def import_described(
    context: WriteContext,
    source: FolderSource,
    report: Callable[[Progress], None] = lambda progress: None,
    resume: Resume | None = None,
) -> ImportResult:
    """Import the tables of a folder; calling it again changes nothing.

    Things and series are found by the keys of the description or made. If it fails, everything
    is taken back.

    Args:
        context: Who imports into which municipality.
        source: What is imported.
        report: Called after every chunk.
        resume: Where an interrupted job goes on.

    Raises:
        FolderError, DescriptionError: The folder does not hold what the description says.
        UnavailableError: The store failed.
    """
    resume = resume or Resume()
    stations = list_stations(source)
    with tenant_scope(context.tenant_id):
        row = _row(context, source, resume)
        context = replace(context, door=DOOR, policy=DuplicatePolicy.STRICT, import_id=row.batch_id)
        with undone_on_failure(context, row):
            total = _Run(context, source, row, stations, resume).all(report)
            return _finished(context, row, total)


def list_stations(source: FolderSource) -> list[Station]:
    """Return the stations of a folder; each has its file.

    Raises:
        FolderError: A file is missing.
    """
    path = source.stations or source.folder / source.description.stations.file
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FolderError(name=path.name) from error
    stations = read_stations(source.description, listed)
    for station in stations:
        if not (source.folder / station.file).is_file():
            raise FolderError(name=station.file)
    return stations


@dataclass(slots=True)
class _Run:
    context: WriteContext
    source: FolderSource
    row: TableImport
    stations: list[Station]
    resume: Resume

    def all(self, report: Callable[[Progress], None]) -> Tally:
        """Store file after file."""
        sizes = [(self.source.folder / s.file).stat().st_size for s in self.stations]
        total = self.resume.total or Tally()
        for number, station in enumerate(self.stations):
            if number < self.resume.file:
                continue
            before = sum(sizes[:number])
            point = self._begin(number)

            def after_chunk(
                point: Point, position: int, number: int = number, before: int = before
            ) -> None:
                self._save(number, point, total)
                report(Progress(self.stations[number].name, before + position, sum(sizes)))

            tally = store_table(self.context, self._table(station), point, after_chunk)
            self._keep_problems(station, tally, len(total.problems))
            _add(total, tally)
            self._save(number + 1, Point(), total)
        report(Progress("", sum(sizes), sum(sizes)))
        return total

    def _begin(self, number: int) -> Point:
        is_here = number == self.resume.file and self.resume.point is not None
        return self.resume.point if is_here and self.resume.point else Point()

    def _table(self, station: Station) -> Table:
        path = self.source.folder / station.file
        description = self.source.description
        how = replace(plan_of(description, [description.table.time], station).how, first_row=1)
        first = next(iter(read_chunks(path, how, size=1)), None)
        header = first.rows[0] if first else []
        plan = plan_of(description, header, station)
        series, created = make_station(self.context, description, station)
        self.row.created = joined(self.row.created, created)
        self.row.save(update_fields=["created"])
        by_column = {i: series[plan.names[i]] for i in plan.values}
        return Table(path, plan, by_column, self.source.window)

    def _keep_problems(self, station: Station, tally: Tally, known: int) -> None:
        room = max(0, MOST_PROBLEMS - known)
        records.put_problems(self.row, tally.problems[:room], station.file)

    def _save(self, number: int, point: Point, total: Tally) -> None:
        self.resume.save(
            {
                "import_id": self.row.pk,
                "file": number,
                "point": point.to_json(),
                "total": total.to_json(),
            }
        )


def _row(context: WriteContext, source: FolderSource, resume: Resume) -> TableImport:
    """Return the row of an interrupted import, or open one."""
    if resume.import_id is not None:
        return TableImport.objects.get(pk=resume.import_id)
    title = source.description.title
    batch_id = start_import(context, label=title, source=source.folder.name)
    row = records.open_import(
        context, ImportKind.FOLDER, title, state=ImportState.STORING.value, batch_id=batch_id
    )
    resume.save(
        {
            "import_id": row.pk,
            "file": 0,
            "point": Point().to_json(),
            "total": Tally().to_json(),
        }
    )
    return row


def _finished(context: WriteContext, row: TableImport, tally: Tally) -> ImportResult:
    batch = read_import(context.tenant_id, row.batch_id or 0)
    different = tally.codes.get("different", 0)
    offered = batch.n_created + batch.n_corrected + different
    counts = {"created": batch.n_created, "corrected": batch.n_corrected}
    result = {**tally.to_json(), **counts}
    states = (ImportState.STORING,)
    records.step(row, states, ImportState.STORED, tally=result, finished_us=now_us())
    records.audit(row, context.actor, "import", counts)
    return ImportResult(
        row.pk,
        tally.rows,
        tally.values,
        batch.n_created,
        max(0, tally.values - offered),
        batch.n_corrected,
        dict(tally.codes),
    )


def _add(total: Tally, tally: Tally) -> None:
    total.rows += tally.rows
    total.values += tally.values
    total.empty += tally.empty
    total.repeated += tally.repeated
    total.codes += tally.codes
    total.problems += tally.problems[: max(0, MOST_PROBLEMS - len(total.problems))]
    if tally.first_us is not None and tally.last_us is not None:
        total.cover(tally.first_us, tally.last_us)
