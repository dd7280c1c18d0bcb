"""The weather of Auental: temperature, rain, humidity on a grid of quarter hours."""

from dataclasses import dataclass

import numpy as np

from .calendar import DAY_US, Floats, Ints, hour_of_day, season
from .noise import normal, smooth, uniform

STEP_US = 900_000_000
STEPS_PER_HOUR = 4
STEPS_PER_DAY = 96


@dataclass(frozen=True, slots=True)
class Shower:
    """A cloudburst over the town centre that the demo lets happen while somebody watches."""

    start_us: int
    minutes: int = 12
    depth_mm: float = 18.0

    @property
    def end_us(self) -> int:
        """Return when it stops raining."""
        return self.start_us + self.minutes * 60_000_000

    def rain_mm(self, from_us: Ints, to_us: Ints) -> Floats:
        """Return the rain of each interval; the rate is a triangle with its peak in the middle."""
        return self._fallen(to_us) - self._fallen(from_us)

    def _fallen(self, times_us: Ints) -> Floats:
        x = np.clip((times_us - self.start_us) / (self.end_us - self.start_us), 0, 1)
        found: Floats = self.depth_mm * np.where(x < 0.5, 2 * x**2, 1 - 2 * (1 - x) ** 2)
        return found


@dataclass(frozen=True, slots=True)
class Weather:
    """Weather per quarter hour; ``rain_mm`` is what falls within it."""

    times_us: Ints
    temperature_c: Floats
    rain_mm: Floats
    humidity_pct: Floats

    def hourly(self) -> "Weather":
        """Return the same per hour: rain added up, the rest at the full hour."""
        n = len(self.times_us) // STEPS_PER_HOUR
        first = slice(0, n * STEPS_PER_HOUR, STEPS_PER_HOUR)
        rain = self.rain_mm[: n * STEPS_PER_HOUR].reshape(n, STEPS_PER_HOUR).sum(axis=1)
        return Weather(
            self.times_us[first], self.temperature_c[first], rain, self.humidity_pct[first]
        )


def make_weather(seed: int, start_us: int, steps: int, showers: tuple[Shower, ...]) -> Weather:
    """Return the weather from a midnight on; more steps never change earlier ones."""
    times = start_us + STEP_US * np.arange(steps)
    rain = _rain_mm(seed, times)
    wetness = smooth(np.minimum(rain * 4, 3), 24, 0)
    for shower in showers:
        rain = rain + shower.rain_mm(times, times + STEP_US)
    temperature = _temperature_c(seed, times) - 1.6 * wetness
    swing = -9 * np.cos(2 * np.pi * (hour_of_day(times) - 15) / 24)
    noise = smooth(normal(seed, "humidity", times // STEP_US), 48, 0)
    humidity = 74 - 8 * season(times, 170) + swing + 13 * wetness + 40 * noise
    return Weather(times, temperature, rain, np.clip(humidity, 22, 100))


def _temperature_c(seed: int, times: Ints) -> Floats:
    """Return season + time of day + weather that changes within days."""
    summer = season(times, 200)
    mild = 3.9 * _slow_wave(seed, "temperature", times)
    day = (3.4 + 2.3 * summer) * np.cos(2 * np.pi * (hour_of_day(times) - 15.5) / 24)
    found: Floats = 9.4 + 9.2 * summer + mild + day
    return found


def _slow_wave(seed: int, name: str, times: Ints) -> Floats:
    """Return a wave of unit variance that forgets within three days."""
    days = times // DAY_US
    unique = np.arange(days[0] - 30, days[-1] + 2)
    raw = smooth(normal(seed, name, unique), 3, 0)
    raw /= np.sqrt((1 - np.exp(-1 / 3)) / (1 + np.exp(-1 / 3)))
    return np.interp(times / DAY_US, unique, raw)


def _rain_mm(seed: int, times: Ints) -> Floats:
    """Return rain from at most two events a day.

    Long and light in winter, short and hard in summer.
    """
    days = np.arange(times[0] // DAY_US - 1, times[-1] // DAY_US + 1)
    summer = season(days * DAY_US, 200)
    rain = np.zeros(len(times))
    for number in (1, 2):
        name = f"rain{number}"
        chance = (0.36 - 0.05 * summer) / number
        depth_mm = -np.log(uniform(seed, f"{name}/depth", days)) * (3.9 + 1.3 * summer)
        hours = np.clip(6 - 4 * summer, 1, None) * (0.5 + uniform(seed, f"{name}/hours", days))
        begin = days * DAY_US + (uniform(seed, f"{name}/begin", days) * DAY_US).astype(np.int64)
        falls = uniform(seed, f"{name}/falls", days) < chance
        for i in np.flatnonzero(falls).tolist():
            _let_it_rain(rain, times, int(begin[i]), float(hours[i]), float(depth_mm[i]))
    return rain


def _let_it_rain(rain: Floats, times: Ints, begin_us: int, hours: float, depth_mm: float) -> None:
    """Add one event, its rate a half sine, to the grid."""
    first = (begin_us - int(times[0])) // STEP_US
    n = max(1, round(hours * STEPS_PER_HOUR))
    rate = np.sin(np.pi * (np.arange(n) + 0.5) / n)
    rate *= depth_mm / rate.sum()
    low, high = max(first, 0), min(first + n, len(rain))
    if low < high:
        rain[low:high] += rate[low - first : high - first]
