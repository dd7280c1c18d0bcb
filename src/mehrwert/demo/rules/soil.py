"""Soil moisture at trees: a bucket per place that rain and watering fill and the sun empties."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .calendar import Floats, hour_of_day, season
from .noise import smooth
from .weather import Weather

WILTING_PCT = 8.0
WATERED_BELOW_PCT = 12.5
WATERING_PCT = 9.0


@dataclass(frozen=True, slots=True)
class Place:
    """What makes one place dry out faster than another.

    ``is_watered``: the depot waters it in the morning when it gets too dry.
    """

    field_capacity_pct: float
    catch: float
    thirst: float
    is_watered: bool


def soil_moisture_pct(hourly: Weather, places: list[Place]) -> NDArray[np.float64]:
    """Return the volumetric water content, shape (hours, places).

    Rain of one millimetre lifts the upper 30 cm by 0.33 per cent times the share that is caught.
    Water above field capacity drains within a day. Evaporation grows with warmth and daylight and
    ceases towards the wilting point.
    """
    capacity = np.array([p.field_capacity_pct for p in places])
    gain = 0.33 * np.array([p.catch for p in places])
    thirst = np.array([p.thirst for p in places])
    watered = np.array([p.is_watered for p in places])
    loss = _demand_pct_per_hour(hourly)
    is_morning = hour_of_day(hourly.times_us) // 1 == 7
    now = capacity * 0.85
    out = np.empty((len(loss), len(places)))
    for i, (rain, demand, morning) in enumerate(
        zip(hourly.rain_mm.tolist(), loss.tolist(), is_morning.tolist(), strict=True)
    ):
        stress = (now - WILTING_PCT) / (capacity - WILTING_PCT)
        now = now + gain * rain - demand * thirst * stress
        now -= np.maximum(now - capacity, 0) / 24
        if morning:
            now += np.where(watered & (now < WATERED_BELOW_PCT), WATERING_PCT, 0)
        np.clip(now, WILTING_PCT, 46, out=now)
        out[i] = now
    return out


def soil_temperature_c(hourly: Weather) -> Floats:
    """Return the temperature 30 cm below ground: that of the air, late and calm.

    Freezing water holds it near zero.
    """
    calm = smooth(hourly.temperature_c, 100, float(hourly.temperature_c[0]))
    return np.where(calm < 0, 0.2 * calm, calm)


def _demand_pct_per_hour(hourly: Weather) -> Floats:
    daylight = np.clip(np.cos(2 * np.pi * (hour_of_day(hourly.times_us) - 13.5) / 24), 0, None)
    warmth = np.clip(hourly.temperature_c, 0, None) / 20
    growth = 0.55 + 0.45 * season(hourly.times_us, 185)
    found: Floats = 0.19 * daylight * warmth * growth
    return found
