"""What installing, updating or rolling back would do: three versions of each piece, compared."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mehrwert.starters.choices import PieceKind, Step
from mehrwert.starters.rules.pieces import Piece


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: as the package made it, as it stands now, as the new package wants it."""

    name: str
    old: Any
    now: Any
    new: Any

    @property
    def is_conflict(self) -> bool:
        """Say whether both the package and somebody here changed it, differently."""
        return self.now != self.old and self.new not in (self.old, self.now)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one piece; ``values`` is how it stands afterwards."""

    step: Step
    kind: PieceKind
    key: str
    title: str
    values: Mapping[str, Any]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece that is there: as the package made it, and as it stands now (None = deleted)."""

    kind: PieceKind
    key: str
    title: str
    made: Mapping[str, Any]
    now: Mapping[str, Any] | None


def diff(
    wanted: Sequence[Piece],
    standing: Sequence[Standing] = (),
    *,
    overwrite: Collection[str] = (),
) -> list[Change]:
    """Return what happens to every piece, in the order in which it is done.

    What somebody changed here wins, unless the key of the piece is in ``overwrite``. A piece that
    somebody deleted here stays deleted.

    Args:
        wanted: Pieces of the new package.
        standing: What an installation has made so far; nothing for a first one.
        overwrite: Keys of pieces whose local changes are given up.
    """
    there = {piece.key: piece for piece in standing}
    changes = [
        _compare(piece, there.get(piece.key), is_overwritten=piece.key in overwrite)
        for piece in wanted
    ]
    kept = {piece.key for piece in wanted}
    gone = [
        Change(Step.REMOVE, piece.kind, piece.key, piece.title, piece.made)
        for piece in reversed(standing)
        if piece.key not in kept
    ]
    return [*gone, *changes]


def _compare(piece: Piece, there: Standing | None, *, is_overwritten: bool) -> Change:
    def result(step: Step, values: Mapping[str, Any], *fields: FieldChange) -> Change:
        return Change(step, piece.kind, piece.key, piece.title, values, fields)

    if there is None:
        return result(Step.CREATE, piece.values)
    if there.now is None:
        return result(Step.LEAVE, there.made)
    names = {*piece.values, *there.made}
    found = [
        FieldChange(name, there.made.get(name), there.now.get(name), piece.values.get(name))
        for name in sorted(names)
    ]
    differing = tuple(field for field in found if field.new != field.now)
    taken = [field for field in differing if is_overwritten or field.now == field.old]
    new = {field.name: field.new for field in taken if field.name in piece.values}
    values = {**piece.values, **there.now, **new}
    if taken:
        return result(Step.CHANGE, values, *differing)
    local = [field for field in differing if field.now != field.old]
    return result(Step.KEEP_LOCAL if local else Step.LEAVE, values, *differing)
