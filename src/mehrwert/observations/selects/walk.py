"""The way along a path: every step must exist in the tenant and be linked to the one before."""

from dataclasses import dataclass

from mehrwert.observations.stores.base import Reader

from .errors import UnknownPathError
from .model import OBSERVATION_ID, RELATIONS
from .pages import entity_of
from .sql.dialect import Dialect, dialect_of
from .sql.fragment import Fragment
from .sql.guard import Guard
from .sql.scope import Scope
from .sql.statements import link_to, select_where
from .tree import Step

ID_SHIFT = 32
MAX_ID = 2**53


@dataclass(slots=True)
class Walk:
    """Follows a path in one tenant."""

    reader: Reader
    guard: Guard

    @property
    def dialect(self) -> Dialect:
        """Return the words of the engine."""
        return dialect_of(self.reader.engine)

    def scope(self, kind: str) -> Scope:
        """Return the scope of a new statement."""
        return Scope.of(self.guard, self.dialect, kind)

    def to_last(self, path: tuple[Step, ...]) -> tuple[Step | None, int]:
        """Return the last but one step and the id of what stands there.

        Raises:
            UnknownPathError: Something before the last step is not there.
        """
        before: Step | None = None
        parent = 0
        for step in path[:-1]:
            parent = self._follow(before, parent, step)
            before = step
        return before, parent

    def _follow(self, before: Step | None, parent: int, step: Step) -> int:
        is_reading = step.kind == "observation"
        if before is None and step.id is not None and not is_reading:
            return self._find(step.kind, step.id)
        where = self.at(before, parent, step)
        scope = self.scope(step.kind)
        key = OBSERVATION_ID if is_reading else "e.id"
        key = scope.column("e", step.kind, key)
        found = select_where(scope, Fragment(key), where)
        rows = self.reader.select(found.sql, found.params)
        if not rows:
            raise UnknownPathError
        return int(rows[0][0])

    def _find(self, kind: str, row_id: int) -> int:
        """Return the id of an entity that is there.

        Raises:
            UnknownPathError: It is not.
        """
        if not 0 < row_id < MAX_ID:
            raise UnknownPathError
        asked = entity_of(self.reader.engine, self.guard, kind)
        if not self.reader.select(asked.sql, asked.filled(row_id)):
            raise UnknownPathError
        return row_id

    def at(self, before: Step | None, parent: int, step: Step) -> list[Fragment]:
        """Return the conditions of the rows that a step leads to.

        Raises:
            UnknownPathError: A link to one leads nowhere, or elsewhere.
        """
        where: list[Fragment] = []
        row_id = step.id
        if before is not None and step.relation is not None:
            relation = RELATIONS[before.kind][step.relation]
            if relation.own:
                row_id = self._linked(before, parent, relation.own, row_id)
            else:
                scope = self.scope(step.kind)
                where.append(link_to(scope, relation, Fragment("?", (parent,))))
        if row_id is not None:
            where.append(self.identify(step.kind, row_id))
        return where

    def identify(self, kind: str, row_id: int) -> Fragment:
        """Return the condition of one row.

        Raises:
            UnknownPathError: No id of this kind.
        """
        if not 0 < row_id < MAX_ID:
            raise UnknownPathError
        if kind != "observation":
            return Fragment("e.id=?", (row_id,))
        series, seq = self._place_of(row_id)
        return Fragment("e.datastream_id=? AND e.seq=?", (series, seq))

    def _linked(self, before: Step, parent: int, column: str, wanted: int | None) -> int:
        """Return the id that a link to one holds."""
        scope = self.scope(before.kind)
        where = [self.identify(before.kind, parent)]
        asked = select_where(scope, Fragment(f"e.{column}"), where)
        rows = self.reader.select(asked.sql, asked.params)
        found = rows[0][0] if rows else None
        if found is None or (wanted is not None and wanted != found):
            raise UnknownPathError
        return int(found)

    def _place_of(self, observation_id: int) -> tuple[int, int]:
        """Return where a reading lies now; it may have moved to another series since."""
        moved = self.reader.select(
            "SELECT datastream_id, seq FROM obs_moved_observation WHERE id=?", (observation_id,)
        )
        if moved:
            return int(moved[0][0]), int(moved[0][1])
        series, seq = observation_id >> ID_SHIFT, observation_id & (2**ID_SHIFT - 1)
        if series >= 2**31 or seq >= 2**31:
            raise UnknownPathError
        return series, seq
