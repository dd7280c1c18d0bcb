"""The steps of an import after its preview: check, store, undo; each a job that can be resumed."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from mehrwert.base.actions import cancel_job, start_job
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.jobs_runtime import LeaseLostError, current_job
from mehrwert.base.marks import mark
from mehrwert.base.tables.reading import Chunk, read_chunks
from mehrwert.base.tables.zones import ClockChange
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files.access import file_of
from mehrwert.connectors.table_files.choices import ImportState, OnDifference
from mehrwert.connectors.table_files.errors import (
    ClockChangeUnknownError,
    NothingToStoreError,
    UnknownImportError,
)
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.queries import is_stuck
from mehrwert.connectors.table_files.rules.plan import plan_from_json, plan_to_json, with_change
from mehrwert.connectors.table_files.rules.tally import Tally
from mehrwert.connectors.table_files.rules.targets import Targets, targets_from_json
from mehrwert.observations.actions import WriteContext, start_import
from mehrwert.observations.choices import DuplicatePolicy
from mehrwert.observations.queries import read_import

from . import records
from .engine import Point, Table, check_table, store_table
from .entities import joined
from .failing import remove_rows, undone_on_failure
from .targets import make_targets
from .upload import remove_file

DOOR = "table"
# Files up to this size are checked at once, while the page waits
SMALL_BYTES = 300_000
CHECKS = mark("Tabelle wird geprüft")
STORES = mark("Werte werden übernommen")
UNDOES = mark("Import wird rückgängig gemacht")
POLICY = {
    OnDifference.KEEP: DuplicatePolicy.STRICT,
    OnDifference.REPLACE: DuplicatePolicy.CORRECT,
}


def start_check(row: TableImport, actor: Actor, task: "Task[Any, Any]") -> None:
    """Check a described file: a small one at once, a large one by a job.

    Raises:
        WrongStateError: It is under way already.
        FileGoneError: The file was cleared away.
    """
    file_of(row)
    begins = (ImportState.DRAFT, ImportState.CHECKED)
    if row.size_bytes <= SMALL_BYTES:
        records.step(row, begins, ImportState.CHECKING)
        check(row.tenant_id, row.pk)
        row.refresh_from_db()
        return
    _start(row, begins, ImportState.CHECKING, (task, CHECKS, actor))


def check(tenant_id: int, import_id: int) -> None:
    """Read the whole file and count; nothing is stored. Doing it twice is harmless.

    Raises:
        TableError: Reading ended before the end of the file; the import is a draft again.
    """
    with tenant_scope(tenant_id):
        row = TableImport.objects.filter(pk=import_id, state=ImportState.CHECKING.value).first()
        if row is None:
            return
        job = current_job()

        def after_chunk(chunk: Chunk) -> None:
            job.report(CHECKS, done=chunk.position, total=row.size_bytes)

        try:
            tally = check_table(file_of(row), plan_from_json(row.plan), after_chunk)
        except LeaseLostError:
            raise
        except MehrwertError as error:
            back = (ImportState.CHECKING,)
            records.step(row, back, ImportState.DRAFT, error=records.told(error), tally={})
            raise
        _keep(row, tally, ImportState.CHECKED)


def answer_clock_change(row: TableImport, change: ClockChange) -> None:
    """Say what the rows of the repeated hour hold; the file must be checked again.

    Raises:
        WrongStateError: It is under way already.
    """
    plan = with_change(plan_from_json(row.plan), change)
    begins = (ImportState.CHECKED, ImportState.DRAFT)
    records.step(row, begins, ImportState.DRAFT, plan=plan_to_json(plan))


def start_store(row: TableImport, actor: Actor, task: "Task[Any, Any]") -> None:
    """Let a job store what was checked.

    Raises:
        NothingToStoreError: Not one value can be read.
        ClockChangeUnknownError: The question of the repeated hour is not answered.
        WrongStateError: It was not checked, or is under way already.
    """
    file_of(row)
    if not row.tally.get("values"):
        raise NothingToStoreError
    if row.tally["repeated"] and not row.plan["time"]["change"]:
        raise ClockChangeUnknownError(n=row.tally["repeated"])
    begins = (ImportState.CHECKED, *((ImportState.STORING,) if is_stuck(row) else ()))
    _start(row, begins, ImportState.STORING, (task, STORES, actor))


def store(tenant_id: int, import_id: int) -> dict[str, int]:
    """Store the file; run again after an interruption it goes on where it was.

    Raises:
        MehrwertError: Everything was taken back; the import says why.
    """
    with tenant_scope(tenant_id):
        row = TableImport.objects.filter(pk=import_id, state=ImportState.STORING.value).first()
        if row is None:
            return {}
        targets = targets_from_json(row.series)
        context = _context(row, targets)
        with undone_on_failure(context, row):
            tally = _store(context, row, targets)
        batch = read_import(tenant_id, row.batch_id or 0)
        counts = {"created": batch.n_created, "corrected": batch.n_corrected}
        records.put_problems(row, [p for p in tally.problems if p.code == "different"])
        values = {"tally": {**tally.to_json(), **counts}, "finished_us": now_us()}
        records.step(row, (ImportState.STORING,), ImportState.STORED, **values)
        records.audit(row, context.actor, "import", counts)
        remove_file(row)
        return counts


def start_undo(row: TableImport, actor: Actor, task: "Task[Any, Any]") -> None:
    """Let a job take an import back.

    Raises:
        WrongStateError: There is nothing to take back, or it is under way already.
    """
    begins = [ImportState.STORED, ImportState.FAILED]
    if is_stuck(row):
        begins += [ImportState.STORING, ImportState.UNDOING]
    _start(row, begins, ImportState.UNDOING, (task, UNDOES, actor))


def undo(tenant_id: int, import_id: int, actor: Actor) -> int:
    """Delete what an import stored and made; run again it goes on. Return how many readings."""
    with tenant_scope(tenant_id):
        row = TableImport.objects.filter(pk=import_id, state=ImportState.UNDOING.value).first()
        if row is None:
            return 0
        current_job().report(UNDOES)
        removed = remove_rows(WriteContext(tenant_id, DOOR, actor), row)
        records.step(row, (ImportState.UNDOING,), ImportState.UNDONE, finished_us=now_us())
        records.audit(row, actor, "undo_import", {"removed": removed})
        remove_file(row)
        return removed


def cancel(row: TableImport, actor: Actor) -> None:
    """Ask the job of an import to stop; one that waits still is given up at once."""
    if not row.job_id:
        raise UnknownImportError
    cancel_job(row.job_id, tenant_id=row.tenant_id, actor=actor)


def _context(row: TableImport, targets: Targets) -> WriteContext:
    policy = POLICY[targets.difference]
    context = WriteContext(row.tenant_id, DOOR, records.actor_of(row), policy=policy)
    if row.batch_id is None:
        row.batch_id = start_import(context, label=row.name, source=targets.source)
        row.save(update_fields=["batch_id"])
    return replace(context, import_id=row.batch_id)


def _store(context: WriteContext, row: TableImport, targets: Targets) -> Tally:
    series, created = make_targets(context, targets)
    row.created = joined(row.created, created)
    row.save(update_fields=["created"])
    job = current_job()
    point = Point.from_json(job.checkpoint)

    def after_chunk(point: Point, position: int) -> None:
        job.save_checkpoint(point.to_json())
        job.report(STORES, done=position, total=row.size_bytes)

    path, plan = file_of(row), plan_from_json(row.plan)
    table = Table(lambda start: read_chunks(path, plan.how, skip_to=start), plan, series)
    return store_table(context, table, point, after_chunk)


def _start(
    row: TableImport,
    begins: Any,
    to: ImportState,
    work: "tuple[Task[Any, Any], str, Actor]",
) -> None:
    task, title, actor = work
    with transaction.atomic():
        records.step(row, begins, to, error="")
        kwargs: dict[str, Any] = {"tenant_id": row.tenant_id, "import_id": row.pk}
        if to is ImportState.UNDOING:
            kwargs["actor"] = [actor.kind, actor.actor_id, actor.label]
        label = f"{row.name}: {title}"
        row.job_id = start_job(
            task, title=label, tenant_id=row.tenant_id, actor=actor, kwargs=kwargs
        )
        row.save(update_fields=["job_id"])


def _keep(row: TableImport, tally: Tally, state: ImportState) -> None:
    with transaction.atomic():
        records.forget_problems(row)
        records.put_problems(row, tally.problems)
        records.step(row, (ImportState.CHECKING,), state, tally=tally.to_json(), error="")
