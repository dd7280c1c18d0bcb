"""The row of an import: its steps, its problems, who did it."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.connectors.table_files.choices import ImportKind, ImportState
from mehrwert.connectors.table_files.errors import WrongStateError
from mehrwert.connectors.table_files.models import TableImport, TableProblem
from mehrwert.connectors.table_files.rules.tally import Problem
from mehrwert.observations.actions import WriteContext

BATCH = 500


def open_import(context: WriteContext, kind: ImportKind, name: str, **values: Any) -> TableImport:
    """Insert the row of a new import."""
    actor = context.actor
    return TableImport.objects.create(
        tenant_id=context.tenant_id,
        kind=kind.value,
        name=name[:200],
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        actor_label=actor.label[:200],
        created_us=now_us(),
        **values,
    )


def step(row: TableImport, start: Iterable[ImportState], to: ImportState, **values: Any) -> None:
    """Move an import from one state to another and store some values.

    Raises:
        WrongStateError: It is in none of the states of ``start``: somebody was faster.
    """
    moved = TableImport.objects.filter(
        pk=row.pk, state__in=[state.value for state in start]
    ).update(state=to.value, **values)
    if not moved:
        raise WrongStateError
    row.refresh_from_db()


def put_problems(row: TableImport, problems: Iterable[Problem], file: str = "") -> None:
    """Keep remarks on rows and cells."""
    TableProblem.objects.bulk_create(
        [
            TableProblem(
                tenant_id=row.tenant_id,
                table_import=row,
                file=file[:200],
                row=problem.row,
                column=problem.column,
                name=problem.name[:200],
                code=problem.code.value,
                cell=problem.cell,
            )
            for problem in problems
        ],
        batch_size=BATCH,
    )


def forget_problems(row: TableImport) -> None:
    """Delete the remarks of an earlier look."""
    TableProblem.objects.filter(table_import=row).delete()


def audit(row: TableImport, actor: Actor, verb: str, after: dict[str, Any] | None = None) -> None:
    """Tell the audit of a step."""
    with transaction.atomic():
        record_audit(
            actor=actor,
            verb=verb,
            kind="import",
            object_id=row.pk,
            label=row.name,
            after=after,
            tenant_id=row.tenant_id,
        )


def told(error: MehrwertError) -> str:
    """Return an error so that a page can say it in the language of its reader."""
    return json.dumps({"sentence": error.sentence, "data": error.data}, default=str)


def actor_of(row: TableImport) -> Actor:
    """Return who handed the table in."""
    return Actor(row.actor_kind, row.actor_id, row.actor_label)  # type: ignore[arg-type]
