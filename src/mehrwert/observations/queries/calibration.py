"""Reads calibrations, and raw readings for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.curves import Curve

from .store import reader


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One calibration with who made it; ``ended_us`` is set when it was taken back."""

    curve: Curve
    raw_id: int
    derived_id: int
    note: str
    actor_label: str
    created_us: int
    ended_us: int | None


@dataclass(frozen=True, slots=True)
class RawColumns:
    """Raw readings in order of time; ``ends_us`` None for instants."""

    times_us: NDArray[np.int64]
    ends_us: list[int | None]
    values: NDArray[np.float64]
    qualities: list[int]

    def __len__(self) -> int:
        return len(self.times_us)


COLUMNS = (
    "id, raw_id, derived_id, from_us, until_us, points, uncertainty, note, actor_label,"
    " created_us, ended_us"
)


def list_calibrations(tenant_id: int, datastream_id: int) -> list[CalibrationRow]:
    """Return the calibrations of a raw series, or those that made a derived one, newest first."""
    with reader() as r:
        rows = r.select(
            f"SELECT {COLUMNS} FROM obs_calibration"
            " WHERE tenant_id=? AND (raw_id=? OR derived_id=?) ORDER BY from_us DESC, id DESC",
            (tenant_id, datastream_id, datastream_id),
        )
    return [_row(row) for row in rows]


def read_curves(tenant_id: int, raw_ids: Iterable[int]) -> dict[int, list[CalibrationRow]]:
    """Return by raw series the calibrations that count; series without any are left out.

    So are those whose true values lie in the trash alone: they are caught up when they come back.
    """
    wanted = list(raw_ids)
    found: dict[int, list[CalibrationRow]] = {}
    if not wanted:
        return found
    with reader() as r:
        rows = r.select(
            f"SELECT {COLUMNS} FROM obs_calibration c WHERE tenant_id=?"
            f" AND raw_id IN ({','.join('?' * len(wanted))}) AND EXISTS (SELECT 1 FROM"
            " obs_datastream d WHERE d.id=c.derived_id AND d.tenant_id=c.tenant_id) ORDER BY id",
            (tenant_id, *wanted),
        )
    for row in map(_row, rows):
        found.setdefault(row.raw_id, []).append(row)
    return found


def read_last_time(datastream_id: int) -> int | None:
    """Return the time of the newest reading of a series whose tenant was checked."""
    with reader() as r:
        rows = r.select(
            "SELECT last_time FROM obs_datastream_state WHERE datastream_id=?", (datastream_id,)
        )
    return rows[0][0] if rows else None


def read_raw(raw_id: int, start_us: int, end_us: int, limit: int) -> RawColumns:
    """Return numeric readings of a series whose tenant was checked, oldest first."""
    with reader() as r:
        rows = r.select(
            "SELECT time, duration, result, quality FROM obs_observation"
            " WHERE datastream_id=? AND time>=? AND time<? AND result IS NOT NULL"
            " ORDER BY time, seq LIMIT ?",
            (raw_id, start_us, end_us, limit),
        )
    times, durations, values, qualities = zip(*rows, strict=True) if rows else [()] * 4
    return RawColumns(
        np.array(times, dtype=np.int64),
        [None if d is None else t + d for t, d in zip(times, durations, strict=True)],
        np.array(values, dtype=np.float64),
        [int(quality) for quality in qualities],
    )


def _row(row: tuple[Any, ...]) -> CalibrationRow:
    number, raw_id, derived_id, start, until, points, uncertainty, note, actor, made, ended = row
    pairs = msgspec.json.decode(points) if isinstance(points, str | bytes) else points
    curve = Curve(number, start, until, tuple((x, y) for x, y in pairs), uncertainty)
    return CalibrationRow(curve, raw_id, derived_id, note, actor, made, ended)
