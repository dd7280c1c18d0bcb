"""What one transaction has changed so far: rows, states, hours, history, events.

Everything is collected and written in few statements at the end; only a look-up of late rows and
a large block of columns go to the store in between.
"""

from collections.abc import Iterable, Sequence

from mehrwert.observations.rules import (
    GAPS_FOR_INTERVAL,
    HOUR_US,
    Bucket,
    added,
    typical_gap_us,
)
from mehrwert.observations.stores.base import Row, Transaction

from . import hours, journal
from .extras import EXTRA_COLUMNS, EXTRA_TABLE, extra_row
from .prepare import Reading
from .state import State
from .types import ID_SHIFT, WriteContext

GAP_EVERY = 50


class Session:
    """Collects changes and writes them; ``batches`` says which way a batch goes."""

    def __init__(self, tx: Transaction, now_us: int) -> None:
        self.tx = tx
        self.now_us = now_us
        self.states: dict[int, State] = {}
        self.rows: list[Row] = []
        self.extras: list[Row] = []
        self.merged: dict[tuple[int, int], Bucket] = {}
        self.stale_hours: dict[int, set[int]] = {}
        self.stale_gaps: set[int] = set()
        self.journal = journal.Journal(tx, now_us)

    def load(self, datastream_ids: Iterable[int]) -> None:
        """Fetch and lock the states of these series."""
        wanted = sorted(set(datastream_ids) - self.states.keys())
        if wanted:
            for row in self.tx.lock_states(wanted):
                self.states[row[0]] = State(row)

    def append(
        self, context: WriteContext, state: State, reading: Reading, feature: int | None
    ) -> int:
        """Add one reading that is newer than all of its series; return its id."""
        time, duration, result, result_time, _, quality, _ = reading
        seq = self.store(context, state, reading, feature)
        if state.first_time is None:
            state.first_time = time
        state.last_time = time
        state.latest_seq, state.latest_result, state.latest_quality = seq, result, quality
        state.note_end(time + duration if duration else time)
        if result_time is not None:
            state.note_result_time(result_time)
        if result is not None:
            key = (state.datastream_id, time // HOUR_US)
            self.merged[key] = added(self.merged.get(key), result, quality)
        self.note_growth(state, 1)
        return (state.datastream_id << ID_SHIFT) + seq

    def append_run(
        self,
        context: WriteContext,
        state: State,
        readings: Sequence[Reading],
        feature: int | None,
    ) -> list[int]:
        """Add plain readings, each newer than the one before it; return their ids."""
        series, seq, n = state.datastream_id, state.next_seq, len(readings)
        self.rows += [
            (series, time, seq + i, result, duration, result_time, feature, quality)
            for i, (time, duration, result, result_time, _, quality, _) in enumerate(readings)
        ]
        merged = self.merged
        for time, duration, result, result_time, _, quality, _ in readings:
            state.note_end(time + duration if duration else time)
            if result_time is not None:
                state.note_result_time(result_time)
            if result is not None:
                key = (series, time // HOUR_US)
                merged[key] = added(merged.get(key), result, quality)
        first, last = readings[0], readings[-1]
        if state.first_time is None:
            state.first_time = first[0]
        state.last_time, state.next_seq, state.dirty = last[0], seq + n, True
        state.latest_seq, state.latest_result, state.latest_quality = seq + n - 1, last[2], last[5]
        self.note_growth(state, n)
        self.journal.created_run(context, series, seq, readings)
        start = (series << ID_SHIFT) + seq
        return list(range(start, start + n))

    def store(
        self, context: WriteContext, state: State, reading: Reading, feature: int | None
    ) -> int:
        """Queue one row for insertion and tell of it; return its seq."""
        time, duration, result, result_time, own_feature, quality, extra = reading
        seq = state.next_seq
        state.next_seq = seq + 1
        state.dirty = True
        about = feature if own_feature is None else own_feature
        self.rows.append(
            (state.datastream_id, time, seq, result, duration, result_time, about, quality)
        )
        if extra is not None:
            self.extras.append(extra_row(state.datastream_id, seq, extra))
        self.journal.created(context, state.datastream_id, time, seq, result, quality)
        return seq

    def note_growth(self, state: State, n: int) -> None:
        """Count new rows; now and then learn the usual gap anew."""
        before = state.n
        state.n = before + n
        is_due = state.gap_us is None or before // GAP_EVERY != state.n // GAP_EVERY
        if is_due and state.n > 3:
            self.stale_gaps.add(state.datastream_id)

    def note_stale_hour(self, datastream_id: int, time_us: int) -> None:
        """Remember that the hour of a late, changed or deleted row must be recomputed."""
        self.stale_hours.setdefault(datastream_id, set()).add(time_us // HOUR_US)

    def flush_rows(self) -> None:
        """Insert what is queued, so that look-ups see it."""
        if self.rows:
            self.tx.append_rows(self.rows)
            self.rows = []
        if self.extras:
            self.tx.insert_many(EXTRA_TABLE, EXTRA_COLUMNS, self.extras)
            self.extras = []

    def flush_hours(self) -> None:
        """Write the buckets that only grew."""
        if self.merged:
            self.tx.merge_hours([(*key, *bucket) for key, bucket in self.merged.items()])
            self.merged = {}

    def finish(self) -> None:
        """Write everything that is left. The transaction is then ready to commit."""
        self.flush_rows()
        self.flush_hours()
        for datastream_id, stale in self.stale_hours.items():
            hours.recompute(self.tx, self.states[datastream_id], stale)
        self.stale_hours = {}
        if self.stale_gaps:
            self._learn_gaps(sorted(self.stale_gaps))
        self.stale_gaps = set()
        changed = [state for state in self.states.values() if state.dirty]
        if changed:
            self.tx.put_states([state.row() for state in changed])
            for state in changed:
                state.dirty = False
        self.journal.finish()

    def _learn_gaps(self, datastream_ids: list[int]) -> None:
        times: dict[int, list[int]] = {datastream_id: [] for datastream_id in datastream_ids}
        for datastream_id, time in self.tx.newest_times(datastream_ids, GAPS_FOR_INTERVAL + 1):
            times[datastream_id].append(time)
        for datastream_id, found in times.items():
            state = self.states[datastream_id]
            state.gap_us = typical_gap_us(found)
            state.dirty = True
