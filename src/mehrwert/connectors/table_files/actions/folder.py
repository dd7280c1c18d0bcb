"""Imports a whole folder by its description: many tables, one import that can be undone."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from django_tasks.base import Task

from mehrwert.base.actions import start_job
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.jobs_runtime import current_job
from mehrwert.base.tables.reading import Chunk, TableFormat, read_chunks
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files.choices import ImportKind, ImportState
from mehrwert.connectors.table_files.errors import FolderError
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.rules.description import (
    ImportDescription,
    Station,
    format_of,
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


class Source(Protocol):
    """Tables of many stations that one description explains.

    A room above may give them from anywhere, as rows of text; sizes and positions of chunks count
    in any unit and only tell the progress.
    """

    @property
    def description(self) -> ImportDescription:
        """Return what the tables mean."""
        ...

    @property
    def window(self) -> Window:
        """Return which part of the time is imported."""
        ...

    def name(self) -> str:
        """Return where the tables come from, for people."""
        ...

    def stations(self) -> list[Station]:
        """Return the stations in the order of import.

        Raises:
            FolderError, DescriptionError: Something is missing.
        """
        ...

    def size(self, station: Station) -> int:
        """Return how much there is to read."""
        ...

    def header(self, station: Station) -> list[str]:
        """Return the names of the columns."""
        ...

    def chunks(self, station: Station, how: TableFormat, start: int) -> Iterator[Chunk]:
        """Yield rows from row number ``start`` on; the first row with data has number 2."""
        ...


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder with a file per station, and optionally only a part of the time.

    ``list_of_stations`` is another file with the stations than the one the description names.
    """

    folder: Path
    description: ImportDescription
    list_of_stations: Path | None = None
    window: Window = EVERYTHING

    def name(self) -> str:
        """Return the name of the folder."""
        return self.folder.name

    def stations(self) -> list[Station]:
        """Return the stations; each has its file.

        Raises:
            FolderError, DescriptionError: Something is missing.
        """
        path = self.list_of_stations or self.folder / self.description.stations.file
        try:
            listed = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise FolderError(name=path.name) from error
        found = read_stations(self.description, listed)
        for station in found:
            if not (self.folder / station.file).is_file():
                raise FolderError(name=station.file)
        return found

    def size(self, station: Station) -> int:
        """Return the bytes of a file, packed as it is."""
        return (self.folder / station.file).stat().st_size

    def header(self, station: Station) -> list[str]:
        """Return the first row of a file."""
        how = replace(format_of(self.description), first_row=1)
        first = next(read_chunks(self.folder / station.file, how, size=1), None)
        return first.rows[0] if first else []

    def chunks(self, station: Station, how: TableFormat, start: int) -> Iterator[Chunk]:
        """Yield the rows of a file."""
        return read_chunks(self.folder / station.file, how, skip_to=start)


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
    source: Source,
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
    stations = source.stations()
    with tenant_scope(context.tenant_id):
        row = _row(context, source, resume)
        context = replace(context, door=DOOR, policy=DuplicatePolicy.STRICT, import_id=row.batch_id)
        with undone_on_failure(context, row):
            total = _Run(context, source, row, stations, resume).all(report)
            return _finished(context, row, total)


@dataclass(slots=True)
class _Run:
    context: WriteContext
    source: Source
    row: TableImport
    stations: list[Station]
    resume: Resume

    def all(self, report: Callable[[Progress], None]) -> Tally:
        """Store file after file."""
        sizes = [self.source.size(station) for station in self.stations]
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
        description = self.source.description
        plan = plan_of(description, self.source.header(station), station)
        columns = [plan.names[i] for i in plan.values]
        series, created = make_station(self.context, description, station, columns)
        self.row.created = joined(self.row.created, created)
        self.row.save(update_fields=["created"])
        by_column = {i: series[plan.names[i]] for i in plan.values}

        def chunks(start: int) -> Iterator[Chunk]:
            return self.source.chunks(station, plan.how, start)

        return Table(chunks, plan, by_column, self.source.window)

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


def _row(context: WriteContext, source: Source, resume: Resume) -> TableImport:
    """Return the row of an interrupted import, or open one."""
    if resume.import_id is not None:
        return TableImport.objects.get(pk=resume.import_id)
    title = source.description.title
    batch_id = start_import(context, label=title, source=source.name())
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


def run_folder_job(tenant_id: int, source: Source) -> dict[str, Any]:
    """Import a folder as the running job, from where an earlier try was."""
    job = current_job()
    resume = Resume(save=job.save_checkpoint).load(job.checkpoint)

    def report(progress: Progress) -> None:
        job.report(progress.step, done=progress.done, total=progress.total)

    context = WriteContext(tenant_id, DOOR, SYSTEM)
    return asdict(import_described(context, source, report, resume))


def start_folder_job(
    tenant_id: int, source: FolderSource, text: str, actor: Actor, task: "Task[Any, Any]"
) -> str:
    """Let the running server import a folder; ``text`` is the description. Return the job."""
    kwargs = {
        "tenant_id": tenant_id,
        "folder": str(source.folder),
        "description": text,
        "stations": str(source.list_of_stations or ""),
    }
    title = source.description.title
    return start_job(task, title=title, tenant_id=tenant_id, actor=actor, kwargs=kwargs)
