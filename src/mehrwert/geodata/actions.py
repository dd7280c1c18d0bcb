"""Everything that changes something: closures begin, are checked and end; calls are counted."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.geodata.choices import Affected, CallKind, ClosureKind
from mehrwert.geodata.errors import ClosureDaysError, ClosureEndedError, NoCallError
from mehrwert.geodata.models import CallTally, Closure

__all__ = [
    "ClosureInput",
    "check_closure",
    "count_call",
    "end_closure",
    "save_closure",
    "take_back_call",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureInput:
    """One closure as somebody enters it; see ``Closure``."""

    street: str
    kind: ClosureKind
    starts_on: date
    office: str
    section: str = ""
    direction: str = ""
    ends_on: date | None = None
    is_estimated: bool = False
    reason: str = ""
    detour: str = ""
    affected: tuple[Affected, ...] = ()
    contact: str = ""
    spoken: str = ""
    plain: str = ""


def save_closure(
    row: Closure | None, given: ClosureInput, *, is_demo: bool = False, actor: Actor
) -> Closure:
    """Enter a closure (``row`` None) or change one; whoever does has checked it.

    Raises:
        ClosureDaysError: It would be over before it begins.
        ClosureEndedError: It is over.
    """
    if given.ends_on is not None and given.ends_on < given.starts_on:
        raise ClosureDaysError
    values = {**asdict(given), "kind": given.kind.value}
    values["affected"] = [one.value for one in given.affected]
    with transaction.atomic():
        if row is None:
            before, now = None, now_us()
            row = Closure(tenant_id=current_tenant_id(), is_demo=is_demo, created_us=now)
        else:
            row = _open(row)
            before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.checked_us = row.changed_us = now_us()
        row.checked_by = actor.label[:200]
        row.save()
        _audit(row, "update" if before else "create", actor, before=before, after=values)
    return row


def check_closure(row: Closure, *, actor: Actor) -> Closure:
    """Say that a closure is still as written.

    Raises:
        ClosureEndedError: It is over.
    """
    with transaction.atomic():
        row = _open(row)
        row.checked_us, row.checked_by = now_us(), actor.label[:200]
        row.save(update_fields=["checked_us", "checked_by"])
        _audit(row, "confirm", actor)
    return row


def end_closure(row: Closure, *, actor: Actor) -> Closure:
    """Say that a street is open again; the entry stays.

    Raises:
        ClosureEndedError: It is over already.
    """
    with transaction.atomic():
        row = _open(row)
        row.ended_us = row.changed_us = row.checked_us = now_us()
        row.checked_by = actor.label[:200]
        row.save()
        _audit(row, "end", actor)
    return row


def count_call(kind: CallKind, *, day: date, actor: Actor) -> None:
    """Add a stroke for a call: a number, nothing about who called."""
    with transaction.atomic():
        row, _ = CallTally.objects.get_or_create(tenant_id=current_tenant_id(), day=day)
        CallTally.objects.filter(pk=row.pk).update(**{kind.value: F(kind.value) + 1})
        _audit_call(row, "count_call", kind, actor)


def take_back_call(kind: CallKind, *, day: date, actor: Actor) -> None:
    """Take a stroke back.

    Raises:
        NoCallError: There is none.
    """
    with transaction.atomic():
        rows = CallTally.objects.filter(day=day, **{f"{kind.value}__gt": 0})
        row = rows.select_for_update().first()
        if row is None:
            raise NoCallError
        rows.filter(pk=row.pk).update(**{kind.value: F(kind.value) - 1})
        _audit_call(row, "uncount_call", kind, actor)


def _open(row: Closure) -> Closure:
    row = Closure.objects.select_for_update().get(pk=row.pk)
    if row.ended_us is not None:
        raise ClosureEndedError
    return row


def _audit(
    row: Closure,
    verb: str,
    actor: Actor,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="closure",
        object_id=row.pk,
        label=row.street,
        before=_plain(before),
        after=_plain(after),
        tenant_id=row.tenant_id,
    )


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name != "contact"
    }


def _audit_call(row: CallTally, verb: str, kind: CallKind, actor: Actor) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="call_tally",
        object_id=row.pk,
        label=row.day.isoformat(),
        after={"call": kind.value},
        tenant_id=row.tenant_id,
    )
