"""What comes back: rows, and with them the related rows that were asked for."""

from dataclasses import dataclass, field

from mehrwert.observations.stores.base import Row

from .tree import Expand, KeyPart


@dataclass(slots=True)
class Branch:
    """The related rows of one parent."""

    rows: list[Row] = field(default_factory=list)
    count: int | None = None
    next_key: tuple[KeyPart, ...] | None = None


@dataclass(slots=True)
class Level:
    """One expanded relation of all rows of a level.

    Args:
        branches: By id of the parent; of a relation to one by id of the child.
        position: Of a relation to one, where the child's id stands in the parent's row.
    """

    expand: Expand
    kind: str
    position: int | None
    branches: dict[int, Branch]
    levels: "tuple[Level, ...]" = ()

    def branch_of(self, row: Row) -> Branch | None:
        """Return what belongs to a row of the level above."""
        key = row[0 if self.position is None else self.position]
        return self.branches.get(key)


@dataclass(frozen=True, slots=True)
class SelectResult:
    """Rows in order of ``COLUMNS[kind]`` (more columns may follow); one row for an entity."""

    kind: str
    is_set: bool
    rows: list[Row]
    count: int | None = None
    is_count_estimated: bool = False
    next_key: tuple[KeyPart, ...] | None = None
    levels: tuple[Level, ...] = ()
