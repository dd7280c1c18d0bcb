"""The sensors send what is due: on time, once, and something happens while one looks on."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from mehrwert.demo import queries, runtime, simulator, town
from mehrwert.demo.rules import Shower
from mehrwert.demo.rules.calendar import DAY_US
from mehrwert.demo.simulator import Reading, Sensors, message_of

SECOND = 1_000_000
MINUTE = 60 * SECOND
START = 1_790_000_000 * SECOND
BEGINNING = queries.Beginning(
    start_us=(START // DAY_US - 40) * DAY_US,
    newest_us=START - 2 * DAY_US,
    seeded_us=START,
    is_finished=True,
)
BEGUN = runtime.Runtime(8000, START)
LEVEL, RAIN = f"{town.MAIN_GAUGE}/level", "regen-bauhof/rain"


def make_sensors(*keys: str, until_us: int = START, beginning=BEGINNING) -> Sensors:
    """Sensors of these series, which have readings until a time."""
    sensors = Sensors(BEGUN, beginning, (BEGUN.shower,))
    states = {key: queries.SeriesState(number, until_us) for number, key in enumerate(keys, 1)}
    sensors.learn(states)
    return sensors


def run(sensors: Sensors, seconds: int, every: int = 2) -> dict[str, list[Reading]]:
    """Let time pass and return what each series has sent."""
    sent: dict[str, list[Reading]] = {}
    for second in range(0, seconds + 1, every):
        for probe, readings in sensors.due(START + second * SECOND):
            sent.setdefault(probe.key, []).extend(readings)
            sensors.sent(probe, readings)
    return sent


def test_within_two_minutes_the_brook_rises_visibly():
    sent = run(make_sensors(LEVEL), 120)[LEVEL]
    assert len(sent) >= 10
    assert sent[-1].value - sent[0].value > 0.1


def test_within_two_minutes_a_sensor_falls_silent():
    key = f"{town.SILENT_STATION}/soil_moisture"
    sent = run(make_sensors(key, until_us=START - 4 * 3600 * SECOND), 120)
    last = sent[key][-1].time_us
    silent_from = last + 3 * 3600 * SECOND
    assert START < silent_from < START + 120 * SECOND


def test_the_weak_battery_is_told_before_the_sensor_falls_silent():
    long_ago = replace(BEGINNING, start_us=BEGINNING.start_us - 690 * DAY_US)
    key = f"{town.SILENT_STATION}/battery"
    sensors = make_sensors(key, until_us=START - 4 * 3600 * SECOND, beginning=long_ago)
    assert run(sensors, 2)[key][-1].value < 2.9


def test_nothing_is_sent_twice_and_nothing_before_it_was_measured():
    keys = [probe.key for probe in town.all_probes()]
    sent = run(make_sensors(*keys), 20 * 60, every=60)
    assert len(sent) > 40
    for readings in sent.values():
        times = [reading.time_us for reading in readings]
        assert times == sorted(set(times))
        assert all((r.end_us or r.time_us) <= START + 20 * 60 * SECOND for r in readings)


def test_while_it_pours_the_rain_is_measured_by_the_minute_and_adds_up():
    shower = BEGUN.shower
    quarter = 15 * MINUTE
    begin = shower.start_us // quarter * quarter
    sent = run(make_sensors(RAIN, until_us=begin), 60 * 60, every=20)[RAIN]
    spans = [(r.time_us, r.end_us) for r in sent]
    assert spans[0][0] == begin
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert MINUTE in {end - start for start, end in spans}
    assert quarter in {end - start for start, end in spans}
    total = sum(r.value for r in sent)
    assert 0.8 * shower.depth_mm < total < 1.3 * shower.depth_mm + 5


@pytest.mark.parametrize("since_start_s", [0, 40, 170])
def test_rain_that_was_sent_by_the_quarter_is_not_sent_again_by_the_minute(since_start_s):
    covered = BEGUN.shower.start_us + since_start_s * SECOND
    sent = run(make_sensors(RAIN, until_us=covered), 60)[RAIN]
    assert all(reading.time_us >= covered for reading in sent)


def test_what_was_not_sent_while_the_demo_was_off_is_sent_later():
    key = "boden-marktlinde/soil_moisture"
    readings = run(make_sensors(key, until_us=START - 5 * 3600 * SECOND), 0)[key]
    assert {b.time_us - a.time_us for a, b in pairwise(readings)} == {3600 * SECOND}
    assert len(readings) == 5


def test_the_brook_of_an_earlier_run_is_still_in_later_values():
    earlier = Shower(START - 20 * MINUTE)
    with_it = Sensors(BEGUN, BEGINNING, (earlier, BEGUN.shower))
    with_it.learn({LEVEL: queries.SeriesState(1, START)})
    without = make_sensors(LEVEL)
    assert run(with_it, 20)[LEVEL][0].value > run(without, 20)[LEVEL][0].value + 0.1


def test_one_reading_goes_as_an_observation_and_several_as_a_data_array():
    one = Reading(7, START, None, 1.5)
    span = Reading(8, START, START + MINUTE, 0.2)
    path, body = message_of([one])
    assert path == "/sta/auental/v1.1/Observations"
    assert body["Datastream"] == {"@iot.id": 7}
    assert body["phenomenonTime"] == "2026-09-21T14:13:20.000Z"
    path, body = message_of([span, span])
    assert path == "/sta/auental/v1.1/CreateObservations"
    assert body[0]["dataArray"][0] == ["2026-09-21T14:13:20.000Z/2026-09-21T14:14:20.000Z", 0.2]
    json.dumps(body)


def test_outside_of_a_demo_the_service_does_nothing(db):
    service = simulator.Simulator()
    service.start()
    assert service._loop is None
    service.stop()
