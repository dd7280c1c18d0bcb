"""Related rows, level by level: one statement per expanded relation, however many parents."""

from dataclasses import replace
from operator import itemgetter

from mehrwert.observations.stores.base import Row

from .model import COLUMNS, RELATIONS, Relation
from .result import Branch, Level
from .sql.related import (
    count_in_states,
    count_related,
    is_latest,
    select_all,
    select_latest,
    select_related,
)
from .sql.statements import own_columns, row_columns, select_by_ids
from .tree import Expand
from .walk import Walk

# so many related rows a level may hold; each parent gets its share, and a link to the rest
MAX_ROWS = 100_000
# up to so many related metadata are read whole and shared out here
MANY = 5_000
_ID = itemgetter(0)
_SERIES = COLUMNS["observation"].index("e.datastream_id")


def read_levels(
    walk: Walk, kind: str, rows: list[Row], expands: tuple[Expand, ...]
) -> tuple[Level, ...]:
    """Read what is expanded below rows of a kind."""
    own = own_columns(kind, expands)
    return tuple(_read_level(walk, kind, rows, expand, own) for expand in expands)


def _read_level(walk: Walk, kind: str, rows: list[Row], expand: Expand, own: list[str]) -> Level:
    relation = RELATIONS[kind][expand.relation]
    position = None
    if relation.own:
        position = len(COLUMNS[kind]) + own.index(f"e.{relation.own}")
    ids = list(dict.fromkeys(row[position or 0] for row in rows))
    ids = [i for i in ids if i is not None]
    read = _to_one if relation.own else _to_many
    branches = read(walk, relation, ids, expand) if ids else {}
    inner = {row[0]: row for branch in branches.values() for row in branch.rows}
    levels = read_levels(walk, relation.target, list(inner.values()), expand.expand)
    return Level(expand, relation.target, position, branches, levels)


def _to_one(walk: Walk, relation: Relation, ids: list[int], expand: Expand) -> dict[int, Branch]:
    columns = row_columns(relation.target, expand.expand)
    asked = select_by_ids(walk.scope(relation.target), columns, ids, expand)
    rows = walk.reader.select(asked.sql, asked.params)
    return {row[0]: Branch([row]) for row in rows}


def _to_many(walk: Walk, relation: Relation, ids: list[int], expand: Expand) -> dict[int, Branch]:
    top = min(expand.top, max(1, MAX_ROWS // len(ids))) if expand.top else 0
    branches = {i: Branch() for i in ids}
    wanted = replace(expand, top=top, count=False)
    in_series = relation.target == "observation" and relation.theirs == "datastream_id"
    if in_series and is_latest(wanted):
        _add_latest(walk, ids, wanted, branches)
    elif top:
        _add_first(walk, relation, ids, wanted, branches)
    if expand.count:
        for parent, n in _counts(walk, relation, ids, expand):
            branches[parent].count = n
    return branches


def _add_latest(walk: Walk, ids: list[int], expand: Expand, branches: dict[int, Branch]) -> None:
    asked = select_latest(walk.scope("observation"), ids, expand)
    for row in walk.reader.select(asked.sql, asked.params):
        branch = branches[row[_SERIES]]
        branch.rows.append(row)
        if row[-1] > 1:
            branch.next_key = row[-3:-1]


def _add_first(
    walk: Walk, relation: Relation, ids: list[int], wanted: Expand, branches: dict[int, Branch]
) -> None:
    """Add the first rows of each parent: metadata by one join, unless there are too many."""
    skip = wanted.skip
    found = _all_metadata(walk, relation, ids, wanted)
    if found is None:
        scope = walk.scope(relation.target)
        in_series = relation.theirs == "datastream_id"
        asked, n_keys = select_related(scope, relation, ids, wanted, in_series=in_series)
        found, skip = (walk.reader.select(asked.sql, asked.params), n_keys), 0
    rows, n_keys = found
    for row in rows:
        branches[row[-1]].rows.append(row)
    for branch in branches.values():
        if skip or len(branch.rows) > wanted.top:
            branch.rows, more = branch.rows[skip : skip + wanted.top], len(branch.rows) - skip
            if more > wanted.top:
                branch.next_key = branch.rows[-1][-1 - n_keys : -1]


def _all_metadata(
    walk: Walk, relation: Relation, ids: list[int], wanted: Expand
) -> tuple[list[Row], int] | None:
    """Return all related metadata in order; None if these are readings or too many."""
    most = min(MANY, len(ids) * (wanted.skip + wanted.top + 1))
    if relation.target == "observation":
        return None
    asked, n_keys = select_all(walk.scope(relation.target), relation, ids, wanted, most + 1)
    rows = walk.reader.select(asked.sql, asked.params)
    if len(rows) > most:
        return None
    if not wanted.order:
        rows.sort(key=_ID)
    return rows, n_keys


def _counts(walk: Walk, relation: Relation, ids: list[int], expand: Expand) -> list[Row]:
    """Count related rows; readings of a series are counted already."""
    if relation.theirs == "datastream_id" and expand.filter is None:
        asked = count_in_states(walk.scope("datastream"), ids)
        return walk.reader.select(asked.sql, asked.params)
    asked = count_related(walk.scope(relation.target), relation, ids, expand)
    return walk.reader.select(asked.sql, asked.params)
