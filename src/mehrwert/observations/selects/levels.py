"""Related rows, level by level: one statement per expanded relation, however many parents."""

from mehrwert.observations.stores.base import Row

from .model import COLUMNS, RELATIONS, Relation
from .result import Branch, Level
from .sql.statements import (
    count_in_states,
    count_related,
    is_latest,
    own_columns,
    row_columns,
    select_by_ids,
    select_latest,
    select_related,
)
from .tree import Expand
from .walk import Walk

# so many related rows a level may hold; each parent gets its share, and a link to the rest
MAX_ROWS = 100_000


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
    wanted = Expand(
        expand.relation, top, expand.skip, False, expand.filter, expand.order, expand.expand
    )
    in_series = relation.target == "observation" and relation.theirs == "datastream_id"
    if in_series and is_latest(wanted):
        _add_latest(walk, ids, wanted, branches)
    elif top:
        scope = walk.scope(relation.target)
        asked, n_keys = select_related(scope, relation, ids, wanted, in_series=in_series)
        for parent, *row in walk.reader.select(asked.sql, asked.params):
            _add(branches[parent], tuple(row), top, n_keys)
    if expand.count:
        for parent, n in _counts(walk, relation, ids, expand):
            branches[parent].count = n
    return branches


def _add_latest(walk: Walk, ids: list[int], expand: Expand, branches: dict[int, Branch]) -> None:
    asked = select_latest(walk.scope("observation"), ids, expand)
    for series, n, *row in walk.reader.select(asked.sql, asked.params):
        branch = branches[series]
        branch.rows.append(tuple(row))
        if n > 1:
            branch.next_key = tuple(row[-2:])


def _add(branch: Branch, row: Row, top: int, n_keys: int) -> None:
    """Keep a row, or note that there is one more than wanted."""
    if len(branch.rows) < top:
        branch.rows.append(row)
    else:
        branch.next_key = branch.rows[-1][-n_keys:]


def _counts(walk: Walk, relation: Relation, ids: list[int], expand: Expand) -> list[Row]:
    """Count related rows; readings of a series are counted already."""
    if relation.theirs == "datastream_id" and expand.filter is None:
        asked = count_in_states(walk.scope("datastream"), ids)
        return walk.reader.select(asked.sql, asked.params)
    asked = count_related(walk.scope(relation.target), relation, ids, expand)
    return walk.reader.select(asked.sql, asked.params)
