"""How far a closure is on a day."""

from datetime import date

from mehrwert.geodata.choices import ClosureState


def state_on(starts_on: date, ends_on: date | None, *, is_ended: bool, today: date) -> ClosureState:
    """Return the state; past its last day nobody knows whether the street is free again.

    Args:
        starts_on: First day.
        ends_on: Last day; None = nobody knows it.
        is_ended: Somebody said that it is over.
        today: The day that is meant.
    """
    if is_ended:
        return ClosureState.ENDED
    if today < starts_on:
        return ClosureState.PLANNED
    if ends_on is not None and ends_on < today:
        return ClosureState.UNCONFIRMED
    return ClosureState.ACTIVE
