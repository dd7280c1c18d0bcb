"""Counting the readings of series in a range of time: whole hours from their buckets, exactly.

A bucket counts the numbers of its hour. Readings without a number and intervals longer than an
hour are rare and have small indexes of their own; the hours at both ends are counted row by row.
"""

from mehrwert.observations.rules import HOUR_US

from .sql.spans import Range
from .sql.statements import parents
from .walk import Walk

# below so many whole hours counting rows is as fast
LEAST_HOURS = 48
_NO_HOUR = 2_000_000_000


def count_by_hours(walk: Walk, datastream_ids: list[int], asked: Range) -> dict[int, int | None]:
    """Return the number of readings of each series; None where only rows can tell, or are as fast.

    The series were found in the tenant before. One statement, hence one state of the store.
    """
    first = -_NO_HOUR if asked.start_us is None else -(-asked.start_us // HOUR_US)
    # what begins in an hour and lasts up to one more has ended by then
    last = _NO_HOUR if asked.end_us is None else asked.end_us // HOUR_US - 1
    if last - first < LEAST_HOURS or not -_NO_HOUR <= first < last <= _NO_HOUR:
        return dict.fromkeys(datastream_ids)
    is_sqlite = walk.reader.engine == "sqlite"
    by_empty = " INDEXED BY obs_observation_empty" if is_sqlite else ""
    by_long = " INDEXED BY obs_observation_long" if is_sqlite else ""
    where = " FROM obs_observation{0} WHERE datastream_id=p.value AND "
    sql = (
        "SELECT p.value, CASE WHEN EXISTS (SELECT 1 FROM obs_dirty_hours"
        " WHERE datastream_id=p.value AND from_hour<? AND to_hour>?)"
        f" OR EXISTS (SELECT 1{where.format(by_long)}duration > 3600000000)"
        " OR EXISTS (SELECT 1 FROM obs_thinned WHERE datastream_id=p.value AND raw_from_us>?)"
        " THEN NULL"
        " ELSE (SELECT coalesce(sum(n+n_bad),0) FROM obs_hour_bucket"
        " WHERE datastream_id=p.value AND hour>=? AND hour<?)"
        f" + (SELECT count(*){where.format(by_empty)}time>=? AND time<? AND result IS NULL)"
    )
    params: list[int] = [last, first, first * HOUR_US, first, last]
    params += [first * HOUR_US, last * HOUR_US]
    if asked.start_us is not None:
        sql += f" + (SELECT count(*){where.format('')}time>=? AND time<?)"
        params += [asked.start_us, first * HOUR_US]
    if asked.before_us is not None and asked.end_us is not None:
        sql += (
            f" + (SELECT count(*){where.format('')}time>=? AND time<?"
            " AND (duration IS NULL OR time+duration<=?))"
        )
        params += [last * HOUR_US, asked.before_us, asked.end_us]
    given = parents(walk.scope("observation"), datastream_ids)
    rows = walk.reader.select(f"{sql} END FROM {given.sql}", (*params, *given.params))
    return {int(row[0]): None if row[1] is None else int(row[1]) for row in rows}
