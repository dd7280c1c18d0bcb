"""Imports that can be undone as a whole."""

from dataclasses import replace

from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.recording import undo
from mehrwert.observations.recording.types import WriteContext

from .repair import repair_hours
from .transaction import run


def start_import(context: WriteContext, *, label: str, source: str = "") -> int:
    """Open an import; put its id into ``WriteContext.import_id`` of what belongs to it."""
    actor = context.actor
    return int(
        run(
            None,
            lambda tx, now: tx.insert(
                "obs_import_batch",
                {
                    "tenant_id": context.tenant_id,
                    "label": label,
                    "source": source,
                    "actor_kind": actor.kind,
                    "actor_id": actor.actor_id,
                    "actor_label": actor.label,
                    "created_us": now,
                    "n_created": 0,
                    "n_corrected": 0,
                    "n_duplicate": 0,
                },
            ),
        )
    )


def undo_import(context: WriteContext, import_id: int) -> int:
    """Delete what an import created and restore what it corrected; return the rows deleted.

    Runs in steps, each a transaction; called again after an interruption it goes on.

    Raises:
        UnknownEntityError: No such import in the tenant.
    """
    deleted = 0
    context = replace(context, import_id=None)
    if not run(None, lambda tx, now: undo.exists(tx, context, import_id)):
        raise UnknownEntityError(kind="import", id=import_id)
    while True:
        n = run(None, lambda tx, now: undo.take_back_rows(tx, context, import_id, now))
        if n is None:
            break
        deleted += n
    while run(None, lambda tx, now: undo.restore_values(tx, context, import_id, now)):
        pass
    run(None, lambda tx, now: undo.close(tx, context, import_id, now))
    while repair_hours():
        pass
    return deleted
