"""From a draft to a running package, and away again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue.choices import AdoptionStatus, EndReason
from mehrwert.observations.actions import WriteContext, transact
from mehrwert.portfolio.actions import ItemInput, answer_item
from mehrwert.portfolio.choices import ItemState
from mehrwert.starters import queries
from mehrwert.starters.actions import judged
from mehrwert.starters.actions.declaring import declare, end_declared
from mehrwert.starters.actions.measured import Made, Workshop
from mehrwert.starters.choices import Measured, PieceKind, State
from mehrwert.starters.errors import (
    AlreadyInstalledError,
    LicenceNotAcceptedError,
    MeasuredQuestionError,
    NotADraftError,
    NotLiveError,
)
from mehrwert.starters.events import PackageInstalled, PackageRemoved
from mehrwert.starters.format.model import Package, from_json
from mehrwert.starters.models import Installation, InstalledPiece
from mehrwert.starters.rules import Piece, pieces_of, settle

DOOR = "package"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the town says: parameters, and the questions of decision 48.

    ``start_month`` is the first month of full operation as ``evaluation`` counts months.
    """

    parameters: Mapping[str, Any]
    goal: str
    sesoi_percent: float
    start_month: int

    def to_json(self) -> dict[str, Any]:
        """Return the answers without the parameters."""
        return {
            "goal": self.goal,
            "sesoi_percent": self.sesoi_percent,
            "start_month": self.start_month,
        }


def save_draft(package: Package, given: Answers, *, is_demo: bool, actor: Actor) -> Installation:
    """Begin or change a draft; nothing is made yet.

    Raises:
        ParameterError: A value cannot be used.
        AlreadyInstalledError: The package runs here already.
    """
    parameters = settle(package, given.parameters)
    pieces_of(package, parameters)
    with transaction.atomic():
        row = Installation.objects.select_for_update().filter(slug=package.slug).first()
        if row is not None and row.state != State.DRAFT.value:
            raise AlreadyInstalledError
        is_new = row is None
        row = row or Installation(
            tenant_id=current_tenant_id(), slug=package.slug, created_us=now_us()
        )
        row.package, row.version, row.checksum = (
            package.to_json(),
            package.version,
            package.checksum,
        )
        row.parameters, row.answers, row.is_demo = parameters, given.to_json(), is_demo
        row.changed_us, row.changed_by = now_us(), actor.label[:200]
        row.save()
        _audit(row, "create" if is_new else "update", actor, {"version": row.version})
    return row


def discard_draft(row: Installation, *, actor: Actor) -> None:
    """Forget a draft; it has made nothing.

    Raises:
        NotADraftError: The package runs.
    """
    with transaction.atomic():
        locked = _locked(row, State.DRAFT)
        _audit(locked, "delete", actor, {})
        locked.delete()


def go_live(
    row: Installation,
    *,
    licence_accepted: bool,
    status: AdoptionStatus = AdoptionStatus.TRIAL,
    actor: Actor,
) -> Installation:
    """Make everything the package names. All of it, or nothing.

    Stations and series are one transaction in their own store; if anything after it fails, they
    are taken back before the error goes on. Unless the town has said something of the solution
    already, its adoption is declared (decisions 42).

    Args:
        row: A draft.
        licence_accepted: Whether a person accepted the licence.
        status: What is declared: a trial, or live use.
        actor: Who starts it.

    Raises:
        LicenceNotAcceptedError: Nobody accepted the licence.
        NotADraftError: The package runs already.
    """
    if not licence_accepted:
        raise LicenceNotAcceptedError
    if row.state != State.DRAFT.value:
        raise NotADraftError
    package, pieces = from_json(row.package), queries.wanted_pieces(row)
    context = WriteContext(row.tenant_id, DOOR, actor)
    made = Made()
    transact(lambda tx: Workshop(tx, context, row.slug).make(pieces, made))
    is_made = False
    try:
        with transaction.atomic():
            row = _locked(row, State.DRAFT)
            for piece in pieces:
                write_piece(row, package, piece, made.ids, actor)
            row.extras = {
                "sensors": made.sensors,
                "properties": made.properties,
                "adoption": declare(package, status, actor=actor),
            }
            _note_live(row, package, actor)
        is_made = True
    finally:
        if not is_made:
            transact(lambda tx: Workshop(tx, context, row.slug).take_back(made))
    return row


def remove_package(
    row: Installation,
    measured: Measured | None,
    *,
    reason: EndReason = EndReason.UNKNOWN,
    actor: Actor,
) -> list[str]:
    """Take a package away with everything it made; return the titles of what has to stay.

    A plan that was fixed stays in the public register, as every fixed plan does. What was declared
    with the package stays too, ended with its reason.

    Args:
        row: A running package.
        measured: What becomes of readings; needed as soon as there are any.
        reason: Why the use ends.
        actor: Who removes it.

    Raises:
        NotLiveError: It is a draft.
        MeasuredQuestionError: There are readings and nobody said what becomes of them.
    """
    if row.state != State.LIVE.value:
        raise NotLiveError
    n = queries.count_measured(row)
    if n and measured is None:
        raise MeasuredQuestionError(n=n)
    keeps = measured is Measured.KEEP and n > 0
    with transaction.atomic():
        row = _locked(row, State.LIVE)
        pieces = list(row.pieces.all())
        staying = _remove_judged(pieces, is_forgotten=not keeps, actor=actor)
        doomed = _doomed(row, pieces, keeps=keeps)
        context = WriteContext(row.tenant_id, DOOR, actor)
        transact(lambda tx: _remove_measured(Workshop(tx, context, row.slug), row, doomed))
        solution = from_json(row.package).solution
        _audit(row, "delete", actor, {"measured": measured.value if measured else ""})
        end_declared(row.extras.get("adoption"), reason, actor=actor)
        emit(PackageRemoved(row.slug, row.version, solution), tenant_id=row.tenant_id)
        row.delete()
    return staying


def tick_task(piece: InstalledPiece, *, is_done: bool, note: str, actor: Actor) -> None:
    """Say that a task is done, or not; the note keeps proof or the reason for skipping it."""
    with transaction.atomic():
        _answer_line(piece, is_done=is_done, note=note, actor=actor)
        piece.done_us, piece.note = (now_us() if is_done else None), note.strip()[:300]
        piece.save(update_fields=["done_us", "note"])
        _audit(piece.installation, "update", actor, {"task": piece.title, "done": is_done})


def _answer_line(piece: InstalledPiece, *, is_done: bool, note: str, actor: Actor) -> None:
    """Answer the line of the checklist of the use that asks the same (TRF-208)."""
    line, adoption = queries.line_of(piece), queries.adoption_of(piece.installation)
    if line and adoption is not None:
        state = ItemState.DONE if is_done else ItemState.OPEN
        given = ItemInput(state=state, proof=note.strip()[:300])
        answer_item(adoption, line, given, actor=actor)


def write_piece(
    row: Installation,
    package: Package,
    piece: Piece,
    ids: Mapping[str, int],
    actor: Actor,
) -> None:
    """Make one piece that is not measured, and remember any piece."""
    object_id = ids.get(piece.key)
    if piece.kind is PieceKind.RULE:
        series = ids[piece.links["series"]]
        object_id = judged.make_rule(row.tenant_id, series, piece.values, actor=actor)
    elif piece.kind is PieceKind.PLAN:
        given = plan_input(package, piece, ids)
        object_id = judged.make_plan(row, given, actor=actor)
    InstalledPiece.objects.create(
        tenant_id=row.tenant_id,
        installation=row,
        kind=piece.kind.value,
        key=piece.key,
        title=piece.title[:300],
        object_id=object_id,
        made=dict(piece.values),
        values=dict(piece.values),
    )


def plan_input(package: Package, piece: Piece, ids: Mapping[str, int]) -> judged.PlanInput:
    """Return what a plan is made of."""
    indicator = next(
        found for found in package.items["indicator"] if found["key"] == piece.values["indicator"]
    )
    unit = next(
        found["unit_symbol"] or found["unit_name"]
        for found in package.items["datastream_type"]
        if found["key"] == indicator["series"]
    )
    return judged.PlanInput(package, piece.values, indicator, unit, ids[piece.links["series"]])


def _note_live(row: Installation, package: Package, actor: Actor) -> None:
    row.state, row.live_us = State.LIVE.value, now_us()
    row.changed_us, row.changed_by = now_us(), actor.label[:200]
    row.save()
    _audit(row, "switch_on", actor, {"version": row.version, "checksum": row.checksum})
    emit(PackageInstalled(row.pk, row.slug, row.version, package.solution), tenant_id=row.tenant_id)


def _remove_judged(
    pieces: Sequence[InstalledPiece], *, is_forgotten: bool, actor: Actor
) -> list[str]:
    staying = []
    for piece in pieces:
        if piece.object_id is None:
            continue
        if piece.kind == PieceKind.RULE:
            judged.remove_rule(piece.object_id, is_forgotten=is_forgotten, actor=actor)
        elif piece.kind == PieceKind.PLAN and judged.remove_plan(piece.object_id, actor=actor):
            staying.append(piece.title)
    return staying


def _doomed(
    row: Installation, pieces: Sequence[InstalledPiece], *, keeps: bool
) -> dict[PieceKind, list[int]]:
    """Return which series and stations go; those with readings stay if they are kept."""
    found = {
        kind: [piece.object_id for piece in pieces if piece.kind == kind and piece.object_id]
        for kind in (PieceKind.SERIES, PieceKind.THING)
    }
    if not keeps:
        return found
    series = queries.series_with_readings(row)
    stays = {PieceKind.SERIES: series, PieceKind.THING: queries.things_of(row, series)}
    return {kind: [i for i in ids if i not in stays[kind]] for kind, ids in found.items()}


def _remove_measured(
    workshop: Workshop, row: Installation, doomed: Mapping[PieceKind, Sequence[int]]
) -> None:
    for kind, ids in doomed.items():
        workshop.remove(kind, ids)
    workshop.sweep(row.extras.get("sensors", ()), row.extras.get("properties", ()))


def _locked(row: Installation, state: State) -> Installation:
    locked = Installation.objects.select_for_update().filter(pk=row.pk).first()
    if locked is None or locked.state != state.value:
        raise NotADraftError if state is State.DRAFT else NotLiveError
    return locked


def _audit(row: Installation, verb: str, actor: Actor, after: Mapping[str, Any]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="package",
        object_id=row.pk,
        label=str(row.package["manifest"]["title"]),
        after=after,
        tenant_id=row.tenant_id,
    )
