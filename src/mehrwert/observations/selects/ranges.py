"""Counting the readings of a series in a range of time: whole hours from their buckets, exactly.

A bucket counts the numbers of its hour. Readings without a number and intervals longer than an
hour are rare and have small indexes of their own; the hours at both ends are counted row by row.
"""

from dataclasses import dataclass

from mehrwert.observations.rules import HOUR_US

from .sql.paths import parts_of
from .tree import Compare, Expression, Path, Period
from .walk import Walk

# below so many whole hours counting rows is as fast
LEAST_HOURS = 48
_NO_HOUR = 2_000_000_000
_LOWER = {"ge": 0, "gt": 1}
_UPPER = {"lt": 0, "le": 1}


@dataclass(frozen=True, slots=True)
class Range:
    """Readings that begin at ``start_us`` or later, before ``before_us``, and end by ``end_us``."""

    start_us: int | None = None
    before_us: int | None = None
    end_us: int | None = None

    def and_from(self, start_us: int) -> "Range":
        """Return the part that begins no earlier."""
        first = start_us if self.start_us is None else max(self.start_us, start_us)
        return Range(first, self.before_us, self.end_us)

    def and_to(self, before_us: int, end_us: int) -> "Range":
        """Return the part that begins before, and ends by, these times."""
        before = before_us if self.before_us is None else min(self.before_us, before_us)
        end = end_us if self.end_us is None else min(self.end_us, end_us)
        return Range(self.start_us, before, end)


def range_of(condition: Expression | None) -> Range | None:
    """Return the range that a condition is, None if it is anything else."""
    found = Range()
    for part in parts_of(condition):
        if not isinstance(part, Compare) or part.left != Path("time"):
            return None
        at = part.right
        if not isinstance(at, Period) or at.end_us is not None:
            return None
        if part.operator in _LOWER:
            found = found.and_from(at.start_us + _LOWER[part.operator])
        elif part.operator in _UPPER:
            found = found.and_to(at.start_us + _UPPER[part.operator], at.start_us)
        else:
            return None
    return found


def count_by_hours(walk: Walk, datastream_id: int, asked: Range) -> int | None:
    """Return the number of readings; None where only rows can tell, or are as fast.

    The series was found in the tenant before. One statement, hence one state of the store.
    """
    first = -_NO_HOUR if asked.start_us is None else -(-asked.start_us // HOUR_US)
    # what begins in an hour and lasts up to one more has ended by then
    last = _NO_HOUR if asked.end_us is None else asked.end_us // HOUR_US - 1
    if last - first < LEAST_HOURS or not -_NO_HOUR <= first < last <= _NO_HOUR:
        return None
    is_sqlite = walk.reader.engine == "sqlite"
    by_empty = " INDEXED BY obs_observation_empty" if is_sqlite else ""
    by_long = " INDEXED BY obs_observation_long" if is_sqlite else ""
    where = " FROM obs_observation{0} WHERE datastream_id=? AND "
    sql = (
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM obs_dirty_hours WHERE datastream_id=?"
        " AND from_hour<? AND to_hour>?)"
        f" OR EXISTS (SELECT 1{where.format(by_long)}duration > 3600000000)"
        " OR EXISTS (SELECT 1 FROM obs_thinned WHERE datastream_id=? AND raw_from_us>?)"
        " THEN NULL"
        " ELSE (SELECT coalesce(sum(n+n_bad),0) FROM obs_hour_bucket"
        " WHERE datastream_id=? AND hour>=? AND hour<?)"
        f" + (SELECT count(*){where.format(by_empty)}time>=? AND time<? AND result IS NULL)"
    )
    params: list[int] = [datastream_id, last, first, datastream_id]
    params += [datastream_id, first * HOUR_US, datastream_id, first, last]
    params += [datastream_id, first * HOUR_US, last * HOUR_US]
    if asked.start_us is not None:
        sql += f" + (SELECT count(*){where.format('')}time>=? AND time<?)"
        params += [datastream_id, asked.start_us, first * HOUR_US]
    if asked.before_us is not None and asked.end_us is not None:
        sql += (
            f" + (SELECT count(*){where.format('')}time>=? AND time<?"
            " AND (duration IS NULL OR time+duration<=?))"
        )
        params += [datastream_id, last * HOUR_US, asked.before_us, asked.end_us]
    rows = walk.reader.select(f"{sql} END", params)
    return None if rows[0][0] is None else int(rows[0][0])
