"""The state of one series while a group is written."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from mehrwert.observations.stores.base import STATE_COLUMNS, Row

_values = attrgetter(*STATE_COLUMNS)


class State:
    """One row of ``datastream_state``, changed once per batch."""

    __slots__ = (*STATE_COLUMNS, "dirty")

    datastream_id: int
    tenant_id: int
    next_seq: int
    n: int
    first_time: int | None
    last_time: int | None
    last_end: int | None
    latest_seq: int | None
    latest_result: float | None
    latest_quality: int | None
    first_result_time: int | None
    last_result_time: int | None
    feature_id: int | None
    gap_us: int | None
    min_lon: float | None
    min_lat: float | None
    max_lon: float | None
    max_lat: float | None
    dirty: bool

    def __init__(self, row: Sequence[Any]) -> None:
        (
            self.datastream_id,
            self.tenant_id,
            self.next_seq,
            self.n,
            self.first_time,
            self.last_time,
            self.last_end,
            self.latest_seq,
            self.latest_result,
            self.latest_quality,
            self.first_result_time,
            self.last_result_time,
            self.feature_id,
            self.gap_us,
            self.min_lon,
            self.min_lat,
            self.max_lon,
            self.max_lat,
        ) = row
        self.dirty = False

    def row(self) -> Row:
        """Return the values in order of ``STATE_COLUMNS``."""
        values: Row = _values(self)
        return values

    def note_end(self, end: int) -> None:
        """Widen the time covered."""
        if self.last_end is None or end > self.last_end:
            self.last_end = end

    def note_result_time(self, time: int) -> None:
        """Widen the range of result times."""
        if self.first_result_time is None or time < self.first_result_time:
            self.first_result_time = time
        if self.last_result_time is None or time > self.last_result_time:
            self.last_result_time = time

    def note_bounds(self, bounds: tuple[float, float, float, float]) -> None:
        """Widen the box of the features observed."""
        west, south, east, north = bounds
        self.min_lon = west if self.min_lon is None else min(self.min_lon, west)
        self.min_lat = south if self.min_lat is None else min(self.min_lat, south)
        self.max_lon = east if self.max_lon is None else max(self.max_lon, east)
        self.max_lat = north if self.max_lat is None else max(self.max_lat, north)
        self.dirty = True


def new_state_row(datastream_id: int, tenant_id: int) -> Row:
    """Return the state of a series without readings."""
    return (datastream_id, tenant_id, 0, 0, *([None] * (len(STATE_COLUMNS) - 4)))
