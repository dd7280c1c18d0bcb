"""Auental as a whole: what any of its sensors reads at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import buildings, soil, water
from .calendar import DAY_US, HOUR_US, Floats, Ints
from .noise import normal, trait
from .weather import STEP_US, STEPS_PER_DAY, Shower, Weather, make_weather

BATTERY_EVERY_S = 86_400


@dataclass(frozen=True, slots=True)
class Probe:
    """One series of a station as the simulator knows it.

    ``model`` names the function of the world that makes its values; ``traits`` tells places apart.
    """

    station: str
    model: str
    interval_s: int
    decimals: int
    is_interval: bool = False
    traits: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Return the name of the series that never changes."""
        return f"{self.station}/{self.model}"

    @property
    def interval_us(self) -> int:
        """Return the time between two readings."""
        return self.interval_s * 1_000_000

    def times_us(self, after_us: int, until_us: int) -> Ints:
        """Return the times of the regular readings made after one time and until another.

        Stations send at different minutes. An interval carries the time of its beginning, begins
        on the clock and is sent when it is over.
        """
        every = self.interval_us
        lasts = every if self.is_interval else 0
        minutes = self.interval_s // 60
        shift = 0 if self.is_interval else int(trait(0, self.station, 0, minutes)) * 60_000_000
        first = (after_us - lasts - shift) // every + 1
        last = (until_us - lasts - shift) // every
        return np.arange(first, last + 1, dtype=np.int64) * every + shift


class World:
    """The town from a midnight to an end, made from a seed: equal arguments, equal values.

    Args:
        seed: Any whole number.
        start_us: A midnight UTC; all memory (soil, brook, batteries) begins here.
        end_us: Values are known before this time.
        showers: Cloudbursts that the demo lets happen.
        soil_places: What makes each station with a soil probe dry out faster or slower.
    """

    def __init__(
        self,
        seed: int,
        start_us: int,
        end_us: int,
        showers: tuple[Shower, ...] = (),
        soil_places: dict[str, soil.Place] | None = None,
    ) -> None:
        self.seed, self.start_us, self.showers = seed, start_us, showers
        self.days = int((end_us - start_us) // DAY_US) + 2
        self.end_us = start_us + (self.days - 1) * DAY_US
        self._soil_places = soil_places or {}
        self._models: dict[str, Callable[[Probe, Ints], Floats]] = {
            "level": self._level,
            "water_temperature": self._water_temperature,
            "groundwater": self._groundwater,
            "rain": self._rain,
            "air_temperature": self._air_temperature,
            "street_temperature": self._street_temperature,
            "humidity": self._humidity,
            "soil_moisture": self._soil_moisture,
            "soil_temperature": self._soil_temperature,
            "room_co2": self._room_co2,
            "room_temperature": self._room_temperature,
            "room_humidity": self._room_humidity,
            "fill": self._fill,
            "electricity": self._electricity,
            "pump_current": self._pump_current,
            "sump_level": self._sump_level,
            "battery": self._battery,
        }

    def read(self, probe: Probe, times_us: Ints) -> Floats:
        """Return what a probe reads at these times, rounded as the device does it.

        For a probe of intervals the times are their beginnings.
        """
        return np.round(self._models[probe.model](probe, times_us), probe.decimals)

    @cached_property
    def weather(self) -> Weather:
        """Return the weather of the whole time."""
        return make_weather(self.seed, self.start_us, self.days * STEPS_PER_DAY, self.showers)

    @cached_property
    def _hourly(self) -> Weather:
        return self.weather.hourly()

    @cached_property
    def _fallen(self) -> tuple[Ints, Floats]:
        """Return times and the rain that fell until then, without the live showers."""
        times = self.weather.times_us
        steady = self.weather.rain_mm.copy()
        for shower in self.showers:
            steady -= shower.rain_mm(times, times + STEP_US)
        fallen = np.concatenate([[0.0], np.cumsum(np.maximum(steady, 0))])
        return np.append(times, times[-1] + STEP_US), fallen

    @cached_property
    def _brook(self) -> Floats:
        return water.brook_level_m(self.weather, self.showers)

    @cached_property
    def _ground(self) -> Floats:
        return water.groundwater_depth_m(self.weather)

    @cached_property
    def _soil(self) -> dict[str, Floats]:
        names = list(self._soil_places)
        table = soil.soil_moisture_pct(self._hourly, [self._soil_places[name] for name in names])
        return {name: table[:, i] for i, name in enumerate(names)}

    @cached_property
    def _soil_c(self) -> Floats:
        return soil.soil_temperature_c(self._hourly)

    def _at(self, times_us: Ints, values: Floats) -> Floats:
        return np.interp(times_us, self.weather.times_us, values)

    def _at_hour(self, times_us: Ints, values: Floats) -> Floats:
        return np.interp(times_us, self._hourly.times_us, values)

    def _outside(self, times_us: Ints) -> Floats:
        return self._at(times_us, self.weather.temperature_c)

    def _level(self, probe: Probe, times_us: Ints) -> Floats:
        """Return the level: steeper and later the further the gauge lies down the brook."""
        late_us = int(trait(self.seed, f"{probe.station}/late", 0, 60) * 1_000_000)
        share = trait(self.seed, f"{probe.station}/width", 0.8, 1.15)
        if "main_gauge" in probe.traits:
            late_us, share = 0, 1.0
        there = times_us - late_us
        rise = sum((water.shower_rise_m(there, s) for s in self.showers), np.zeros(len(times_us)))
        waves: Floats = 0.004 * normal(self.seed, probe.station, times_us // 10_000_000)
        return share * (self._at(there, self._brook) + rise) + waves

    def _water_temperature(self, probe: Probe, times_us: Ints) -> Floats:
        calm = self._at_hour(times_us, self._soil_c)
        return np.maximum(0.6 * calm + 0.4 * (self._outside(times_us) + calm) / 2, 0.2)

    def _groundwater(self, probe: Probe, times_us: Ints) -> Floats:
        return self._at(times_us, self._ground) + trait(self.seed, probe.station, -0.6, 1.2)

    def _rain(self, probe: Probe, times_us: Ints) -> Floats:
        """Return the rain of each interval; what a live shower brings is known to the second."""
        share = trait(self.seed, probe.station, 0.85, 1.15)
        ends = times_us + probe.interval_us
        edges, fallen = self._fallen
        rain: Floats = np.interp(ends, edges, fallen) - np.interp(times_us, edges, fallen)
        rain += sum((s.rain_mm(times_us, ends) for s in self.showers), np.zeros(len(times_us)))
        found: Floats = np.maximum(share * rain, 0)
        return found

    def _air_temperature(self, probe: Probe, times_us: Ints) -> Floats:
        noise = 0.1 * normal(self.seed, probe.station, times_us // STEP_US)
        return self._outside(times_us) + noise

    def _street_temperature(self, probe: Probe, times_us: Ints) -> Floats:
        outside = self._outside(times_us)
        return buildings.street_temperature_c(self.seed, probe.station, times_us, outside)

    def _humidity(self, probe: Probe, times_us: Ints) -> Floats:
        noise = normal(self.seed, f"{probe.station}/h", times_us // STEP_US)
        return np.clip(self._at(times_us, self.weather.humidity_pct) + noise, 15, 100)

    def _soil_moisture(self, probe: Probe, times_us: Ints) -> Floats:
        noise = 0.06 * normal(self.seed, probe.station, times_us // HOUR_US)
        return self._at_hour(times_us, self._soil[probe.station]) + noise

    def _soil_temperature(self, probe: Probe, times_us: Ints) -> Floats:
        noise = 0.05 * normal(self.seed, f"{probe.station}/s", times_us // HOUR_US)
        return self._at_hour(times_us, self._soil_c) + noise

    def _room_co2(self, probe: Probe, times_us: Ints) -> Floats:
        return buildings.room_co2_ppm(self.seed, probe.station, times_us)

    def _room_temperature(self, probe: Probe, times_us: Ints) -> Floats:
        outside = self._outside(times_us)
        return buildings.room_temperature_c(self.seed, probe.station, times_us, outside)

    def _room_humidity(self, probe: Probe, times_us: Ints) -> Floats:
        outside = (self._outside(times_us), self._at(times_us, self.weather.humidity_pct))
        inside = self._room_temperature(probe, times_us)
        return buildings.room_humidity_pct(self.seed, probe.station, times_us, outside, inside)

    def _fill(self, probe: Probe, times_us: Ints) -> Floats:
        """Return the filling: it grows over the day and falls at once when emptied."""
        days = buildings.container_fill_pct(self.seed, probe.station, self.start_us, self.days + 1)
        day, rest = np.divmod(times_us - self.start_us, DAY_US)
        now, then = days[day], days[day + 1]
        return np.where(then >= now, now + (then - now) * rest / DAY_US, now)

    def _electricity(self, probe: Probe, times_us: Ints) -> Floats:
        outside = self._outside(times_us)
        return buildings.electricity_kwh(self.seed, probe.station, times_us, outside)

    def _pump_current(self, probe: Probe, times_us: Ints) -> Floats:
        return buildings.pump_current_a(self.seed, probe.station, times_us, self._inflow(times_us))

    def _sump_level(self, probe: Probe, times_us: Ints) -> Floats:
        return buildings.sump_level_m(self.seed, probe.station, times_us, self._inflow(times_us))

    def _inflow(self, times_us: Ints) -> Floats:
        """Return the rain that is on its way through the sewer, 0 to 1."""
        return np.clip(self._at(times_us, self.weather.rain_mm) / 3, 0, 1)

    def _battery(self, probe: Probe, times_us: Ints) -> Floats:
        return buildings.battery_v(
            self.seed,
            probe.station,
            times_us,
            self._outside(times_us),
            start_us=self.start_us,
            is_weak="weak_battery" in probe.traits,
        )
