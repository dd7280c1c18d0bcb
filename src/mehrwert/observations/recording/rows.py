"""One stored reading by its public id: find it, rewrite it, move it."""

from dataclasses import replace
from typing import Any

from mehrwert.observations.errors import (
    BadFieldError,
    UnknownEntityError,
    UnknownFieldError,
    UnknownLinkError,
)
from mehrwert.observations.stores.base import Row

from . import changes, features
from .extras import read_extra
from .ledger import json_text
from .prepare import ExtraRow, prepare
from .session import Session
from .state import State
from .types import ID_SHIFT, ReadingBatch, WriteContext

FIELDS = frozenset(
    {
        *("time_us", "end_us", "result", "result_time_us", "feature_id", "quality"),
        *("datastream_id", "parameters", "valid_start_us", "valid_end_us", "result_quality"),
        "qualifiers",
    }
)
_EXTRA_NAMES = {
    "parameters": "parameters",
    "result_quality": "result_quality",
    "valid_start_us": "valid_start",
    "valid_end_us": "valid_end",
    "qualifiers": "qualifiers",
}


def locate(session: Session, context: WriteContext, observation_id: int) -> tuple[State, Row]:
    """Return state and row of a reading.

    Raises:
        UnknownEntityError: No such reading in the tenant.
    """
    missing = UnknownEntityError(kind="observation", id=observation_id)
    if not 0 < observation_id < 2**53:
        raise missing
    moved = session.tx.select(
        "SELECT datastream_id, seq FROM obs_moved_observation WHERE id=?", (observation_id,)
    )
    key = moved[0] if moved else (observation_id >> ID_SHIFT, observation_id & (2**ID_SHIFT - 1))
    if key[1] >= 2**31:
        raise missing
    session.load([key[0]])
    state = session.states.get(key[0])
    if state is None or state.tenant_id != context.tenant_id:
        raise missing
    row = changes.find_row(session, *key)
    if row is None:
        raise missing
    return state, row


def rewrite(
    session: Session,
    context: WriteContext,
    observation_id: int,
    fields: dict[str, Any],
    verb: str = "change",
) -> None:
    """Change fields of one reading; ``verb`` is what the history calls it.

    Raises:
        UnknownFieldError, BadFieldError, BadReadingError, UnknownLinkError: Nothing was changed.
    """
    for name in fields:
        if name not in FIELDS:
            raise UnknownFieldError(field=name)
    state, row = locate(session, context, observation_id)
    target = _target(session, context, state, fields)
    new, exact = _new_row(session, target, row, fields)
    before = changes.whole(session, row)
    extra = _new_extra(session, row, fields, exact)
    seq = row[2]
    if target is not state or new[1] != row[1]:
        seq = _move(session, state, target, row, new)
        if target is not state:
            _keep_id(session, observation_id, target.datastream_id, seq)
            before = replace(before, moved_to=(target.datastream_id, seq))
        session.journal.arrived(context, (*new[:2], seq, *new[3:]))
    else:
        values = dict(
            zip(
                ("result", "duration", "result_time", "feature_id", "quality"), new[3:], strict=True
            )
        )
        changes.put_values(session, state, row, values)
    session.journal.changed(context, state.tenant_id, verb, before)
    _put_extra(session, row, (target.datastream_id, seq), extra)


def _target(session: Session, context: WriteContext, state: State, fields: dict[str, Any]) -> State:
    wanted = fields.get("datastream_id", state.datastream_id)
    if wanted == state.datastream_id:
        return state
    session.load([wanted])
    target = session.states.get(wanted)
    if target is None or target.tenant_id != context.tenant_id:
        raise UnknownLinkError(kind="datastream", id=wanted)
    return target


def _new_row(
    session: Session, target: State, row: Row, fields: dict[str, Any]
) -> tuple[Row, ExtraRow | None]:
    """Return the row with the new values, checked like a new reading, and its exact result."""
    end = row[1] + row[4] if row[4] is not None else None
    if "time_us" in fields and "end_us" not in fields:
        end = None
    batch = ReadingBatch(
        target.datastream_id,
        [fields.get("time_us", row[1])],
        [fields["result"] if "result" in fields else row[3]],
        ends_us=[fields.get("end_us", end)],
        result_times_us=[fields.get("result_time_us", row[5])],
        qualities=[fields.get("quality", row[7])],
    )
    readings = prepare(batch).readings or []
    time, duration, result, result_time, _, quality, exact = readings[0]
    feature = row[6]
    if "feature_id" in fields:
        feature = fields["feature_id"]
        if type(feature) is not int:
            raise BadFieldError(field="feature_id")
        if not features.known_features(session.tx, target, [feature]):
            raise UnknownLinkError(kind="feature", id=feature)
    elif feature is not None and target.datastream_id != row[0]:
        features.known_features(session.tx, target, [feature])
    return (
        (target.datastream_id, time, row[2], result, duration, result_time, feature, quality),
        exact,
    )


def _new_extra(
    session: Session, row: Row, fields: dict[str, Any], exact: ExtraRow | None
) -> dict[str, Any]:
    """Return all columns of the extra row after the change."""
    extra = read_extra(session.tx, row[0], row[2])
    if "result" in fields:
        extra["result"] = exact.result if exact is not None else None
    for field, column in _EXTRA_NAMES.items():
        if field in fields:
            extra[column] = _extra_value(field, fields[field])
    return extra


def _extra_value(field: str, value: Any) -> Any:
    """Check one column of the extra row.

    Raises:
        BadFieldError: It cannot be stored.
    """
    if field in ("parameters", "result_quality"):
        try:
            return json_text(value)
        except (TypeError, ValueError) as error:
            raise BadFieldError(field=field) from error
    wanted = str if field == "qualifiers" else int
    if value is not None and (type(value) is not wanted or "\x00" in str(value)):
        raise BadFieldError(field=field)
    return value


def _move(session: Session, state: State, target: State, row: Row, new: Row) -> int:
    """Take the row out and put it in at its new time or series; return its seq."""
    changes.take_out(session, state, row)
    seq = row[2]
    if target is not state:
        seq = target.next_seq
        target.next_seq = seq + 1
    session.tx.append_rows([(*new[:2], seq, *new[3:])])
    if new[3] is not None:
        session.note_stale_hour(target.datastream_id, new[1])
    changes.forget_ranges(session, target, n=1)
    return int(seq)


def _keep_id(session: Session, observation_id: int, datastream_id: int, seq: int) -> None:
    session.tx.execute("DELETE FROM obs_moved_observation WHERE id=?", (observation_id,))
    session.tx.insert_many(
        "obs_moved_observation",
        ("id", "datastream_id", "seq"),
        [(observation_id, datastream_id, seq)],
    )


def _put_extra(session: Session, row: Row, key: tuple[int, int], extra: dict[str, Any]) -> None:
    session.tx.execute(
        "DELETE FROM obs_observation_extra WHERE datastream_id=? AND seq=?", (row[0], row[2])
    )
    if any(value is not None for value in extra.values()):
        session.tx.insert_many(
            "obs_observation_extra",
            ("datastream_id", "seq", *extra),
            [(*key, *extra.values())],
        )
