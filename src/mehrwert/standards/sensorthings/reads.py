"""Which restricted series the values of an answer come from."""

from collections.abc import Iterable, Iterator

from mehrwert.observations.queries import Level, SelectResult, read_restricted

from .mapping import Row

SERIES = 10  # column of a reading that holds its series
_NOTHING: frozenset[int] = frozenset()


def restricted_in(tenant_id: int, result: SelectResult) -> frozenset[int]:
    """Return the series among the rows, also among expanded ones, whose readers are noted."""
    restricted = read_restricted(tenant_id)
    if not restricted:
        return _NOTHING
    own = result.rows if result.kind == "observation" else ()
    return frozenset(_series(own) | _below(result.levels)) & restricted.keys()


def _below(levels: Iterable[Level]) -> set[int]:
    found: set[int] = set()
    for level in levels:
        if level.kind == "observation":
            found |= _series(row for branch in level.branches.values() for row in branch.rows)
        found |= _below(level.levels)
    return found


def _series(rows: Iterable[Row] | Iterator[Row]) -> set[int]:
    return {row[SERIES] for row in rows}
