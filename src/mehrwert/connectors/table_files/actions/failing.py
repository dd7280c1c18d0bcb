"""What happens when storing fails: everything is taken back, and the import says why."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError, UnavailableError
from mehrwert.base.jobs_runtime import JobCancelledError, LeaseLostError
from mehrwert.base.marks import mark
from mehrwert.connectors.table_files.choices import ImportState
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.observations.actions import WriteContext, undo_import
from mehrwert.observations.errors import WriterStoppedError

from . import records
from .entities import remove_created

log = logging.getLogger("mehrwert.table_files")


class ImportCancelledError(JobCancelledError):
    """Somebody cancelled the job; unlike other jobs it leaves nothing behind."""

    code = "import_cancelled"
    sentence = mark("Das Einlesen wurde abgebrochen. Was schon gespeichert war, ist entfernt.")


@contextmanager
def undone_on_failure(context: WriteContext, row: TableImport) -> Iterator[None]:
    """Take everything back if the body fails; after a stop of the process leave it to be resumed.

    Raises:
        LeaseLostError: The process ends; the job goes on after the next start.
        ImportCancelledError: Somebody cancelled the job.
    """
    try:
        yield
    except WriterStoppedError as error:
        raise LeaseLostError from error
    except LeaseLostError:
        raise
    except JobCancelledError as error:
        take_back(context, row, ImportCancelledError())
        raise ImportCancelledError from error
    except MehrwertError as error:
        take_back(context, row, error)
        raise


def take_back(context: WriteContext, row: TableImport, reason: MehrwertError) -> None:
    """Delete what an import stored and made, and note why.

    If the store refuses that too, the import stays as failed with its rows and can be undone on
    its page later.
    """
    TableImport.objects.filter(pk=row.pk).update(
        state=ImportState.FAILED.value, error=records.told(reason), finished_us=now_us()
    )
    row.refresh_from_db()
    try:
        remove_rows(context, row)
    except UnavailableError:
        log.warning("import_not_taken_back", extra={"import": row.pk}, exc_info=True)
    records.audit(row, context.actor, "import_failed", {"reason": reason.code})


def remove_rows(context: WriteContext, row: TableImport) -> int:
    """Delete the readings and the empty series of an import; return how many readings."""
    removed = 0
    if row.batch_id is not None:
        removed = undo_import(context, row.batch_id)
    remove_created(context, row.created)
    TableImport.objects.filter(pk=row.pk).update(batch_id=None, created={})
    row.refresh_from_db()
    return removed
