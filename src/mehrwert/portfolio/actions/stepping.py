"""Passing a gate: the work begins, the project goes live, it ends."""

from datetime import date

from django.db import transaction

from mehrwert.base.actions import emit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.portfolio import queries
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.actions.lights import refresh_lights
from mehrwert.portfolio.errors import (
    CommitmentError,
    GateBlockedError,
    GateOrderError,
    ReasonMissingError,
)
from mehrwert.portfolio.events import ProjectAdvanced
from mehrwert.portfolio.models import Gate, Project
from mehrwert.portfolio.rules.gates import END_GATE, state_after


def advance_project(
    row: Project,
    gate: str,
    *,
    on: date,
    note: str = "",
    is_confirmed: bool = False,
    actor: Actor,
) -> Project:
    """Pass the next gate, or end the project at any time with gate P5.

    Args:
        row: The project.
        gate: P1…P5.
        on: The day it was passed.
        note: The reason, needed for the end.
        is_confirmed: Whether somebody accepted an end before the commitment of a funding ends.
        actor: Who says so.

    Raises:
        GateOrderError: Another gate is next.
        GateBlockedError: The project may not go live yet; the sentences say why.
        ReasonMissingError: An end without a reason.
        CommitmentError: An end before the commitment of a funding, not confirmed (PF-156).
        ProjectEndedError: It is ended.
    """
    with transaction.atomic():
        row = changeable(row)
        gates = {found.key: found for found in Gate.objects.filter(project=row)}
        passed = [key for key, found in gates.items() if found.passed_on is not None]
        if gate not in {queries.next_gate(passed), END_GATE} or gate not in gates:
            raise GateOrderError
        missing = queries.missing_sentences(row, gate)
        if missing:
            raise GateBlockedError(reasons=" ".join(missing))
        if gate == END_GATE:
            _refuse_end(row, on=on, note=note, is_confirmed=is_confirmed)
        _pass(row, gates[gate], on=on, note=note.strip(), actor=actor)
        return refresh_lights(row)


def _refuse_end(row: Project, *, on: date, note: str, is_confirmed: bool) -> None:
    if not note.strip():
        raise ReasonMissingError
    until = queries.read_commitment(row, on)
    if until is not None and not is_confirmed:
        raise CommitmentError(until=f"{until:%d.%m.%Y}")


def _pass(row: Project, gate: Gate, *, on: date, note: str, actor: Actor) -> None:
    before = {"state": row.state}
    gate.passed_on, gate.note = on, note[:300]
    gate.save(update_fields=["passed_on", "note"])
    row.state, row.changed_us = state_after(gate.key), now_us()
    if gate.key == END_GATE:
        row.end_reason = note[:300]
    row.save(update_fields=["state", "end_reason", "changed_us"])
    audit(actor, "advance", row, before=before, after={"state": row.state, "gate": gate.key})
    emit(
        ProjectAdvanced(row.pk, str(row.uuid), gate.key, row.state, on.isoformat()),
        tenant_id=row.tenant_id,
    )
