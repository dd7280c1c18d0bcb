"""The careful way: readings in any order, with repetitions and corrections."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec

from mehrwert.observations.choices import DuplicatePolicy, RowStatus
from mehrwert.observations.stores.base import Row

from . import features
from .changes import replace_result
from .prepare import Prepared, Reading
from .session import Session
from .state import State
from .types import ID_SHIFT, AllCreated, BatchOutcome, WriteContext

# positions in OBSERVATION_COLUMNS
_SEQ, _RESULT, _DURATION, _RESULT_TIME, _FEATURE = 2, 3, 4, 5, 6


@dataclass(slots=True)
class Work:
    """One batch being written row by row."""

    context: WriteContext
    state: State
    readings: Sequence[Reading]
    feature: int | None
    batch: Prepared
    ids: list[int | None] = field(default_factory=list)
    statuses: list[RowStatus] = field(default_factory=list)


def record(session: Session, work: Work) -> BatchOutcome:
    """Write each reading: newer ones at once, others after a look at what is there."""
    n = len(work.readings)
    if is_run(work):
        ids = session.append_run(work.context, work.state, work.readings, work.feature)
        return BatchOutcome(ids, AllCreated(n))
    work.ids = [None] * n
    work.statuses = [RowStatus.CREATED] * n
    refused = _refused(session, work) if work.batch.explicit_features else {}
    late: list[int] = []
    state, append, readings = work.state, session.append, work.readings
    for i in _in_order(readings):
        if i in refused:
            work.statuses[i] = refused[i]
        elif state.last_time is None or readings[i][0] > state.last_time:
            work.ids[i] = append(work.context, state, readings[i], work.feature)
        else:
            late.append(i)
    if late:
        _record_late(session, work, late)
    return BatchOutcome(work.ids, work.statuses)


def is_run(work: Work) -> bool:
    """Say whether each reading is newer than the one before, and plain: about the usual place."""
    if work.batch.explicit_features:
        return False
    last = work.state.last_time
    for reading in work.readings:
        if (last is not None and reading[0] <= last) or reading[6] is not None:
            return False
        last = reading[0]
    return bool(work.readings)


def _in_order(readings: Sequence[Reading]) -> Sequence[int]:
    if all(a[0] <= b[0] for a, b in pairwise(readings)):
        return range(len(readings))
    return sorted(range(len(readings)), key=lambda i: readings[i][0])


def _refused(session: Session, work: Work) -> dict[int, RowStatus]:
    """Return the rows that name a feature we do not have, or none where one is needed."""
    asked = {r[4] for r in work.readings if r[4] is not None}
    known = features.known_features(session.tx, work.state, asked)
    refused = {}
    for i, reading in enumerate(work.readings):
        if reading[4] is None:
            if work.feature is None and work.batch.feature_required:
                refused[i] = RowStatus.NO_LOCATION
        elif reading[4] not in known:
            refused[i] = RowStatus.UNKNOWN_FEATURE
    return refused


def _record_late(session: Session, work: Work, late: list[int]) -> None:
    session.flush_rows()
    state = work.state
    there: dict[int, list[Row]] = {}
    for row in session.tx.find_times(
        state.datastream_id, sorted({work.readings[i][0] for i in late})
    ):
        there.setdefault(row[1], []).append(row)
    for i in late:
        reading = work.readings[i]
        same_key = [r for r in there.get(reading[0], ()) if _is_same_key(r, reading)]
        equal = next((r for r in same_key if _is_same_result(session, r, reading)), None)
        if equal is not None:
            _answer(session, work, i, equal[_SEQ], RowStatus.DUPLICATE)
            session.journal.repeated(work.context)
        elif same_key and work.context.policy is DuplicatePolicy.STRICT:
            work.statuses[i] = RowStatus.CONFLICT
        elif same_key and work.context.policy is DuplicatePolicy.CORRECT:
            corrected = _correct(session, work, same_key[-1], reading)
            there[reading[0]] = [
                corrected if r[_SEQ] == corrected[_SEQ] else r for r in there[reading[0]]
            ]
            _answer(session, work, i, corrected[_SEQ], RowStatus.CORRECTED)
        else:
            row = _insert(session, work, reading)
            there.setdefault(reading[0], []).append(row)
            work.ids[i] = (state.datastream_id << ID_SHIFT) + row[_SEQ]


def _is_same_key(row: Row, reading: Reading) -> bool:
    """Compare end, result time and, if the caller named one, the feature."""
    return bool(
        row[_DURATION] == reading[1]
        and row[_RESULT_TIME] == reading[3]
        and (reading[4] is None or row[_FEATURE] == reading[4])
    )


def _is_same_result(session: Session, row: Row, reading: Reading) -> bool:
    extra = reading[6]
    exact = None if extra is None else extra.result
    if row[_RESULT] != reading[2]:
        return False
    if exact is None and row[_RESULT] is not None:
        return True
    stored = _stored_json(session, row[0], row[_SEQ])
    return bool(_decoded(stored) == _decoded(exact))


def _stored_json(session: Session, datastream_id: int, seq: int) -> Any:
    session.flush_rows()
    found = session.tx.select(
        "SELECT result FROM obs_observation_extra WHERE datastream_id=? AND seq=?",
        (datastream_id, seq),
    )
    return found[0][0] if found else None


def _decoded(text: str | None) -> Any:
    return None if text is None else msgspec.json.decode(text)


def _answer(session: Session, work: Work, i: int, seq: int, status: RowStatus) -> None:
    work.ids[i] = public_id(session, work.state.datastream_id, seq)
    work.statuses[i] = status


def public_id(session: Session, datastream_id: int, seq: int) -> int:
    """Return the id of a row, also of one that came from another series."""
    moved = session.tx.select(
        "SELECT id FROM obs_moved_observation WHERE datastream_id=? AND seq=?",
        (datastream_id, seq),
    )
    return int(moved[0][0]) if moved else (datastream_id << ID_SHIFT) + seq


def _insert(session: Session, work: Work, reading: Reading) -> Row:
    """Add a reading that is not newer than all others; return its row."""
    state = work.state
    time, duration, result, result_time, own_feature, quality, _ = reading
    seq = session.store(work.context, state, reading, work.feature)
    if state.first_time is None or time < state.first_time:
        state.first_time = time
    if state.last_time is not None and time == state.last_time:
        state.latest_seq, state.latest_result, state.latest_quality = seq, result, quality
    state.note_end(time + duration if duration else time)
    if result_time is not None:
        state.note_result_time(result_time)
    if result is not None:
        session.note_stale_hour(state.datastream_id, time)
    session.note_growth(state, 1)
    about = work.feature if own_feature is None else own_feature
    return (state.datastream_id, time, seq, result, duration, result_time, about, quality)


def _correct(session: Session, work: Work, row: Row, reading: Reading) -> Row:
    """Make a new result current and keep the old one in the history."""
    session.flush_rows()
    return replace_result(session, work.context, work.state, row, reading)
