"""Brook and groundwater: linear reservoirs that the rain fills."""

from collections.abc import Sequence

import numpy as np

from .calendar import Floats, Ints, season
from .noise import smooth
from .weather import STEPS_PER_DAY, Shower, Weather

BED_M = 0.18
RISE_S = 360.0
LAG_S = 240.0
SHARPNESS = 2.0


def brook_level_m(weather: Weather, showers: Sequence[Shower]) -> Floats:
    """Return the level at the mill bridge per quarter hour, without the live showers.

    Rain runs off fast (six hours) from a part of the area that grows with wetness; the rest drains
    slowly (twenty days). Level over discharge: a rating curve with exponent 0.6.
    """
    rain = weather.rain_mm.copy()
    for shower in showers:
        rain -= shower.rain_mm(weather.times_us, weather.times_us + 900_000_000)
    dry = 0.55 + 0.35 * np.clip(season(weather.times_us, 200), 0, 1)
    slow = smooth(rain * STEPS_PER_DAY * (1 - dry), 20 * STEPS_PER_DAY, 0.9)
    fast = smooth(rain * STEPS_PER_DAY * (0.08 + 0.1 * np.clip(slow, 0, 2)), 24, 0)
    level: Floats = BED_M + 0.16 * np.maximum(slow + fast, 0) ** 0.6
    return level


def shower_rise_m(times_us: Ints, shower: Shower) -> Floats:
    """Return how much a cloudburst lifts the level at exact times: fast up, slowly down.

    A gamma hydrograph: 0 until ``LAG_S`` after the rain began, highest ``RISE_S`` later, and its
    falling limb five times as long as its rising one.
    """
    x = (times_us - shower.start_us) / 1e6 - LAG_S
    x = np.where(x < RISE_S, x / RISE_S, 1 + (x - RISE_S) / (5 * RISE_S))
    x = np.clip(x, 0, None)
    rise: Floats = 0.036 * shower.depth_mm * (x * np.exp(1 - x)) ** SHARPNESS
    return rise


def groundwater_depth_m(weather: Weather) -> Floats:
    """Return metres from ground to groundwater per quarter hour; it answers within two months."""
    dry = 0.5 + 0.45 * np.clip(season(weather.times_us, 200), -1, 1)
    stored = smooth(weather.rain_mm * STEPS_PER_DAY * (1 - dry), 60 * STEPS_PER_DAY, 1.0)
    depth: Floats = 4.1 - 0.9 * stored
    return depth
