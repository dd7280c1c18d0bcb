"""How long something stays in use: Kaplan–Meier with a 95 % interval on the log-log scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .arrays import StatisticsError
from .laws import normal_quantile


@dataclass(frozen=True, slots=True)
class Duration:
    """Time until the end, or until it was last seen alive (``has_ended`` false: censored)."""

    months: float
    has_ended: bool


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """From ``months`` on the share ``alive`` is left; bounds are None where there are none."""

    months: float
    at_risk: int
    ended: int
    alive: float
    low: float | None
    high: float | None


def survival_steps(durations: Sequence[Duration], level: float = 0.95) -> list[SurvivalStep]:
    """Return one step per time at which something ended, ascending.

    Who is censored at a time still counts as at risk there. The interval is that of
    ln(−ln S) with Greenwood's variance; at S = 1 or 0 there is none.

    Raises:
        StatisticsError: ``negative``: a duration below 0.
    """
    if any(item.months < 0 for item in durations):
        raise StatisticsError("negative", "a duration is negative")
    z = normal_quantile(0.5 + level / 2)
    alive, variance = 1.0, 0.0
    steps = []
    for time in sorted({item.months for item in durations if item.has_ended}):
        at_risk = sum(item.months >= time for item in durations)
        ended = sum(item.months == time and item.has_ended for item in durations)
        alive *= 1 - ended / at_risk
        if at_risk > ended:
            variance += ended / (at_risk * (at_risk - ended))
        low, high = _bounds(alive, variance, z)
        steps.append(SurvivalStep(time, at_risk, ended, alive, low, high))
    return steps


def alive_at(steps: Sequence[SurvivalStep], months: float) -> SurvivalStep | None:
    """Return the step that holds at a time; None before the first end (all are alive)."""
    return next((step for step in reversed(steps) if step.months <= months), None)


def _bounds(alive: float, variance: float, z: float) -> tuple[float | None, float | None]:
    if not 0 < alive < 1:
        return None, None
    spread = z * math.sqrt(variance) / abs(math.log(alive))
    return alive ** math.exp(spread), alive ** math.exp(-spread)
