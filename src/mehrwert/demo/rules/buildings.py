"""Rooms, electricity, containers and pumps: what people do by the clock and the week."""

import numpy as np

from .calendar import DAY_US, Floats, Ints, hour_of_day, is_school_day, season, weekday
from .noise import normal, trait, uniform


def room_co2_ppm(seed: int, name: str, times_us: Ints) -> Floats:
    """Return the CO₂ of a classroom: rises in lessons, is aired out in breaks and at night."""
    hour = hour_of_day(times_us)
    lesson = np.interp(hour, [7.5, 9.4, 9.7, 11.3, 11.7, 13.2, 15.5], [0, 1, 0.55, 1, 0.5, 0.9, 0])
    people = is_school_day(times_us) * (0.75 + 0.5 * uniform(seed, f"{name}/n", times_us // DAY_US))
    tight = trait(seed, f"{name}/tight", 520, 1150) * (0.8 - 0.2 * season(times_us, 200))
    noise = 14 * normal(seed, f"{name}/co2", times_us // 1_800_000_000)
    found: Floats = np.maximum(432 + tight * lesson * people + noise, 415)
    return found


def room_temperature_c(seed: int, name: str, times_us: Ints, outside_c: Floats) -> Floats:
    """Return the temperature of a heated room that gets too warm in summer."""
    hour = hour_of_day(times_us)
    is_day = np.interp(hour, [5.5, 8, 17, 20], [0, 1, 1, 0])
    hot = np.clip(outside_c - 19, 0, None) * trait(seed, f"{name}/sun", 0.25, 0.6)
    noise = 0.15 * normal(seed, f"{name}/t", times_us // 1_800_000_000)
    found: Floats = trait(seed, f"{name}/set", 18.2, 19.4) + 2.1 * is_day + hot + noise
    return found


def room_humidity_pct(
    seed: int, name: str, times_us: Ints, weather: tuple[Floats, Floats], inside_c: Floats
) -> Floats:
    """Return the humidity of outside air at the temperature inside, plus some from people."""
    outside_c, outside_pct = weather
    share = saturation_hpa(outside_c) / saturation_hpa(inside_c)
    noise = 1.2 * normal(seed, f"{name}/h", times_us // 1_800_000_000)
    found: Floats = np.clip(outside_pct * share + 9 + noise, 18, 85)
    return found


def saturation_hpa(temperature_c: Floats) -> Floats:
    """Return the saturation vapour pressure over water (Magnus formula, WMO coefficients)."""
    found: Floats = 6.112 * np.exp(17.62 * temperature_c / (243.12 + temperature_c))
    return found


def electricity_kwh(seed: int, name: str, times_us: Ints, outside_c: Floats) -> Floats:
    """Return the use of a public building within the hour that begins."""
    hour = hour_of_day(times_us)
    base = trait(seed, f"{name}/base", 1.6, 4.5)
    work = np.interp(hour, [5, 8, 12, 16, 19], [0, 1, 1.15, 0.9, 0]) * (weekday(times_us) < 5)
    cold = np.clip(14 - outside_c, 0, None) / 20
    noise = 1 + 0.06 * normal(seed, f"{name}/kwh", times_us // 3_600_000_000)
    found: Floats = base * (1 + 3.2 * work + 0.8 * cold) * noise
    return found


def pump_current_a(seed: int, name: str, times_us: Ints, inflow: Floats) -> Floats:
    """Return the current of a sewage pump: it runs now and then, longer in the morning and rain."""
    busy = np.interp(
        hour_of_day(times_us), [0, 5, 7.5, 11, 19, 22], [0.1, 0.1, 0.5, 0.3, 0.45, 0.2]
    )
    runs = uniform(seed, f"{name}/runs", times_us // 1_800_000_000) < busy + 0.5 * inflow
    draw = trait(seed, f"{name}/draw", 6.2, 7.8)
    noise = 0.15 * normal(seed, f"{name}/a", times_us // 1_800_000_000)
    return np.where(runs, draw + noise, 0.0)


def sump_level_m(seed: int, name: str, times_us: Ints, inflow: Floats) -> Floats:
    """Return the water in the shaft of a pump: between its two switches, higher in rain."""
    swing = uniform(seed, f"{name}/swing", times_us // 1_800_000_000)
    found: Floats = 0.45 + 0.5 * swing + 0.6 * inflow
    return found


def container_fill_pct(seed: int, name: str, start_us: int, days: int) -> Floats:
    """Return the filling of a glass container at each midnight.

    It is emptied on the first weekday above 85 per cent.
    """
    steps = start_us // DAY_US + np.arange(days)
    per_day = trait(seed, f"{name}/rate", 3.5, 8) * (0.4 + 1.2 * uniform(seed, name, steps))
    is_weekday = (weekday(steps * DAY_US) < 5).tolist()
    now, out = trait(seed, f"{name}/first", 5, 70), []
    for rate, open_day in zip(per_day.tolist(), is_weekday, strict=True):
        now = 4.0 if now > 85 and open_day else min(now + rate, 100.0)
        out.append(now)
    return np.array(out)


def battery_v(
    seed: int, name: str, times_us: Ints, outside_c: Floats, *, start_us: int, is_weak: bool
) -> Floats:
    """Return the voltage of a lithium cell: falls slowly, sags in the cold, a weak one dies."""
    age = np.clip((times_us - start_us) / (730 * DAY_US), 0, None)
    fresh = trait(seed, f"{name}/fresh", 3.58, 3.65)
    noise = 0.006 * normal(seed, f"{name}/v", times_us // DAY_US)
    fall = 0.16 * age + (0.82 * np.clip((age - 0.93) / 0.07, 0, 1) if is_weak else 0)
    found: Floats = fresh - fall - 0.004 * np.clip(8 - outside_c, 0, 25) + noise
    return np.maximum(found, 2.55)


def street_temperature_c(seed: int, name: str, times_us: Ints, outside_c: Floats) -> Floats:
    """Return the air in one street: warmer in the evening where much is sealed."""
    sealed = trait(seed, f"{name}/sealed", -0.9, 2.6)
    evening = np.clip(np.cos(2 * np.pi * (hour_of_day(times_us) - 21.5) / 24), -0.2, None)
    warm_season = 0.75 + 0.25 * season(times_us, 200)
    noise = 0.2 * normal(seed, f"{name}/street", times_us // 1_800_000_000)
    found: Floats = outside_c + sealed * evening * warm_season + noise
    return found
