"""How many of the expected values came (PF-104, part *data*)."""

from collections.abc import Iterable
from dataclasses import dataclass

DAY_S = 86_400
WINDOW_DAYS = 30
INTERVALS_MIN = 3


@dataclass(frozen=True, slots=True)
class Delivered:
    """One series: seconds between values (None = nobody knows) and how many came."""

    interval_s: int | None
    came: int


def window_s(interval_s: int) -> int:
    """Return how far one looks back: 30 days, three intervals for rarer values."""
    return max(WINDOW_DAYS * DAY_S, INTERVALS_MIN * interval_s)


def share_delivered(rows: Iterable[Delivered]) -> float | None:
    """Return the share of expected values that came; the interval under way is not expected yet.

    Returns:
        0 to 1, None if the interval of no series is known.
    """
    came = expected = 0
    for row in rows:
        if not row.interval_s:
            continue
        due = max(1, window_s(row.interval_s) // row.interval_s - 1)
        expected += due
        came += min(row.came, due)
    return came / expected if expected else None
