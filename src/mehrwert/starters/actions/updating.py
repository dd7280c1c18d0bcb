"""Another version of a running package, and back to the one before."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.observations.actions import WriteContext, transact
from mehrwert.starters import queries
from mehrwert.starters.actions import judged
from mehrwert.starters.actions.installing import DOOR, plan_input, write_piece
from mehrwert.starters.actions.measured import Made, Workshop
from mehrwert.starters.choices import PieceKind, State, Step
from mehrwert.starters.errors import NoNewVersionError, NothingToRollBackError, NotLiveError
from mehrwert.starters.format.model import Package, from_json
from mehrwert.starters.models import Installation, InstalledPiece
from mehrwert.starters.rules import Change, Piece, settle

MEASURED = frozenset({PieceKind.THING, PieceKind.SERIES})


def update_package(
    row: Installation, package: Package, *, overwrite: Collection[str] = (), actor: Actor
) -> Installation:
    """Take another version; what somebody changed here wins unless its key is in ``overwrite``.

    Series with readings that the new version does not know stay; they are no longer the package's.

    Raises:
        NotLiveError: It is a draft.
        NoNewVersionError: Exactly this version runs.
        ParameterError: The new version asks for something its defaults do not answer.
    """
    if row.checksum == package.checksum:
        raise NoNewVersionError
    known = package.manifest["parameters"]["properties"]
    kept = {name: value for name, value in row.parameters.items() if name in known}
    parameters = settle(package, kept)
    previous = {"package": row.package, "parameters": row.parameters}
    return _change(row, package, parameters, previous, overwrite, actor)


def roll_back(row: Installation, *, actor: Actor) -> Installation:
    """Go back to the version before the last update; local changes win again.

    Raises:
        NothingToRollBackError: There was no update.
    """
    if row.previous is None:
        raise NothingToRollBackError
    package = from_json(row.previous["package"])
    return _change(row, package, row.previous["parameters"], None, (), actor)


def _change(
    row: Installation,
    package: Package,
    parameters: Mapping[str, Any],
    previous: Mapping[str, Any] | None,
    overwrite: Collection[str],
    actor: Actor,
) -> Installation:
    with transaction.atomic():
        row = Installation.objects.select_for_update().get(pk=row.pk)
        if row.state != State.LIVE.value:
            raise NotLiveError
        before = row.version
        row.parameters = dict(parameters)
        wanted = {piece.key: piece for piece in queries.wanted_pieces(row, package)}
        changes = queries.changes_to(row, package, overwrite=overwrite)
        rows = {piece.key: piece for piece in row.pieces.all()}
        row.package, row.previous = package.to_json(), previous
        row.version, row.checksum = package.version, package.checksum
        row.changed_us, row.changed_by = now_us(), actor.label[:200]
        made = _measured(row, changes, wanted, rows, actor)
        row.extras = {
            "sensors": [*row.extras.get("sensors", ()), *made.sensors],
            "properties": [*row.extras.get("properties", ()), *made.properties],
        }
        row.save()
        _Rest(row, package, rows, made, actor).apply(changes, wanted)
        record_audit(
            actor=actor,
            verb="update",
            kind="package",
            object_id=row.pk,
            label=package.title,
            before={"version": before},
            after={"version": row.version, "checksum": row.checksum},
            tenant_id=row.tenant_id,
        )
    return row


def _measured(
    row: Installation,
    changes: Sequence[Change],
    wanted: Mapping[str, Piece],
    rows: Mapping[str, InstalledPiece],
    actor: Actor,
) -> Made:
    """Do what concerns stations and series, as one transaction of their store."""
    kept = queries.series_with_readings(row)
    stays = {PieceKind.SERIES: kept, PieceKind.THING: queries.things_of(row, kept)}
    made = Made(ids={key: piece.object_id for key, piece in rows.items() if piece.object_id})
    context = WriteContext(row.tenant_id, DOOR, actor)

    def work(tx: Any) -> None:
        workshop = Workshop(tx, context, row.slug)
        for change in (change for change in changes if change.kind in MEASURED):
            there = rows.get(change.key)
            object_id = there.object_id if there else None
            if change.step is Step.CREATE:
                workshop.make([wanted[change.key]], made)
            elif object_id and change.step is Step.CHANGE:
                workshop.change(change.kind, object_id, change.values, made)
            elif object_id and change.step is Step.REMOVE and object_id not in stays[change.kind]:
                workshop.remove(change.kind, [object_id])

    transact(work)
    return made


class _Rest:
    """Does what concerns rules, plan and what lives in this room, and remembers all pieces."""

    def __init__(
        self,
        row: Installation,
        package: Package,
        rows: Mapping[str, InstalledPiece],
        made: Made,
        actor: Actor,
    ) -> None:
        self._row, self._package, self._rows = row, package, rows
        self._made, self._actor = made, actor

    def apply(self, changes: Sequence[Change], wanted: Mapping[str, Piece]) -> None:
        """Do every change in its order."""
        for change in changes:
            if change.step is Step.CREATE:
                piece = wanted[change.key]
                write_piece(self._row, self._package, piece, self._made.ids, self._actor)
            elif change.step is Step.REMOVE:
                self._remove(self._rows[change.key])
            else:
                self._keep(self._rows[change.key], change, wanted[change.key])

    def _remove(self, piece: InstalledPiece) -> None:
        if piece.object_id and piece.kind == PieceKind.RULE:
            judged.remove_rule(piece.object_id, is_forgotten=False, actor=self._actor)
        elif piece.object_id and piece.kind == PieceKind.PLAN:
            judged.remove_plan(piece.object_id, actor=self._actor)
        piece.delete()

    def _keep(self, piece: InstalledPiece, change: Change, wanted: Piece) -> None:
        if change.step is Step.CHANGE and piece.object_id:
            if change.kind is PieceKind.RULE:
                judged.change_rule(piece.object_id, change.values, actor=self._actor)
            elif change.kind is PieceKind.PLAN:
                settled = Piece(wanted.kind, wanted.key, wanted.title, change.values, wanted.links)
                given = plan_input(self._package, settled, self._made.ids)
                judged.change_plan(piece.object_id, self._row, given, actor=self._actor)
        piece.title, piece.made = wanted.title[:300], dict(wanted.values)
        piece.values = dict(change.values)
        piece.save(update_fields=["title", "made", "values"])
