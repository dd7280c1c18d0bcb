"""Runs a tree: walks the path with checked links, then reads the entity or one page of the set."""

from dataclasses import dataclass
from typing import Any

from mehrwert.observations.stores import get_store
from mehrwert.observations.stores.base import Reader, Row, Store

from .compile import (
    MAX_ID,
    Statement,
    guard,
    identify,
    key_of,
    relate,
    select_one,
    select_page,
)
from .errors import UnknownPathError
from .model import COLUMNS, OBSERVATION_ID, RELATIONS
from .tree import Limits, Select, Step


@dataclass(frozen=True, slots=True)
class SelectResult:
    """Rows in order of ``COLUMNS[kind]``; one row and ``is_set`` False for an entity."""

    kind: str
    is_set: bool
    rows: list[Row]
    count: int | None = None
    next_key: tuple[Any, ...] | None = None


@dataclass(slots=True)
class _Walk:
    reader: Reader
    tenant_id: int
    limits: Limits

    def follow(self, before: Step | None, parent: int, step: Step) -> int:
        """Return the id of the entity that a step leads to.

        Raises:
            UnknownPathError: It does not exist, or is not linked to the one before.
        """
        statement = self.at(before, parent, step)
        key = OBSERVATION_ID if step.kind == "observation" else "e.id"
        rows = self.reader.select(select_one(step.kind, statement, (key,)), statement.params)
        if not rows:
            raise UnknownPathError
        return int(rows[0][0])

    def at(self, before: Step | None, parent: int, step: Step) -> Statement:
        """Return the conditions of the rows that a step leads to."""
        statement = Statement()
        guard(statement, step.kind, self.tenant_id, self.limits)
        row_id = step.id
        if before is not None and step.relation is not None:
            relation = RELATIONS[before.kind][step.relation]
            if relation.own:
                row_id = self._linked(before, parent, relation.own, row_id)
            else:
                relate(statement, self.tenant_id, relation, parent)
        if row_id is not None:
            if not 0 < row_id < MAX_ID:
                raise UnknownPathError
            if step.kind == "observation":
                row_id = self._place_of(row_id)
            identify(statement, step.kind, row_id)
        return statement

    def _linked(self, before: Step, parent: int, column: str, wanted: int | None) -> int:
        """Return the id that a link to one holds."""
        statement = Statement()
        guard(statement, before.kind, self.tenant_id, self.limits)
        place = self._place_of(parent) if before.kind == "observation" else parent
        identify(statement, before.kind, place)
        rows = self.reader.select(
            select_one(before.kind, statement, (f"e.{column}",)), statement.params
        )
        found = rows[0][0] if rows else None
        if found is None or (wanted is not None and wanted != found):
            raise UnknownPathError
        return int(found)

    def _place_of(self, observation_id: int) -> int:
        """Return where a reading lies now; it may have moved to another series since."""
        moved = self.reader.select(
            "SELECT datastream_id, seq FROM obs_moved_observation WHERE id=?", (observation_id,)
        )
        if moved:
            return (int(moved[0][0]) << 32) + int(moved[0][1])
        if observation_id & (2**32 - 1) >= 2**31 or observation_id >> 32 >= 2**31:
            raise UnknownPathError
        return observation_id


def run_select(select: Select, store: Store | None = None) -> SelectResult:
    """Read what the tree asks for, in this store or the one in use.

    Raises:
        UnknownPathError: Something along the path does not exist in the tenant.
    """
    with (store or get_store()).reader() as reader:
        walk = _Walk(reader, select.tenant_id, select.limits)
        before, parent = _walk_to_last(walk, select.path)
        last = select.path[-1]
        if _is_set(before, last):
            return _page(walk, select, before, parent)
        statement = walk.at(before, parent, last)
        rows = reader.select(select_one(last.kind, statement, COLUMNS[last.kind]), statement.params)
        if not rows:
            raise UnknownPathError
        return SelectResult(last.kind, False, rows)


def exists(tenant_id: int, limits: Limits, path: tuple[Step, ...]) -> bool:
    """Say whether the entity at the end of a path is there."""
    try:
        run_select(Select(tenant_id, path, limits))
    except UnknownPathError:
        return False
    return True


def _walk_to_last(walk: _Walk, path: tuple[Step, ...]) -> tuple[Step | None, int]:
    before: Step | None = None
    parent = 0
    for step in path[:-1]:
        parent = walk.follow(before, parent, step)
        before = step
    return before, parent


def _is_set(before: Step | None, last: Step) -> bool:
    if last.id is not None:
        return False
    if before is None or last.relation is None:
        return True
    return RELATIONS[before.kind][last.relation].many


def _page(walk: _Walk, select: Select, before: Step | None, parent: int) -> SelectResult:
    last = select.path[-1]
    in_series = last.kind == "observation" and before is not None and before.kind == "datastream"
    statement = walk.at(before, parent, last)
    count = _count(walk, last, before, parent) if select.count else None
    rows = walk.reader.select(
        select_page(select, statement, last.kind, in_series), statement.params
    )
    next_key = None
    if len(rows) > select.top:
        rows = rows[: select.top]
        if rows:
            next_key = key_of(last.kind, select.order, in_series, rows[-1])
    return SelectResult(last.kind, True, rows, count, next_key)


def _count(walk: _Walk, last: Step, before: Step | None, parent: int) -> int:
    """Count a set; readings are counted from the states of their series."""
    statement = Statement()
    if last.kind == "observation" and (before is None or before.kind == "datastream"):
        guard(statement, "datastream", walk.tenant_id, walk.limits)
        if before is not None:
            identify(statement, "datastream", parent)
        columns: tuple[str, ...] = ("coalesce(sum(s.n), 0)",)
        sql = select_one("datastream", statement, columns)
    else:
        statement = walk.at(before, parent, last)
        sql = select_one(last.kind, statement, ("count(*)",))
    return int(walk.reader.select(sql, statement.params)[0][0])
