"""Takes changes of readings back: what was before is current again, and it stays written.

An edit is what one actor did to one series in one commit; it has the number of its newest row in
the history. A reading that somebody changed after it is left alone.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.observations.choices import UNDOING, VALUE_EDITS, Edit
from mehrwert.observations.errors import CalculatedReadingError, UnknownEntityError
from mehrwert.observations.stores.base import Row, Transaction

from . import changes, features
from .late import public_id
from .rows import rewrite
from .session import Session
from .state import State
from .types import WriteContext

VALUES_PER_STEP = 2_000
_ALL = (*VALUE_EDITS, *UNDOING)
_KEY = "changed_us, verb, actor_kind, actor_id, coalesce(import_batch_id, 0)"
_COLUMNS = "id, seq, verb, time, duration, result, result_json, quality, rest"


Key = tuple[int, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """What one step took back: readings, those it left alone, below which number it goes on."""

    n: int = 0
    overtaken: int = 0
    below: int | None = None


@dataclass(frozen=True, slots=True)
class _Old:
    """What a reading was before an edit."""

    id: int
    seq: int
    verb: str
    time: int
    duration: int | None
    number: float | None
    text: str | None
    quality: int
    rest: dict[str, Any] | None


def find_edit(tx: Transaction, context: WriteContext, datastream_id: int, edit_id: int) -> Key:
    """Return what the readings of an edit have in common.

    Raises:
        UnknownEntityError: No such edit of a series of the tenant, or it was taken back.
        CalculatedReadingError: The series is written from raw readings.
    """
    found = tx.select(
        f"SELECT {_KEY} FROM obs_observation_history WHERE id=? AND tenant_id=?"
        f" AND datastream_id=? AND verb IN ({_marks(_ALL)})",
        (edit_id, context.tenant_id, datastream_id, *_ALL),
    )
    if not found:
        raise UnknownEntityError(kind="edit", id=edit_id)
    check_raw(tx, datastream_id)
    changed_us, verb, actor_kind, actor_id, import_id = found[0]
    return changed_us, verb, actor_kind, actor_id, import_id


def take_back(
    session: Session,
    context: WriteContext,
    datastream_id: int,
    edit: Key,
    *,
    below: int,
    seq: int | None = None,
) -> Step:
    """Take back readings of an edit, newest first, at most ``VALUES_PER_STEP``.

    Args:
        session: The transaction.
        context: Who does it, and why.
        datastream_id: The series.
        edit: As ``find_edit`` tells.
        below: Rows of the history below this number.
        seq: Only this reading.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    session.load([datastream_id])
    state = session.states.get(datastream_id)
    if state is None or state.tenant_id != context.tenant_id:
        raise UnknownEntityError(kind="datastream", id=datastream_id)
    one = "" if seq is None else " AND seq=?"
    rows = session.tx.select(
        f"SELECT {_COLUMNS} FROM obs_observation_history WHERE tenant_id=? AND datastream_id=?"
        f" AND changed_us=? AND verb=? AND actor_kind=? AND actor_id=?"
        f" AND coalesce(import_batch_id, 0)=? AND id<?{one} ORDER BY id DESC LIMIT ?",
        (
            *(state.tenant_id, datastream_id, *edit, below),
            *(() if seq is None else (seq,)),
            VALUES_PER_STEP,
        ),
    )
    n = sum(_take_back_one(session, context, state, _old(row)) for row in rows)
    session.finish()
    is_full = len(rows) == VALUES_PER_STEP
    return Step(n, len(rows) - n, rows[-1][0] if is_full else None)


def check_raw(tx: Transaction, datastream_id: int) -> None:
    """Refuse a series that is written from raw readings.

    Raises:
        CalculatedReadingError: It is such a one.
    """
    found = tx.select("SELECT properties FROM obs_datastream WHERE id=?", (datastream_id,))
    if found and found[0][0] and "calibrated_from" in msgspec.json.decode(found[0][0]):
        raise CalculatedReadingError


def _old(row: Row) -> _Old:
    number, seq, verb, time, duration, result, text, quality, rest = row
    kept = None if rest is None else msgspec.json.decode(rest)
    return _Old(number, seq, verb, time, duration, result, text, quality, kept)


def _take_back_one(session: Session, context: WriteContext, state: State, old: _Old) -> bool:
    """Make one old value current; say whether nobody changed the reading since."""
    tx, series = session.tx, state.datastream_id
    place = tuple((old.rest or {}).get("moved_to") or (series, old.seq))
    later = VALUE_EDITS if old.verb in VALUE_EDITS else _ALL
    session.journal.flush_history()
    for key in {place, (series, old.seq)}:
        if _is_followed(tx, key, old.id, later):
            return False
    if place[0] != series:
        session.load([place[0]])
    row = changes.find_row(session, *place)
    if (row is None) != (old.verb == Edit.DELETE):
        return False
    if row is None:
        _restore(session, context, state, old)
    elif old.verb == Edit.RESTORE:
        changes.delete_row(session, context, state, row)
    else:
        verb = Edit.UNDO if old.verb in VALUE_EDITS else Edit.CHANGE
        fields = _fields(session, state, old)
        rewrite(session, context, public_id(session, *place), fields, verb)
    tx.execute("UPDATE obs_observation_history SET verb=? WHERE id=?", (Edit.UNDONE, old.id))
    return True


def _is_followed(tx: Transaction, key: Any, row_id: int, verbs: tuple[Edit, ...]) -> bool:
    return bool(
        tx.select(
            "SELECT 1 FROM obs_observation_history WHERE datastream_id=? AND seq=? AND id>?"
            f" AND verb IN ({_marks(verbs)}) LIMIT 1",
            (*key, row_id, *verbs),
        )
    )


def _fields(session: Session, state: State, old: _Old) -> dict[str, Any]:
    """Return what ``rewrite`` makes of the reading; a flag that came later stays."""
    end = None if old.duration is None else old.time + old.duration
    result = old.number if old.text is None else msgspec.json.decode(old.text)
    fields: dict[str, Any] = {"time_us": old.time, "end_us": end, "result": result}
    fields["datastream_id"] = state.datastream_id
    if not _is_followed(
        session.tx, (state.datastream_id, old.seq), old.id, (Edit.FLAG, Edit.UNFLAG)
    ):
        fields["quality"] = old.quality
    if old.rest is None:
        return fields
    rest = old.rest
    fields["result_time_us"] = rest.get("result_time")
    for name in ("parameters", "result_quality"):
        text = rest.get(name)
        fields[name] = None if text is None else msgspec.json.decode(text)
    fields["valid_start_us"], fields["valid_end_us"] = (
        rest.get("valid_start"),
        rest.get("valid_end"),
    )
    fields["qualifiers"] = rest.get("qualifiers")
    feature = rest.get("feature_id")
    if feature is not None and features.known_features(session.tx, state, [feature]):
        fields["feature_id"] = feature
    return fields


def _restore(session: Session, context: WriteContext, state: State, old: _Old) -> None:
    """Put a deleted reading in again, under its old number and id."""
    rest = old.rest or {}
    feature = rest.get("feature_id")
    if feature is not None and not features.known_features(session.tx, state, [feature]):
        feature = None
    row = (
        *(state.datastream_id, old.time, old.seq, old.number, old.duration),
        *(rest.get("result_time"), feature, old.quality),
    )
    changes.put_back(session, context, state, row, {**rest, "result": old.text})
    if "id" in rest:
        session.tx.insert_many(
            "obs_moved_observation",
            ("id", "datastream_id", "seq"),
            [(rest["id"], state.datastream_id, old.seq)],
        )


def _marks(values: tuple[Edit, ...]) -> str:
    return ",".join("?" * len(values))
