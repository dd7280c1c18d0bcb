"""Everything that reads in the room. The scope of the municipality is open already."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext

from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.models import Job, JobState
from mehrwert.base.queries import read_job
from mehrwert.base.tables.sniffing import look_again
from mehrwert.base.wiring import table
from mehrwert.connectors.table_files.access import file_of
from mehrwert.connectors.table_files.choices import CODE_LABELS, NOTES, ImportState, ProblemCode
from mehrwert.connectors.table_files.errors import (
    DescriptionError,
    FolderError,
    NoDescriptionError,
)
from mehrwert.connectors.table_files.models import TableImport, TableProblem
from mehrwert.connectors.table_files.rules.description import (
    ImportDescription,
    load_description,
    read_stations,
)
from mehrwert.connectors.table_files.rules.plan import plan_from_json
from mehrwert.connectors.table_files.rules.preview import Preview, make_preview
from mehrwert.observations.queries import (
    DatastreamRow,
    ThingRow,
    list_datastreams,
    list_things,
    reader,
)

MOST_CHOICES = 500
# The description that lies in the folder itself
OWN_DESCRIPTION = "einlesen.toml"
UNDER_WAY = frozenset(
    {ImportState.CHECKING.value, ImportState.STORING.value, ImportState.UNDOING.value}
)


def list_imports() -> "QuerySet[TableImport]":
    """Return the imports, newest first."""
    return TableImport.objects.order_by("-created_us", "-id")


def list_problems(row: TableImport, *, notes: bool | None = None) -> "QuerySet[TableProblem]":
    """Return remarks in the order of the file: all, only notes, or only errors."""
    found = TableProblem.objects.filter(table_import=row).order_by("id")
    if notes is None:
        return found
    codes = [code.value for code in NOTES]
    return found.filter(code__in=codes) if notes else found.exclude(code__in=codes)


def stream_problems(row: TableImport) -> Iterator[TableProblem]:
    """Yield all remarks that were kept."""
    yield from list_problems(row).iterator(chunk_size=500)


@dataclass(frozen=True, slots=True)
class JobView:
    """How far the job of an import is. ``remaining_s`` is None until there is something to say."""

    job: Job
    percent: int | None
    elapsed_s: int
    remaining_s: int | None


def read_progress(row: TableImport) -> JobView | None:
    """Return the job of an import, None if it needs none."""
    if not row.job_id:
        return None
    try:
        job = read_job(row.job_id, row.tenant_id)
    except NotFoundError:
        return None
    elapsed = (now_us() - (job.started_us or job.enqueued_us)) // 1_000_000
    if not job.total or not job.done:
        return JobView(job, None, elapsed, None)
    share = min(1.0, job.done / job.total)
    remaining = int(elapsed / share - elapsed) if elapsed >= 3 else None
    return JobView(job, int(100 * share), elapsed, remaining)


def is_stuck(row: TableImport) -> bool:
    """Say whether the import waits for a job that has ended without its work."""
    if row.state not in UNDER_WAY:
        return False
    view = read_progress(row)
    return view is None or view.job.state in (JobState.FAILED, JobState.CANCELLED)


def is_under_way(row: TableImport) -> bool:
    """Say whether a job works on the import."""
    return row.state in UNDER_WAY and not is_stuck(row)


def list_target_things(tenant_id: int) -> list[ThingRow]:
    """Return the things to choose from."""
    return list_things(tenant_id, limit=MOST_CHOICES)


def list_target_series(tenant_id: int) -> list[DatastreamRow]:
    """Return the series to choose from."""
    return list_datastreams(tenant_id)[:MOST_CHOICES]


def list_stored_series(row: TableImport) -> list[DatastreamRow]:
    """Return the series that an import wrote into."""
    if row.batch_id is None:
        return []
    with reader() as r:
        found = r.select(
            "SELECT DISTINCT datastream_id FROM obs_import_range"
            " WHERE import_batch_id=? AND tenant_id=? ORDER BY datastream_id LIMIT 400",
            (row.batch_id, row.tenant_id),
        )
    return list_datastreams(row.tenant_id, ids=[line[0] for line in found])


def upload_limit_mb() -> int:
    """Return how large a file may be."""
    return int(settings.MEHRWERT.upload_limit_mb)


def names_of(series: Sequence[DatastreamRow]) -> dict[int, str]:
    """Return a name for choosing: thing and series."""
    return {line.id: f"{line.thing_name}: {line.name}" for line in series}


def read_preview(row: TableImport) -> Preview:
    """Return the first rows of a file and what its columns seem to mean.

    Raises:
        FileGoneError: The file was cleared away.
    """
    plan = plan_from_json(row.plan)
    return make_preview(look_again(file_of(row), plan.how), plan)


def read_description(folder: Path, path: Path | None) -> str:
    """Return the description of a folder: the one given, its own, or a bundled one that fits.

    Raises:
        NoDescriptionError: Nobody described this folder.
    """
    own = folder / OWN_DESCRIPTION
    for candidate in (path, own if own.is_file() else None):
        if candidate is not None:
            try:
                return candidate.read_text(encoding="utf-8")
            except OSError as error:
                raise FolderError(name=candidate.name) from error
    for entry in table("TABLE_DESCRIPTIONS", ()):
        package, _, name = entry.partition(":")
        text = files(package).joinpath(name).read_text(encoding="utf-8")
        if _fits(load_description(text), folder):
            return text
    raise NoDescriptionError(name=OWN_DESCRIPTION)


def _fits(description: ImportDescription, folder: Path) -> bool:
    """Say whether a folder has the files that a description speaks of."""
    path = folder / description.stations.file
    try:
        stations = read_stations(description, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, DescriptionError):
        return False
    return bool(stations) and all((folder / station.file).is_file() for station in stations)


def read_folder_job(job_id: str, tenant_id: int) -> Job:
    """Return the job that imports a folder."""
    return read_job(job_id, tenant_id)


def code_label(code: str) -> str:
    """Return in a few words what a count of remarks counts."""
    return gettext(CODE_LABELS[ProblemCode(code)])
