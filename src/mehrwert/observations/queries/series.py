"""Readings of one series: as arrays, as rows, as a stream."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.recording.types import observation_id
from mehrwert.observations.stores.base import Reader

from .store import check_datastream, reader

FAR_PAST = -(2**62)
FAR_FUTURE = 2**62
MANY_AT_ONCE = 100
READING_SQL = (
    "SELECT o.seq, o.time, o.duration, o.result, o.result_time, o.feature_id, o.quality,"
    " e.result, e.qualifiers, m.id FROM obs_observation o"
    " LEFT JOIN obs_observation_extra e"
    " ON e.datastream_id = o.datastream_id AND e.seq = o.seq"
    " LEFT JOIN obs_moved_observation m"
    " ON m.datastream_id = o.datastream_id AND m.seq = o.seq"
)
_ROW_SQL = f"{READING_SQL} WHERE o.datastream_id=? AND o.time>=? AND o.time<?"


@dataclass(frozen=True, slots=True)
class Series:
    """Readings in order of time. ``values`` is NaN where a reading is not a number."""

    times_us: NDArray[np.int64]
    values: NDArray[np.float64]
    qualities: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.times_us)


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One reading. ``result`` is a number or any other JSON value."""

    id: int
    time_us: int
    end_us: int | None
    result: Any
    result_time_us: int | None
    feature_id: int | None
    quality: int
    qualifiers: str | None


def read_series(
    tenant_id: int,
    datastream_id: int,
    start_us: int | None = None,
    end_us: int | None = None,
    as_of: int | None = None,
) -> Series:
    """Return the readings of ``[start, end)``.

    Args:
        tenant_id: The municipality that asks.
        datastream_id: The series.
        start_us: None for the first reading.
        end_us: None for the last one.
        as_of: Microseconds; values that were corrected later are given as they were then,
            readings deleted later are given again, readings added later are left out: exactly when
            an import brought them or a mark was set at that time, else to the next mark (a night).

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    start, end = _bounds(start_us, end_us)
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        rows = r.select(
            "SELECT time, seq, result, quality FROM obs_observation"
            " WHERE datastream_id=? AND time>=? AND time<? ORDER BY time, seq",
            (datastream_id, start, end),
        )
        if as_of is not None:
            rows = _as_of(r, datastream_id, (start, end, as_of), rows)
    return _series(rows)


def read_many(tenant_id: int, starts_us: Mapping[int, int]) -> dict[int, Series]:
    """Return the readings of several series, of each from a time of its own on.

    Series that are not there, or not of the tenant, are left out.
    """
    found: dict[int, Series] = {}
    wanted = list(starts_us.items())
    with reader() as r:
        for i in range(0, len(wanted), MANY_AT_ONCE):
            found |= _read_many(r, tenant_id, wanted[i : i + MANY_AT_ONCE])
    return found


def _read_many(r: Reader, tenant_id: int, wanted: list[tuple[int, int]]) -> dict[int, Series]:
    marks = ",".join("?" * len(wanted))
    own = {
        row[0]
        for row in r.select(
            "SELECT datastream_id FROM obs_datastream_state"
            f" WHERE tenant_id=? AND datastream_id IN ({marks})",
            (tenant_id, *(number for number, _ in wanted)),
        )
    }
    by_series: dict[int, list[tuple[Any, ...]]] = {number: [] for number in own}
    for number, *rest in _rows_from(r, [pair for pair in wanted if pair[0] in own]):
        by_series[number].append(tuple(rest))
    return {number: _series(sorted(rest)) for number, rest in by_series.items()}


def _rows_from(r: Reader, asked: list[tuple[int, int]]) -> list[tuple[Any, ...]]:
    """Return the rows of several series, of each from a time of its own on, by one seek each."""
    if not asked:
        return []
    part = (
        "SELECT datastream_id, time, seq, result, quality FROM obs_observation"
        " WHERE datastream_id={} AND time>={}"
    )
    if r.engine == "sqlite":
        union = " UNION ALL ".join([part.format("?", "?")] * len(asked))
        return r.select(union, sum(asked, ()))
    # planning a union takes PostgreSQL longer than the seeks; the order keeps it from a join
    lateral = part.format("w.id", "w.start") + " ORDER BY time, seq"
    return r.select(
        "SELECT o.* FROM unnest(CAST(? AS bigint[]), CAST(? AS bigint[])) AS w(id, start)"
        f" CROSS JOIN LATERAL ({lateral}) o",
        ([number for number, _ in asked], [start for _, start in asked]),
    )


def _bounds(start_us: int | None, end_us: int | None) -> tuple[int, int]:
    return (FAR_PAST if start_us is None else start_us, FAR_FUTURE if end_us is None else end_us)


def _series(rows: list[tuple[Any, ...]]) -> Series:
    if not rows:
        return Series(np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.int16))
    times, _, results, qualities = zip(*rows, strict=True)
    return Series(
        np.array(times, dtype=np.int64),
        np.array(results, dtype=np.float64),
        np.array(qualities, dtype=np.int16),
    )


def _as_of(
    r: Reader, datastream_id: int, span: tuple[int, int, int], rows: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Put back the oldest value that was replaced after the time asked for."""
    start, end, as_of = span
    old: dict[int, tuple[Any, ...]] = {}
    for row in r.select(
        "SELECT time, seq, result, quality, verb FROM obs_observation_history"
        " WHERE datastream_id=? AND changed_us>? ORDER BY id",
        (datastream_id, as_of),
    ):
        old.setdefault(row[1], row)
    kept = [row for row in rows if row[1] not in old]
    there = [row for row in old.values() if row[4] != "restore"]
    kept += [row[:4] for row in there if start <= row[0] < end]
    is_later = _added_later(r, datastream_id, as_of)
    kept = [row for row in kept if not is_later(row[1])]
    return sorted(kept, key=lambda row: (row[0], row[1]))


def _added_later(r: Reader, datastream_id: int, as_of: int) -> Callable[[int], bool]:
    """Return what says of a number whether its reading was added after a time."""
    marks = r.select(
        "SELECT next_seq FROM obs_sequence_mark WHERE datastream_id=? AND at_us>=?"
        " ORDER BY at_us LIMIT 1",
        (datastream_id, as_of),
    )
    end = marks[0][0] if marks else None
    imported = r.select(
        "SELECT i.first_seq, i.last_seq FROM obs_import_range i"
        " JOIN obs_import_batch b ON b.id = i.import_batch_id"
        " WHERE i.datastream_id=? AND b.created_us>? ORDER BY i.first_seq",
        (datastream_id, as_of),
    )

    def is_later(seq: int) -> bool:
        if end is not None and seq >= end:
            return True
        place = bisect_right(imported, (seq, FAR_FUTURE)) - 1
        return place >= 0 and seq <= imported[place][1]

    return is_later


def read_observations(
    tenant_id: int,
    datastream_id: int,
    start_us: int | None = None,
    end_us: int | None = None,
    *,
    newest_first: bool = True,
    limit: int = 100,
) -> list[ObservationRow]:
    """Return some readings as rows.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    direction = "DESC" if newest_first else "ASC"
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        rows = r.select(
            f"{_ROW_SQL} ORDER BY o.time {direction}, o.seq {direction} LIMIT ?",
            (datastream_id, *_bounds(start_us, end_us), limit),
        )
    return [reading_of(datastream_id, row) for row in rows]


def stream_rows(
    tenant_id: int,
    datastream_id: int,
    start_us: int | None = None,
    end_us: int | None = None,
    *,
    chunk: int = 2000,
) -> Iterator[list[ObservationRow]]:
    """Yield all readings of a range in order of time, in chunks and constant memory.

    Raises:
        UnknownEntityError: No such series in the tenant (at the first chunk).
    """
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        sql = f"{_ROW_SQL} ORDER BY o.time, o.seq"
        for rows in r.stream(sql, (datastream_id, *_bounds(start_us, end_us)), chunk):
            yield [reading_of(datastream_id, row) for row in rows]


def reading_of(datastream_id: int, row: tuple[Any, ...]) -> ObservationRow:
    """Return a row of ``READING_SQL`` as a reading."""
    seq, time, duration, number, result_time, feature, quality, text, words, moved = row
    result = number if text is None else msgspec.json.decode(text)
    return ObservationRow(
        observation_id(datastream_id, seq) if moved is None else moved,
        time,
        None if duration is None else time + duration,
        result,
        result_time,
        feature,
        quality,
        words,
    )


def list_history(tenant_id: int, datastream_id: int, limit: int = 100) -> list[dict[str, Any]]:
    """Return the newest values that were changed or deleted, as they were before."""
    names = ("changed_us", "verb", "time", "result", "quality", "actor_kind", "actor_id", "seq")
    with reader() as r:
        rows = r.select(
            f"SELECT {','.join(names)} FROM obs_observation_history"
            " WHERE tenant_id=? AND datastream_id=? ORDER BY id DESC LIMIT ?",
            (tenant_id, datastream_id, limit),
        )
    return [dict(zip(names, row, strict=True)) for row in rows]


def count_observations(
    tenant_id: int,
    datastream_id: int | None = None,
    start_us: int | None = None,
    end_us: int | None = None,
) -> int:
    """Return the number of readings: of a tenant, a series, or a series in a range.

    The first two come from the kept counts.
    """
    with reader() as r:
        if datastream_id is None:
            rows = r.select(
                "SELECT coalesce(sum(n), 0) FROM obs_datastream_state WHERE tenant_id=?",
                (tenant_id,),
            )
        elif start_us is None and end_us is None:
            rows = r.select(
                "SELECT coalesce(sum(n), 0) FROM obs_datastream_state"
                " WHERE tenant_id=? AND datastream_id=?",
                (tenant_id, datastream_id),
            )
        else:
            check_datastream(r, tenant_id, datastream_id)
            rows = r.select(
                "SELECT count(*) FROM obs_observation WHERE datastream_id=? AND time>=? AND time<?",
                (datastream_id, *_bounds(start_us, end_us)),
            )
    return int(rows[0][0])
