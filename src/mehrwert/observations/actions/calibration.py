"""Calibration: raw readings stay, a series beside them holds the true values.

The derived series is written anew for the whole validity whenever a calibration comes or is taken
back, and goes on by itself with every reading of the raw one. Each of its readings names the
calibration that made it and its uncertainty; one for whose time none is valid is the raw value,
marked as doubtful.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mehrwert.observations import queries
from mehrwert.observations.choices import DuplicatePolicy, Quality
from mehrwert.observations.curves import Curve, calibrated, check_points
from mehrwert.observations.errors import (
    CalibratedAlreadyError,
    CalibratedInTrashError,
    UnknownEntityError,
)
from mehrwert.observations.queries import DatastreamRow, RawColumns
from mehrwert.observations.recording.ledger import json_text, put_audit
from mehrwert.observations.recording.removal import delete_rows
from mehrwert.observations.recording.session import Session
from mehrwert.observations.recording.types import REPLAY, Extra, ReadingBatch, WriteContext
from mehrwert.observations.stores.base import OBSERVATION_COLUMNS, Transaction

from .metadata import find_or_create_datastream
from .readings import record_observations, release_news
from .transaction import run

DOOR = "calibration"
NOT_VALID = "uncalibrated"
AT_ONCE = 5_000
ORPHANS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class CalibrationChoice:
    """What somebody measured: pairs (raw, true), valid in ``[from_us, until_us)``.

    ``uncertainty`` is the half width of the 95 % interval in the unit of the series.
    """

    from_us: int
    points: tuple[tuple[float, float], ...]
    until_us: int | None = None
    uncertainty: float | None = None
    note: str = ""


def add_calibration(
    context: WriteContext, raw_id: int, choice: CalibrationChoice, *, name: str
) -> int:
    """Keep a calibration; the derived series is made with the first one. Return its id.

    ``recalibrate`` writes the values.

    Args:
        context: Who does it.
        raw_id: The series as it was measured.
        choice: The calibration.
        name: What the derived series is called if it must be made.

    Raises:
        UnknownEntityError: No such series in the municipality.
        CurveError: The pairs make no curve.
        CalibratedAlreadyError: The series is derived itself.
        CalibratedInTrashError: The true values lie in the trash.
    """
    points = check_points(choice.points)
    raw = queries.read_datastream(context.tenant_id, raw_id)
    if (raw.properties or {}).get("calibrated_from"):
        raise CalibratedAlreadyError

    def work(tx: Transaction, now: int) -> int:
        _check_not_in_trash(tx, context, raw_id)
        values = {
            "tenant_id": context.tenant_id,
            "raw_id": raw_id,
            "derived_id": _derived(context, tx, raw, name),
            "from_us": choice.from_us,
            "until_us": choice.until_us,
            "points": [list(pair) for pair in points],
            "uncertainty": choice.uncertainty,
            "note": choice.note,
            "actor_label": context.actor.label[:200],
            "created_us": now,
            "ended_us": None,
        }
        row_id = tx.insert("obs_calibration", {**values, "points": json_text(values["points"])})
        told: dict[str, object] = {
            name: values[name] for name in ("from_us", "until_us", "points", "uncertainty")
        }
        told["note"] = choice.note
        _audit(tx, context, now, "calibrate", raw, told)
        return row_id

    return int(run(None, work))


def end_calibration(context: WriteContext, raw_id: int, calibration_id: int) -> None:
    """Take a calibration back; it stays written that it was there.

    Raises:
        UnknownEntityError: No such calibration of such a series in the municipality.
    """
    raw = queries.read_datastream(context.tenant_id, raw_id)

    def work(tx: Transaction, now: int) -> None:
        changed = tx.execute(
            "UPDATE obs_calibration SET ended_us=? WHERE id=? AND raw_id=? AND tenant_id=?"
            " AND ended_us IS NULL",
            (now, calibration_id, raw_id, context.tenant_id),
        )
        if not changed:
            raise UnknownEntityError(kind="calibration", id=calibration_id)
        _audit(tx, context, now, "uncalibrate", raw, {"id": calibration_id})

    run(None, work)


def recalibrate(
    context: WriteContext, raw_id: int, start_us: int, end_us: int, *, is_live: bool = False
) -> int:
    """Write the derived series for the raw readings in ``[start, end)``; return how many.

    Doing it twice is harmless. What changes is told as one event; live readings are told as they
    come.
    """
    rows = queries.read_curves(context.tenant_id, [raw_id]).get(raw_id, [])
    if not rows:
        return 0
    begin = min(row.curve.from_us for row in rows)
    curves = [row.curve for row in rows if row.ended_us is None]
    if is_live and not curves:
        return 0
    door = DOOR if is_live else f"{REPLAY}/calibration/{raw_id}"
    writer = WriteContext(context.tenant_id, door, context.actor, policy=DuplicatePolicy.CORRECT)
    done, at = 0, max(start_us, begin)
    try:
        while True:
            raw = queries.read_raw(raw_id, at, end_us, AT_ONCE)
            if not len(raw):
                return done
            record_observations(writer, [_batch(rows[0].derived_id, raw, curves)])
            done += len(raw)
            at = int(raw.times_us[-1]) + 1
    finally:
        if not is_live:
            release_news(door)


def follow_raw(context: WriteContext, raw_id: int, start_us: int, end_us: int) -> int:
    """Let the derived series follow raw readings that were changed or deleted in ``[start, end)``.

    What was calculated from a reading that is gone goes too; where raw readings went by policy,
    nothing is touched: true values went with them, or are on hold. Return how many went. Doing it
    twice is harmless.
    """
    rows = queries.read_curves(context.tenant_id, [raw_id]).get(raw_id, [])
    if not rows:
        return 0
    derived_id = rows[0].derived_id
    is_going_on = any(row.ended_us is None for row in rows)
    last_us = queries.read_last_time(derived_id)
    end = end_us if is_going_on or last_us is None else min(end_us, last_us + 1)
    recalibrate(context, raw_id, start_us, end)
    start = max(start_us, queries.read_thinned(raw_id) or start_us)
    what = (raw_id, derived_id, start, end_us)
    gone = 0
    while True:
        n = int(run(None, lambda tx, now: _drop_orphans(tx, now, context, what)))
        gone += n
        if n < ORPHANS_AT_ONCE:
            return gone


def _drop_orphans(
    tx: Transaction, now: int, context: WriteContext, what: tuple[int, int, int, int]
) -> int:
    """Delete derived readings without a raw one of the same time; return how many."""
    raw_id, derived_id, start, end = what
    columns = ",".join(f"d.{name}" for name in OBSERVATION_COLUMNS)
    rows = tx.select(
        f"SELECT {columns} FROM obs_observation d WHERE d.datastream_id=? AND d.time>=?"
        " AND d.time<? AND NOT EXISTS (SELECT 1 FROM obs_observation r WHERE r.datastream_id=?"
        " AND r.time=d.time AND r.result IS NOT NULL"
        " AND coalesce(r.duration, -1)=coalesce(d.duration, -1)) ORDER BY d.time LIMIT ?",
        (derived_id, start, end, raw_id, ORPHANS_AT_ONCE),
    )
    if rows:
        session = Session(tx, now)
        delete_rows(session, context, derived_id, rows)
        session.finish()
    return len(rows)


def _check_not_in_trash(tx: Transaction, context: WriteContext, raw_id: int) -> None:
    hidden = tx.select(
        "SELECT 1 FROM obs_calibration c JOIN obs_datastream d ON d.id=c.derived_id"
        " WHERE c.raw_id=? AND c.tenant_id=? AND d.tenant_id=-c.tenant_id LIMIT 1",
        (raw_id, context.tenant_id),
    )
    if hidden:
        raise CalibratedInTrashError


def _batch(derived_id: int, raw: RawColumns, curves: Sequence[Curve]) -> ReadingBatch:
    values, used = calibrated(raw.times_us, raw.values, curves)
    extras: list[Extra | None] = []
    qualities: list[int] = []
    for place, quality in zip(used.tolist(), raw.qualities, strict=True):
        if place < 0:
            extras.append(Extra(qualifiers=NOT_VALID))
            qualities.append(quality if quality == Quality.BAD else int(Quality.SUSPECT))
            continue
        curve = curves[place]
        told: dict[str, float] = {"calibration": curve.id}
        if curve.uncertainty is not None:
            told["uncertainty"] = curve.uncertainty
        extras.append(Extra(parameters=told))
        qualities.append(quality)
    return ReadingBatch(
        derived_id,
        raw.times_us.tolist(),
        values.tolist(),
        ends_us=raw.ends_us,
        qualities=qualities,
        extras=extras,
    )


def _derived(context: WriteContext, tx: Transaction, raw: DatastreamRow, name: str) -> int:
    """Return the derived series, made like the raw one when it is not there yet."""
    return find_or_create_datastream(
        context,
        tx=tx,
        external_key=f"calibrated/{raw.id}",
        name=name,
        description=raw.description,
        thing_id=raw.thing_id,
        sensor_id=raw.sensor_id,
        observed_property_id=raw.property_id,
        unit_name=raw.unit_name,
        unit_symbol=raw.unit_symbol,
        aggregation=raw.aggregation,
        expected_interval_s=raw.expected_interval_s,
        source=raw.source,
        licence=raw.licence,
        credit=raw.credit,
        protection=raw.protection,
        properties={"calibrated_from": raw.id},
    )


def _audit(
    tx: Transaction,
    context: WriteContext,
    now_us: int,
    verb: str,
    raw: DatastreamRow,
    told: dict[str, object],
) -> None:
    change = (raw.name, None, told)
    put_audit(tx, context, now_us, verb=verb, what=("datastream", raw.id), change=change)
