"""SQL text that both engines use."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from .base import STATE_COLUMNS, Row

# Rows per statement: few different texts, so that prepared statements are met again
CHUNKS = (512, 64, 16, 4, 1)
# up to here a statement for every number: the usual group goes in with one statement per table
WHOLE = 64

MERGE_HOURS = """ ON CONFLICT (datastream_id, hour) DO UPDATE SET
 n=b.n+excluded.n,
 sum=CASE WHEN b.n=0 THEN excluded.sum WHEN excluded.n=0 THEN b.sum ELSE b.sum+excluded.sum END,
 min=CASE WHEN b.n=0 OR excluded.min<b.min THEN excluded.min ELSE b.min END,
 max=CASE WHEN b.n=0 OR excluded.max>b.max THEN excluded.max ELSE b.max END,
 first=CASE WHEN b.n=0 THEN excluded.first ELSE b.first END,
 last=CASE WHEN excluded.n=0 THEN b.last ELSE excluded.last END,
 n_bad=b.n_bad+excluded.n_bad"""
PUT_HOURS = (
    " ON CONFLICT (datastream_id, hour) DO UPDATE SET n=excluded.n, sum=excluded.sum,"
    " min=excluded.min, max=excluded.max, first=excluded.first, last=excluded.last,"
    " n_bad=excluded.n_bad"
)
PUT_STATES = " ON CONFLICT (datastream_id) DO UPDATE SET " + ", ".join(
    f"{name}=excluded.{name}" for name in STATE_COLUMNS[1:]
)


@lru_cache(maxsize=1024)
def insert_sql(head: str, columns: tuple[str, ...], rows: int, tail: str = "") -> str:
    """Return an INSERT of so many rows; ``head`` ends with the table."""
    one = "(" + ",".join("?" * len(columns)) + ")"
    return f"{head} ({','.join(columns)}) VALUES {','.join(repeat(one, rows))}{tail}"


def chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Return few rows as they are; cut more into parts whose lengths are in ``CHUNKS``."""
    done, total = 0, len(rows)
    if total <= WHOLE:
        if total:
            yield rows
        return
    for size in CHUNKS:
        while total - done >= size:
            yield rows[done : done + size]
            done += size
