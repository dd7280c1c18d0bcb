"""Checks a batch before it queues and brings it into the shape the writer wants.

Small batches become tuples, large numeric ones stay numpy columns: below ``COLUMNS_FROM`` rows
numpy costs more than it saves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mehrwert.observations.choices import Quality
from mehrwert.observations.errors import BadReadingError, BatchShapeError

from .ledger import storable_json
from .types import Extra, ReadingBatch

COLUMNS_FROM = 200
MAX_TIME_US = 253_402_300_800_000_000  # year 10000
MIN_TIME_US = -62_135_596_800_000_000  # year 1
EXACT_INT = 2**53
_QUALITIES = frozenset(int(q) for q in Quality)

# time, duration, result, result time, feature, quality, extra row or None
Reading = tuple[int, int | None, float | None, int | None, int | None, int, "ExtraRow | None"]


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A row of ``observation_extra`` without its key; JSON as text."""

    result: str | None = None
    parameters: str | None = None
    valid_start: int | None = None
    valid_end: int | None = None
    result_quality: str | None = None
    qualifiers: str | None = None


@dataclass(slots=True)
class Columns:
    """A large numeric batch: no result times, features or JSON results."""

    times: NDArray[np.int64]
    results: NDArray[np.float64]
    durations: NDArray[np.int64] | None
    qualities: NDArray[np.int16] | None
    extras: dict[int, ExtraRow]

    def part(self, start: int, stop: int) -> "Columns":
        """Return some consecutive rows."""
        return Columns(
            self.times[start:stop],
            self.results[start:stop],
            None if self.durations is None else self.durations[start:stop],
            None if self.qualities is None else self.qualities[start:stop],
            {i - start: e for i, e in self.extras.items() if start <= i < stop},
        )

    def readings(self) -> list[Reading]:
        """Return the same as tuples."""
        n = len(self.times)
        durations = [None] * n if self.durations is None else self.durations.tolist()
        qualities = [0] * n if self.qualities is None else self.qualities.tolist()
        extras = self.extras
        return [
            (time, duration, result, None, None, quality, extras.get(i))
            for i, (time, duration, result, quality) in enumerate(
                zip(self.times.tolist(), durations, self.results.tolist(), qualities, strict=True)
            )
        ]


@dataclass(slots=True)
class Prepared:
    """A checked batch: either ``readings`` or ``columns``."""

    datastream_id: int
    n: int
    explicit_features: bool
    feature_required: bool
    readings: list[Reading] | None = None
    columns: Columns | None = None

    def part(self, start: int, stop: int) -> "Prepared":
        """Return some consecutive rows as a batch of its own."""
        return Prepared(
            self.datastream_id,
            min(stop, self.n) - start,
            self.explicit_features,
            self.feature_required,
            None if self.readings is None else self.readings[start:stop],
            None if self.columns is None else self.columns.part(start, stop),
        )


def prepare(batch: ReadingBatch) -> Prepared:
    """Check one batch.

    Raises:
        BatchShapeError: Columns differ in length.
        BadReadingError: A time, number or flag cannot be stored; names row and field.
    """
    n = len(batch.times_us)
    for column in (
        batch.results,
        batch.ends_us,
        batch.result_times_us,
        batch.feature_ids,
        batch.qualities,
        batch.qualifiers,
        batch.extras,
    ):
        if column is not None and len(column) != n:
            raise BatchShapeError
    prepared = Prepared(
        batch.datastream_id, n, batch.feature_ids is not None, batch.feature_required
    )
    if n >= COLUMNS_FROM:
        prepared.columns = _columns(batch)
    if prepared.columns is None:
        prepared.readings = _readings(batch, n)
    return prepared


def _columns(batch: ReadingBatch) -> Columns | None:
    """Return numpy columns if the batch is numeric throughout, else None."""
    if (
        batch.feature_ids is not None
        or batch.extras is not None
        or _has_any(batch.result_times_us)
        or (batch.ends_us is not None and _has_none(batch.ends_us))
    ):
        return None
    results = _numeric(batch.results)
    if results is None:
        return None
    times = _as_int64(batch.times_us, "time")
    if times is None:
        return None
    _check_times(times)
    durations = None
    if batch.ends_us is not None:
        ends = _as_int64(batch.ends_us, "end")
        if ends is None:
            return None
        durations = ends - times
        _refuse(durations <= 0, "end")
    qualities = None
    if batch.qualities is not None:
        qualities = np.asarray(batch.qualities, dtype=np.int16)
        _refuse(~np.isin(qualities, list(_QUALITIES)), "quality")
    extras = {
        i: ExtraRow(qualifiers=_words(str(word), i))
        for i, word in enumerate(batch.qualifiers or ())
        if word
    }
    return Columns(times, results, durations, qualities, extras)


def _numeric(values: Any) -> NDArray[np.float64] | None:
    if isinstance(values, np.ndarray):
        if values.dtype.kind not in "iuf":
            return None
        results = values.astype(np.float64)
    else:
        if not {int, float}.issuperset(set(map(type, values))):
            return None
        try:
            results = np.array(values, dtype=np.float64)
        except OverflowError:
            return None
    _refuse(~np.isfinite(results), "result")
    if bool((np.abs(results) > EXACT_INT).any()):
        return None
    return results


def _as_int64(values: Any, name: str) -> NDArray[np.int64] | None:
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "iu":
            return None
        return array.astype(np.int64, copy=False)
    except (OverflowError, ValueError) as error:
        raise BadReadingError(row=0, field=name) from error


def _check_times(times: NDArray[np.int64]) -> None:
    _refuse((times < MIN_TIME_US) | (times >= MAX_TIME_US), "time")


def _refuse(wrong: NDArray[np.bool_], name: str) -> None:
    if bool(wrong.any()):
        raise BadReadingError(row=int(np.argmax(wrong)), field=name)


def _has_any(values: Any) -> bool:
    if values is None:
        return False
    return isinstance(values, np.ndarray) or any(v is not None for v in values)


def _has_none(values: Any) -> bool:
    return not isinstance(values, np.ndarray) and any(v is None for v in values)


def _readings(batch: ReadingBatch, n: int) -> list[Reading]:
    nothing: Sequence[None] = (None,) * n
    times = _plain(batch.times_us)
    results = _plain(batch.results)
    ends = nothing if batch.ends_us is None else _plain(batch.ends_us)
    result_times = nothing if batch.result_times_us is None else _plain(batch.result_times_us)
    features = batch.feature_ids or nothing
    qualities = nothing if batch.qualities is None else _plain(batch.qualities)
    words = batch.qualifiers or nothing
    extras = batch.extras or nothing
    readings: list[Reading] = []
    for i in range(n):
        time, duration, result_time = _times(times[i], ends[i], result_times[i], i)
        quality = int(qualities[i] or 0)
        if quality not in _QUALITIES:
            raise BadReadingError(row=i, field="quality")
        number, extra = _result(results[i], i)
        if words[i] or extras[i] is not None:
            extra = _extra(extra, words[i], extras[i], i)
        readings.append((time, duration, number, result_time, features[i], quality, extra))
    return readings


def prepare_reading(
    time_us: int,
    result: Any,
    *,
    end_us: int | None = None,
    result_time_us: int | None = None,
    feature_id: int | None = None,
) -> Reading:
    """Check one reading, as ``prepare`` does with many.

    Raises:
        BadReadingError: A time or number cannot be stored; names the field.
    """
    time, duration, result_time = _times(time_us, end_us, result_time_us, 0)
    number, extra = _result(result, 0)
    return (time, duration, number, result_time, feature_id, 0, extra)


def _times(time: Any, end: Any, result_time: Any, row: int) -> tuple[int, int | None, int | None]:
    """Return time, duration and result time, checked."""
    start = _time(time, row, "time")
    duration = None
    if end is not None:
        duration = _time(end, row, "end") - start
        if duration <= 0:
            raise BadReadingError(row=row, field="end")
    if result_time is not None:
        result_time = _time(result_time, row, "result_time")
    return start, duration, result_time


def _plain(values: Any) -> Sequence[Any]:
    plain: Sequence[Any] = values.tolist() if isinstance(values, np.ndarray) else values
    return plain


def _time(value: Any, row: int, name: str) -> int:
    if type(value) is not int or not MIN_TIME_US <= value < MAX_TIME_US:
        raise BadReadingError(row=row, field=name)
    return value


def _result(value: Any, row: int) -> tuple[float | None, ExtraRow | None]:
    """Return the number column and, for what it cannot hold, the JSON."""
    kind = type(value)
    if kind is float:
        if not math.isfinite(value):
            raise BadReadingError(row=row, field="result")
        return value, None
    if kind is int:
        if -EXACT_INT <= value <= EXACT_INT:
            return float(value), None
        try:
            return float(value), ExtraRow(result=str(value))
        except OverflowError as error:
            raise BadReadingError(row=row, field="result") from error
    if value is None:
        return None, None
    return None, ExtraRow(result=_json(value, row, "result"))


def _extra(extra: ExtraRow | None, words: str | None, more: Extra | None, row: int) -> ExtraRow:
    result = None if extra is None else extra.result
    if more is None:
        return ExtraRow(result=result, qualifiers=_words(words, row))
    return ExtraRow(
        result,
        None if more.parameters is None else _json(more.parameters, row, "parameters"),
        more.valid_start_us,
        more.valid_end_us,
        None if more.result_quality is None else _json(more.result_quality, row, "result_quality"),
        _words(words or more.qualifiers, row),
    )


def _words(words: str | None, row: int) -> str | None:
    if words is not None and "\x00" in words:
        raise BadReadingError(row=row, field="qualifiers")
    return words


def _json(value: Any, row: int, name: str) -> str:
    try:
        return storable_json(value)
    except (TypeError, ValueError) as error:
        raise BadReadingError(row=row, field=name) from error
