"""Auental behaves like a town: the same every time, and physically sensible."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from mehrwert.demo import town
from mehrwert.demo.rules import Place, Shower, World
from mehrwert.demo.rules import calendar as cal
from mehrwert.demo.rules.noise import normal, uniform
from mehrwert.demo.rules.soil import WILTING_PCT, soil_moisture_pct
from mehrwert.demo.rules.water import shower_rise_m
from mehrwert.demo.rules.weather import Weather, make_weather

HOUR, DAY = cal.HOUR_US, cal.DAY_US
START = int(datetime(2024, 11, 1, tzinfo=UTC).timestamp()) * 1_000_000
END = START + 730 * DAY


def make_world(*showers: Shower, end_us: int = END, seed: int = 1) -> World:
    return World(seed, START, end_us, showers, town.soil_places())


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def short():
    """The same town, known only for 40 days."""
    return make_world(end_us=START + 40 * DAY)


def probe(station: str, model: str):
    return next(p for p in town.probes(station) if p.model == model)


def test_equal_seeds_make_equal_towns_and_other_seeds_others(world):
    times = START + HOUR * np.arange(500)
    one = probe(town.MAIN_GAUGE, "level")
    assert np.array_equal(world.read(one, times), make_world().read(one, times))
    assert not np.array_equal(world.read(one, times), make_world(seed=2).read(one, times))


@pytest.mark.parametrize("one", town.all_probes(), ids=lambda p: p.key)
def test_every_series_is_finite_and_knowing_the_future_changes_nothing(world, short, one):
    times = one.times_us(START, START + 40 * DAY)
    values = world.read(one, times)
    assert np.isfinite(values).all()
    assert np.array_equal(values, short.read(one, times))


BOUNDS = {
    "level": (0.1, 2.5),
    "water_temperature": (0, 28),
    "groundwater": (1, 7),
    "rain": (0, 25),
    "air_temperature": (-22, 41),
    "street_temperature": (-22, 42),
    "humidity": (15, 100),
    "soil_moisture": (7, 47),
    "soil_temperature": (-4, 30),
    "room_co2": (400, 3500),
    "room_temperature": (14, 34),
    "room_humidity": (15, 90),
    "fill": (0, 100),
    "electricity": (0, 60),
    "pump_current": (0, 9),
    "sump_level": (0.4, 1.6),
    "battery": (2.5, 3.7),
}


@pytest.mark.parametrize("one", town.all_probes(), ids=lambda p: p.key)
def test_every_series_stays_within_what_nature_allows(world, one):
    low, high = BOUNDS[one.model]
    values = world.read(one, one.times_us(START, END))
    assert values.min() >= low
    assert values.max() <= high


def test_a_year_has_the_rain_and_the_warmth_of_central_germany(world):
    weather = world.weather
    assert 500 < weather.rain_mm.sum() / 2 < 1000
    assert 7.5 < weather.temperature_c.mean() < 12
    july = (cal.day_of_year(weather.times_us) // 30.5) == 6
    january = (cal.day_of_year(weather.times_us) // 30.5) == 0
    assert weather.temperature_c[july].mean() > weather.temperature_c[january].mean() + 12


def weather_of(rain_mm: list[float], temperature_c: float) -> Weather:
    n = len(rain_mm)
    july = int(datetime(2025, 7, 1, tzinfo=UTC).timestamp()) * 1_000_000
    return Weather(
        july + HOUR * np.arange(n), np.full(n, temperature_c), np.array(rain_mm), np.full(n, 60.0)
    )


def test_soil_dries_in_the_sun_rises_with_rain_and_never_falls_below_the_wilting_point():
    place = Place(field_capacity_pct=30, catch=1, thirst=1.2, is_watered=False)
    moisture = soil_moisture_pct(weather_of([0.0] * 2400 + [12.0] + [0.0] * 5, 26), [place])[:, 0]
    assert (np.diff(moisture[:2400]) <= 1e-9).all()
    assert WILTING_PCT <= moisture[2399] < 12
    assert moisture[2400] == pytest.approx(moisture[2399] + 12 * 0.33, abs=0.2)


def test_a_place_that_is_watered_does_not_dry_out():
    dry = Place(field_capacity_pct=30, catch=1, thirst=1.2, is_watered=False)
    watered = Place(field_capacity_pct=30, catch=1, thirst=1.2, is_watered=True)
    moisture = soil_moisture_pct(weather_of([0.0] * 2400, 26), [dry, watered])
    assert moisture[-1, 1] > moisture[-1, 0] + 2


def test_the_brook_follows_the_rain(world):
    level = world.read(probe(town.MAIN_GAUGE, "level"), world.weather.times_us[:-1])
    day = world.weather.rain_mm[:-1].cumsum()
    fallen = day[96:] - day[:-96]
    after = level[96:] - level[:-96]
    assert after[fallen > 15].mean() > 0.08
    assert after[fallen < 0.01].mean() < 0


def test_a_shower_lifts_the_brook_after_its_start_and_lets_it_fall_again():
    shower = Shower(START + 10 * DAY)
    minutes = np.array([-5, 0, 3, 5, 7, 10, 30, 240])
    rise = shower_rise_m(shower.start_us + minutes * 60_000_000, shower)
    assert rise[:3].tolist() == [0, 0, 0]
    assert (np.diff(rise[2:6]) > 0).all()
    assert 0.5 < rise[5] < 1
    assert rise[6] > rise[7]
    assert rise[7] < 0.05


def test_a_shower_brings_its_rain_once_whatever_the_rhythm_of_the_gauge():
    shower = Shower(START + 10 * DAY + 8 * 60_000_000)
    edges = np.arange(shower.start_us - HOUR, shower.end_us + HOUR, 60_000_000)
    assert shower.rain_mm(edges[:-1], edges[1:]).sum() == pytest.approx(shower.depth_mm)
    dry, wet = make_weather(1, START, 96 * 20, ()), make_weather(1, START, 96 * 20, (shower,))
    assert (wet.rain_mm - dry.rain_mm).sum() == pytest.approx(shower.depth_mm)
    assert (wet.rain_mm[: 96 * 10] == dry.rain_mm[: 96 * 10]).all()


def test_classrooms_are_stuffy_in_lessons_and_empty_on_sundays(world):
    one = probe("raum-grundschule-1a", "room_co2")
    times = one.times_us(START, END)
    values = world.read(one, times)
    lesson = cal.is_school_day(times) & (np.abs(cal.hour_of_day(times) - 9.5) < 1)
    sunday = cal.weekday(times) == 6
    assert values[lesson].mean() > 800
    assert values[sunday].max() < 520


def test_only_the_station_with_the_weak_battery_runs_dry(world):
    at_end = {
        p.station: float(world.read(p, np.array([END]))[0])
        for p in town.all_probes()
        if p.model == "battery"
    }
    assert {name for name, volt in at_end.items() if volt < 3.0} == {town.SILENT_STATION}


def test_readings_are_made_at_regular_times_and_none_twice():
    one = probe("boden-marktlinde", "soil_moisture")
    whole = one.times_us(START, START + 2 * DAY)
    middle = START + DAY + 1234
    joined = [*one.times_us(START, middle), *one.times_us(middle, START + 2 * DAY)]
    assert joined == whole.tolist()
    assert len(whole) == 48
    assert set(np.diff(whole)) == {HOUR}


def test_an_interval_is_sent_when_it_is_over():
    one = probe("regen-bauhof", "rain")
    quarter = 15 * 60_000_000
    times = one.times_us(START, START + 4 * quarter + 1)
    assert times.tolist() == [START + i * quarter for i in range(4)]


def test_the_wall_clock_is_that_of_berlin():
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    moments = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=7 * i) for i in range(3800)]
    times = np.array([int(m.timestamp()) * 1_000_000 for m in moments])
    local = [m.astimezone(berlin) for m in moments]
    assert cal.hour_of_day(times).tolist() == [m.hour for m in local]
    assert cal.weekday(times).tolist() == [m.weekday() for m in local]
    days = [m.timetuple().tm_yday - 1 for m in local]
    assert cal.day_of_year(times).astype(int).tolist() == days


def test_noise_is_even_and_bell_shaped():
    steps = np.arange(200_000)
    even, bell = uniform(3, "a", steps), normal(3, "a", steps)
    assert abs(even.mean() - 0.5) < 0.003
    assert abs(even.std() - 12**-0.5) < 0.003
    assert abs(bell.mean()) < 0.01
    assert abs(bell.std() - 1) < 0.01
    assert abs(np.corrcoef(bell, normal(3, "b", steps))[0, 1]) < 0.01
