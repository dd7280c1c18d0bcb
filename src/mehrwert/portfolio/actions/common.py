"""What every action of the room shares."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.portfolio.choices import ProjectState
from mehrwert.portfolio.errors import ProjectEndedError
from mehrwert.portfolio.models import Project


def locked(row: Project) -> Project:
    """Return the row again, held until the end of the transaction."""
    return Project.objects.select_for_update().get(pk=row.pk)


def changeable(row: Project) -> Project:
    """Return the row, held, if it may still be changed.

    Raises:
        ProjectEndedError: It is ended.
    """
    found = locked(row)
    if found.state == ProjectState.ENDED.value:
        raise ProjectEndedError
    return found


def audit(
    actor: Actor,
    verb: str,
    row: Project,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write the audit of a change of one project."""
    record_audit(
        actor=actor,
        verb=verb,
        kind="project",
        object_id=row.pk,
        label=row.title,
        before=plain(before),
        after=plain(after),
        tenant_id=row.tenant_id,
    )


def plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return values as JSON can hold them: days as ISO text, money as text."""
    if values is None:
        return None
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
