"""Wall clock and seasons of Europe/Berlin for whole arrays of times."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
YEAR_DAYS = 365.2425


def _last_sunday_us(years: Ints, month: int) -> Ints:
    """Return 01:00 UTC of the last Sunday of a month of 31 days, in microseconds."""
    months = (years - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    last = first + 30
    weekday = (last + 4) % 7  # 1970-01-01 was a Thursday; 0 = Sunday
    found: Ints = (last - weekday) * DAY_US + HOUR_US
    return found


def local_us(times_us: Ints) -> Ints:
    """Return UTC times as microseconds of the wall clock in Germany."""
    years = times_us.astype("datetime64[us]").astype("datetime64[Y]").astype(np.int64) + 1970
    is_summer = (times_us >= _last_sunday_us(years, 3)) & (times_us < _last_sunday_us(years, 10))
    found: Ints = times_us + np.where(is_summer, 2, 1) * HOUR_US
    return found


def hour_of_day(times_us: Ints) -> Floats:
    """Return the hour on the wall clock, 0 to below 24."""
    found: Floats = (local_us(times_us) % DAY_US) / HOUR_US
    return found


def weekday(times_us: Ints) -> Ints:
    """Return the day of the week, Monday = 0."""
    found: Ints = (local_us(times_us) // DAY_US + 3) % 7
    return found


def day_of_year(times_us: Ints) -> Floats:
    """Return the days since New Year, 0 to below 366."""
    local = local_us(times_us)
    new_year = local.astype("datetime64[us]").astype("datetime64[Y]").astype("datetime64[us]")
    found: Floats = (local - new_year.astype(np.int64)) / DAY_US
    return found


def season(times_us: Ints, warmest_day: float) -> Floats:
    """Return a wave over the year: 1 on the given day of the year, −1 half a year later."""
    found: Floats = np.cos(2 * np.pi * (day_of_year(times_us) - warmest_day) / YEAR_DAYS)
    return found


def is_school_day(times_us: Ints) -> NDArray[np.bool_]:
    """Say whether children are at school: weekdays outside of two invented holidays."""
    day = day_of_year(times_us)
    holidays = ((day >= 195) & (day < 238)) | (day >= 356) | (day < 6)
    found: NDArray[np.bool_] = (weekday(times_us) < 5) & ~holidays
    return found
