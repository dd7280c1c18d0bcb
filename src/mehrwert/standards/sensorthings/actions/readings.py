"""Writing readings one by one; those of the future are stored with a flag (OBS-46)."""

from typing import NamedTuple

import numpy as np

from mehrwert.base.clock import now_us
from mehrwert.observations import actions
from mehrwert.observations.choices import CLOCK_AHEAD, Quality, RowStatus

from ..bodies import Reading
from ..errors import BadPathError, NoPlaceError, OtherValueExistsError, RowRefusedError

Context = actions.WriteContext
AHEAD_US = 10 * 60 * 1_000_000
WORDS = {
    RowStatus.UNKNOWN_DATASTREAM: "unknown Datastream",
    RowStatus.UNKNOWN_FEATURE: "unknown FeatureOfInterest",
    RowStatus.NO_LOCATION: "the Thing has no Location",
    RowStatus.SERIES_FULL: "the Datastream is full",
    RowStatus.CONFLICT: "another result exists at this time",
}


class Recorded(NamedTuple):
    """Id of a reading and whether it was there before."""

    id: int
    is_duplicate: bool


def batch_of(series: int, readings: list[Reading]) -> actions.ReadingBatch:
    """Return readings of one series as columns."""
    now = 0
    times = []
    for reading in readings:
        if reading.time_us is None:
            now = now or now_us()
            times.append(now)
        else:
            times.append(reading.time_us)
    batch = actions.ReadingBatch(series, times, [r.result for r in readings])
    batch.feature_required = True
    for r in readings:
        if r.end_us is not None:
            batch.ends_us = [x.end_us for x in readings]
        if r.result_time_us is not None:
            batch.result_times_us = [x.result_time_us for x in readings]
        if r.feature_id is not None:
            batch.feature_ids = [x.feature_id for x in readings]
        if r.extra is not None:
            batch.extras = [x.extra for x in readings]
        if r.quality:
            batch.qualities = [x.quality for x in readings]
    return flagged(batch)


def flagged(batch: actions.ReadingBatch) -> actions.ReadingBatch:
    """Flag readings of more than ten minutes ahead as suspect: the clock of the sender is wrong.

    What says that it was computed before its time is a forecast, and what the sender flagged stays.
    """
    times = np.asarray(batch.times_us, dtype=np.int64)
    limit = now_us() + AHEAD_US
    if not len(times) or times.max() <= limit:
        return batch
    made = batch.result_times_us or [None] * len(times)
    flags = list(batch.qualities) if batch.qualities is not None else [0] * len(times)
    words: list[str | None] = [None] * len(times)
    for i in np.flatnonzero(times > limit).tolist():
        made_us = made[i]
        if flags[i] == 0 and (made_us is None or made_us > limit):
            flags[i], words[i] = int(Quality.SUSPECT), CLOCK_AHEAD
    batch.qualities, batch.qualifiers = flags, words
    return batch


async def record_one(
    context: Context, series: int, reading: Reading, *, is_in_path: bool = False
) -> Recorded:
    """Store one reading without parameters and the like (``Reading.extra``).

    Raises:
        BadPathError: The address names a series that does not exist.
        BadRequestError: It was refused.
        OtherValueExistsError: Strict mode.
        UnavailableError: Repeat later.
    """
    now = now_us()
    if reading.time_us is not None and reading.time_us > now + AHEAD_US:
        done = await actions.arecord_observations(context, [batch_of(series, [reading])])
        return _recorded(series, (done.rows[0].ids[0], done.rows[0].statuses[0]), is_in_path)
    prepared = actions.prepare_reading(
        now if reading.time_us is None else reading.time_us,
        reading.result,
        end_us=reading.end_us,
        result_time_us=reading.result_time_us,
        feature_id=reading.feature_id,
    )
    answer = await actions.arecord_reading(context, series, prepared)
    return _recorded(series, answer, is_in_path)


def _recorded(series: int, answer: tuple[int | None, RowStatus], is_in_path: bool) -> Recorded:
    if is_in_path and answer[1] is RowStatus.UNKNOWN_DATASTREAM:
        raise BadPathError(part=f"Datastreams({series})")
    return recorded(*answer)


def recorded(row_id: int | None, status: RowStatus) -> Recorded:
    """Return what became of a reading.

    Raises:
        BadRequestError: It was refused.
        OtherValueExistsError: Strict mode.
    """
    if row_id is None:
        if status is RowStatus.CONFLICT:
            raise OtherValueExistsError
        if status is RowStatus.NO_LOCATION:
            raise NoPlaceError
        raise RowRefusedError(reason=WORDS.get(status, status.value))
    return Recorded(row_id, status is RowStatus.DUPLICATE)
