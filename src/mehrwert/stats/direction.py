"""What an interval says: better, worse, no relevant difference, unclear."""

import math
from enum import StrEnum


class Direction(StrEnum):
    """Stored orientation: below 0 is better."""

    BETTER = "better"
    NO_RELEVANT_DIFFERENCE = "no_relevant_difference"
    WORSE = "worse"
    UNCLEAR = "unclear"


def direction(low: float, high: float, sesoi: float) -> Direction:
    """Return the direction of an interval; equivalence is tested first (source: EVI-181).

    Args:
        low: Lower end, below 0 is better.
        high: Upper end.
        sesoi: Smallest effect of interest, positive.
    """
    if -sesoi < low and high < sesoi:
        return Direction.NO_RELEVANT_DIFFERENCE
    if high < 0:
        return Direction.BETTER
    return Direction.WORSE if low > 0 else Direction.UNCLEAR


def to_stored(theta: float, *, good_is_up: bool) -> float:
    """Return θ with below 0 = better from an effect in the indicator's own sense, and back."""
    return -theta if good_is_up else theta


def as_per_cent(theta: float, *, good_is_up: bool) -> float:
    """Return what people read of a log ratio: 100·(e^θ_raw − 1) per cent (source: decisions 30)."""
    return 100 * math.expm1(to_stored(theta, good_is_up=good_is_up))
