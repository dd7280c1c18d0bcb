"""Where a value stands against its limit, and when it gets there if it goes on like this."""

from collections.abc import Sequence
from dataclasses import dataclass

from mehrwert.alerts.choices import Standing

# a reading says for at most so long that a machine runs
MOST_GAP_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """A value on its way to a limit.

    Attributes:
        standing: Over the limit, soon there, far from it, or unknown.
        left: How far it is to the limit in the unit of the series, negative beyond it.
        hours: Hours until it gets there at its present pace; None if it does not.
    """

    standing: Standing
    left: float | None = None
    hours: float | None = None


def outlook(
    value: float, slope_per_h: float | None, limit: float | None, *, is_low_bad: bool, soon_h: float
) -> Outlook:
    """Return where a value stands.

    Args:
        value: The latest one.
        slope_per_h: How much it changed in an hour lately; None = unknown.
        limit: Where a rule is met; None = nobody has said.
        is_low_bad: The rule waits below the limit.
        soon_h: Up to how many hours ahead counts as soon.
    """
    if limit is None:
        return Outlook(Standing.NO_LIMIT)
    left = value - limit if is_low_bad else limit - value
    if left < 0:
        return Outlook(Standing.DUE, left)
    pace = None if slope_per_h is None else (-slope_per_h if is_low_bad else slope_per_h)
    if not pace or pace <= 0:
        return Outlook(Standing.FINE, left)
    hours = left / pace
    return Outlook(Standing.SOON if hours <= soon_h else Standing.FINE, left, hours)


def slope_per_h(hours: Sequence[int], values: Sequence[float], span_h: int) -> float | None:
    """Return the change per hour over the newest ``span_h`` hours; None without two of them."""
    if not hours:
        return None
    first = next(i for i, hour in enumerate(hours) if hour >= hours[-1] - span_h)
    lasted = hours[-1] - hours[first]
    return (values[-1] - values[first]) / lasted if lasted else None


def running_s(times_us: Sequence[int], values: Sequence[float], above: float) -> float:
    """Return for how many seconds a machine ran between the first and the last reading.

    A reading counts until the next one, but not beyond ``MOST_GAP_US``: what a silent sensor did
    not see is not made up.
    """
    lasted = 0
    for i, value in enumerate(values[:-1]):
        if value > above:
            lasted += min(times_us[i + 1] - times_us[i], MOST_GAP_US)
    return lasted / 1e6
