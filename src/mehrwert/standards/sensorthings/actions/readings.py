"""Writing readings one by one."""

from typing import NamedTuple

from mehrwert.base.clock import now_us
from mehrwert.observations import actions
from mehrwert.observations.choices import RowStatus

from ..bodies import Reading
from ..errors import BadPathError, NoPlaceError, OtherValueExistsError, RowRefusedError

Context = actions.WriteContext
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
    prepared = actions.prepare_reading(
        now_us() if reading.time_us is None else reading.time_us,
        reading.result,
        end_us=reading.end_us,
        result_time_us=reading.result_time_us,
        feature_id=reading.feature_id,
    )
    row_id, status = await actions.arecord_reading(context, series, prepared)
    if is_in_path and status is RowStatus.UNKNOWN_DATASTREAM:
        raise BadPathError(part=f"Datastreams({series})")
    return recorded(row_id, status)


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
