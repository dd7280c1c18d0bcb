"""The fast way: a large numeric block whose time range is still free goes in as columns."""

import numpy as np

from mehrwert.observations.rules import GAPS_FOR_INTERVAL, hour_of, summed_hours, typical_gap_us
from mehrwert.observations.stores.base import ColumnBlock

from .extras import extra_row
from .prepare import Columns
from .session import Session
from .state import State
from .types import ID_SHIFT, AllCreated, BatchOutcome, WriteContext


def append(
    session: Session,
    context: WriteContext,
    state: State,
    columns: Columns,
    feature: int | None,
) -> BatchOutcome | None:
    """Insert the block, or return None if its rows must be looked at one by one."""
    times = columns.times
    if not bool((times[1:] > times[:-1]).all()):
        return None
    first, last = int(times[0]), int(times[-1])
    is_newer = state.last_time is None or first > state.last_time
    if not is_newer:
        session.flush_rows()
        if _is_taken(session, state.datastream_id, first, last):
            return None
    block = ColumnBlock(
        state.datastream_id, times, columns.results, columns.durations, columns.qualities
    )
    block.first_seq, block.feature_id = state.next_seq, feature
    session.tx.append_block(block)
    _add_extras(session, block, columns)
    _sum_up(session, block, is_newer)
    session.journal.created_block(context, block)
    _advance(session, state, block, is_newer)
    start = (state.datastream_id << ID_SHIFT) + block.first_seq
    return BatchOutcome(range(start, start + block.n), AllCreated(block.n))


def _is_taken(session: Session, datastream_id: int, first: int, last: int) -> bool:
    return bool(
        session.tx.select(
            "SELECT 1 FROM obs_observation WHERE datastream_id=? AND time>=? AND time<=? LIMIT 1",
            (datastream_id, first, last),
        )
    )


def _add_extras(session: Session, block: ColumnBlock, columns: Columns) -> None:
    session.extras += [
        extra_row(block.datastream_id, block.first_seq + i, extra)
        for i, extra in columns.extras.items()
    ]


def _sum_up(session: Session, block: ColumnBlock, is_newer: bool) -> None:
    buckets = summed_hours(block.times, block.results, block.qualities)
    if is_newer:
        session.flush_hours()
        session.tx.merge_hours([(block.datastream_id, h, *b) for h, b in buckets.items()])
        return
    edges = {hour_of(int(block.times[0])), hour_of(int(block.times[-1]))}
    session.tx.put_hours(
        [(block.datastream_id, h, *b) for h, b in buckets.items() if h not in edges]
    )
    session.stale_hours.setdefault(block.datastream_id, set()).update(edges)


def _advance(session: Session, state: State, block: ColumnBlock, is_newer: bool) -> None:
    first, last = int(block.times[0]), int(block.times[-1])
    ends = block.times if block.durations is None else block.times + block.durations
    state.next_seq += block.n
    state.dirty = True
    state.note_end(int(ends.max()))
    if state.first_time is None or first < state.first_time:
        state.first_time = first
    if is_newer:
        state.last_time = last
        state.latest_seq = block.first_seq + block.n - 1
        state.latest_result = float(block.results[-1])
        state.latest_quality = 0 if block.qualities is None else int(block.qualities[-1])
    if is_newer and block.n > GAPS_FOR_INTERVAL:
        state.n += block.n
        state.gap_us = typical_gap_us(np.asarray(block.times[-(GAPS_FOR_INTERVAL + 1) :]).tolist())
    else:
        session.note_growth(state, block.n)
