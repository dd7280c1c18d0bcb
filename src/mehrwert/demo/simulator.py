"""The sensors of Auental: a service that sends what is due through the HTTP door, like any device.

It knows the door only by its address and its key. What was not sent while the demo was off is sent
later, as loggers do.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mehrwert.base.clock import now_us
from mehrwert.base.services import LoopService
from mehrwert.demo import actions, queries, runtime, town
from mehrwert.demo.rules import Probe, Shower, World
from mehrwert.demo.rules.calendar import DAY_US, HOUR_US

log = logging.getLogger("mehrwert.demo")
PATH = f"/sta/{town.SLUG}/v1.1"
TURN_S = 2.0
PAUSE_AFTER_ERROR_S = 3.0
ANSWER_S = 20.0
ROWS_PER_BODY = 1000
SECOND_US = 1_000_000
# how often gauges send while water rises: (until after the shower began, every)
FAST = ((15 * 60, 10), (60 * 60, 60))
# one station falls silent: its last reading is so old that this happens a moment after the start
SILENT_AFTER_START_US = 75 * SECOND_US


@dataclass(frozen=True, slots=True)
class Reading:
    """One value on its way; ``end_us`` only for intervals."""

    datastream_id: int
    time_us: int
    end_us: int | None
    value: float


class Sensors:
    """What every probe has sent and what is due. The clock is a parameter."""

    def __init__(
        self, begun: runtime.Runtime, beginning: queries.Beginning, showers: tuple[Shower, ...]
    ) -> None:
        self._begun, self._beginning, self._showers = begun, beginning, showers
        self._world: World | None = None
        self._sent_us: dict[str, int] = {}
        self._ids: dict[str, int] = {}

    def learn(self, states: dict[str, queries.SeriesState]) -> None:
        """Take over what the store has of each series."""
        for key, state in states.items():
            self._ids[key] = state.datastream_id
            self._sent_us[key] = state.until_us or self._beginning.newest_us

    def due(self, at_us: int) -> Iterator[tuple[Probe, list[Reading]]]:
        """Yield the readings of each series that were made since the last ones and until now."""
        for probe in town.all_probes():
            if probe.key in self._ids and (readings := self._readings(probe, at_us)):
                yield probe, readings

    def sent(self, probe: Probe, readings: list[Reading]) -> None:
        """Remember what the door has taken."""
        last = readings[-1]
        self._sent_us[probe.key] = last.time_us if last.end_us is None else last.end_us

    def _readings(self, probe: Probe, at_us: int) -> list[Reading]:
        after = self._sent_us[probe.key]
        world = self._world_at(at_us)
        found: list[Reading] = []
        for times, made_by in self._times(probe, after, at_us):
            if not len(times):
                continue
            ends = (times + made_by.interval_us).tolist() if probe.is_interval else None
            values = world.read(made_by, times).tolist()
            found += [
                Reading(self._ids[probe.key], time, ends[i] if ends else None, values[i])
                for i, time in enumerate(times.tolist())
            ]
        return sorted(found, key=lambda reading: reading.time_us)

    def _times(
        self, probe: Probe, after: int, at_us: int
    ) -> Iterator[tuple[NDArray[np.int64], Probe]]:
        """Yield times with the probe in the rhythm in which it measures them."""
        if probe.station == town.SILENT_STATION:
            last = self._begun.started_us + SILENT_AFTER_START_US - 3 * HOUR_US
            regular = probe.times_us(after, min(at_us, last))
            times = np.union1d(regular, [last] if last > after else [])
            yield times.astype(np.int64), probe
            return
        regular = probe.times_us(after, at_us)
        if probe.is_interval:
            regular = regular[regular >= after]
        if probe.model == "rain":
            yield from _rain_times(probe, regular, (after, at_us), self._begun.shower)
            return
        if probe.model == "level":
            regular = np.union1d(regular, list(_fast_times(self._begun.shower, after, at_us)))
        yield regular.astype(np.int64), probe

    def _world_at(self, at_us: int) -> World:
        if self._world is None or at_us >= self._world.end_us - HOUR_US:
            self._world = actions.make_world(self._beginning, at_us + DAY_US, self._showers)
        return self._world


def _rain_times(
    probe: Probe, regular: NDArray[np.int64], span: tuple[int, int], shower: Shower
) -> Iterator[tuple[NDArray[np.int64], Probe]]:
    """Yield quarter hours, but minutes in those in which it pours: then gauges send faster."""
    every, (after, until) = probe.interval_us, span
    first, last = shower.start_us // every * every, (shower.end_us // every + 1) * every
    yield regular[(regular < first) | (regular >= last)], probe
    fast = replace(probe, interval_s=60)
    begin = max(after, first)
    minutes = fast.times_us(begin, min(until, last))
    yield minutes[minutes >= begin], fast


def _fast_times(shower: Shower, after_us: int, until_us: int) -> Iterator[int]:
    """Yield the times at which gauges measure while the water rises."""
    begin = shower.start_us
    for last_s, every_s in FAST:
        end = shower.start_us + last_s * SECOND_US
        low, high = max(begin, after_us + 1), min(end, until_us + 1)
        every = every_s * SECOND_US
        yield from range(-(-low // every) * every, high, every)
        begin = end


class Simulator:
    """The service: nothing outside of ``mehrwert demo``, there a thread that sends every 2 s."""

    def __init__(self) -> None:
        self._loop: LoopService | None = None
        self._sensors: Sensors | None = None
        self._tenant_id, self._key = 0, ""
        self._connection: HTTPConnection | None = None

    def start(self) -> None:
        """Begin to send, if this process is the demo."""
        begun = runtime.current()
        if begun is None:
            return
        beginning, tenant = queries.read_beginning(), queries.read_auental()
        if beginning is None or tenant is None:
            return
        self._tenant_id, self._key = tenant.pk, actions.open_key(tenant.pk)
        showers = tuple(Shower(start_us) for start_us in queries.read_shower_starts())
        self._sensors = Sensors(begun, beginning, showers)
        self._sensors.learn(queries.read_series_states(tenant.pk))
        self._connection = HTTPConnection(runtime.LOOPBACK, begun.port, timeout=ANSWER_S)
        self._loop = LoopService("demo-simulator", self._turn)
        self._loop.start()

    def stop(self) -> None:
        """Stop sending."""
        if self._loop is not None:
            self._loop.stop()
        if self._connection is not None:
            self._connection.close()

    def _turn(self) -> float:
        sensors = self._sensors
        if sensors is None:
            return TURN_S
        try:
            for probe, readings in sensors.due(now_us()):
                for start in range(0, len(readings), ROWS_PER_BODY):
                    part = readings[start : start + ROWS_PER_BODY]
                    self._send(part)
                    sensors.sent(probe, part)
        except (OSError, HTTPException) as error:
            log.info("demo_sensor_waits", extra={"reason": str(error)})
            if self._connection is not None:
                self._connection.close()
            return PAUSE_AFTER_ERROR_S
        return TURN_S

    def _send(self, readings: list[Reading]) -> None:
        path, body = message_of(readings)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        if self._connection is None:
            raise OSError("stopped")
        self._connection.request("POST", path, json.dumps(body), headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise HTTPException(f"{path}: {answer.status}")


def message_of(readings: list[Reading]) -> tuple[str, Any]:
    """Return path and body: one reading as Observation, several as a data array."""
    rows = [[_time_text(reading), reading.value] for reading in readings]
    link = {"@iot.id": readings[0].datastream_id}
    if len(rows) == 1:
        time, value = rows[0]
        body = {"phenomenonTime": time, "result": value, "Datastream": link}
        return f"{PATH}/Observations", body
    array = {
        "Datastream": link,
        "components": ["phenomenonTime", "result"],
        "dataArray@iot.count": len(rows),
        "dataArray": rows,
    }
    return f"{PATH}/CreateObservations", [array]


def _time_text(reading: Reading) -> str:
    start = _iso(reading.time_us)
    return start if reading.end_us is None else f"{start}/{_iso(reading.end_us)}"


def _iso(time_us: int) -> str:
    moment = datetime.fromtimestamp(time_us / 1_000_000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
