"""The state machine of one rule on one series: when it is met and when that is over.

A rule is *met* at a reading or it is *clear*, and between the two lies a dead band in which it is
neither. It is raised once it was met for the whole hold time, and ended once it was clear for the
whole hold time. Two changes are therefore at least the hold time apart, whatever the readings do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mehrwert.alerts.choices import Change, RuleKind
from mehrwert.alerts.rules.expression import Columns, Truth, is_true, lookback_us, parse

SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule waits for.

    Attributes:
        kind: Which comparison.
        threshold: Limit in the unit of the series; for ``RISES`` and ``FALLS`` the change within
            the window; unused for ``SILENT``; for ``STUCK`` the spread that counts as no change.
        hysteresis: How far back a value must go before it counts as clear, same unit, ≥ 0.
        hold_us: How long it must last, in µs, ≥ 0; for ``SILENT`` the silence itself.
        window_us: Stretch that ``RISES``, ``FALLS`` and ``STUCK`` look back, in µs.
        tree: What ``COMBINED`` waits for.
    """

    kind: RuleKind
    threshold: float = 0.0
    hysteresis: float = 0.0
    hold_us: int = 0
    window_us: int = 0
    tree: Truth | None = None


@lru_cache(maxsize=4096)
def condition_of(
    kind: str, threshold: float, hysteresis: float, hold_s: int, window_s: int, expression: str
) -> Condition:
    """Return what a rule waits for, from its columns; times in whole seconds.

    Raises:
        ExpressionError: ``expression``, unless empty, is no condition.
    """
    return Condition(
        RuleKind(kind),
        threshold,
        hysteresis,
        hold_s * SECOND_US,
        window_s * SECOND_US,
        parse(expression) if expression else None,
    )


@dataclass(frozen=True, slots=True)
class State:
    """Where a rule stands. ``since_us``: since when the opposite of ``is_active`` has lasted."""

    last_us: int | None = None
    since_us: int | None = None
    is_active: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One change: when, what, and the reading that made it."""

    at_us: int
    change: Change
    value: float | None


def lead_in_us(condition: Condition) -> int:
    """Return how far before the last reading ``advance`` needs to see, in µs.

    ``STUCK`` must also see that there was a reading before its window.
    """
    if condition.tree is not None:
        return lookback_us(condition.tree)
    if condition.kind is RuleKind.STUCK:
        return 2 * condition.window_us
    return condition.window_us if condition.kind in WINDOWED else 0


def advance(
    condition: Condition, state: State, times_us: Sequence[int], values: Sequence[float]
) -> tuple[State, list[Moment]]:
    """Go on with new readings.

    Args:
        condition: The rule.
        state: Where it stood.
        times_us: Rising times, µs; those up to ``state.last_us`` are context of the window only.
        values: Readings, as long as ``times_us``.

    Returns:
        The new state and what changed. Going on twice with the same readings changes nothing.
    """
    moments: list[Moment] = []
    first = 0 if state.last_us is None else bisect_left(times_us, state.last_us + 1)
    for i in range(first, len(times_us)):
        at, value = times_us[i], values[i]
        if condition.kind is RuleKind.SILENT:
            state, moment = _spoken(state, at, value)
        else:
            state, moment = _step(
                condition, state, at, (value, _is_met(condition, times_us, values, i))
            )
        if moment is not None:
            moments.append(moment)
    return state, moments


def advance_combined(
    condition: Condition, state: State, series: Mapping[str, Columns]
) -> tuple[State, list[Moment]]:
    """Go on with new readings of several series; the value of a change is the latest of ``A``.

    Each time at which any of them has a reading is looked at, once all are known up to there.
    """
    moments: list[Moment] = []
    after = -1 if state.last_us is None else state.last_us
    times = sorted({at for column, _ in series.values() for at in column if at > after})
    main_times, main_values = series.get("A", ((), ()))
    for at in times:
        met = None if condition.tree is None else is_true(condition.tree, series, at)
        place = bisect_right(main_times, at)
        value = main_values[place - 1] if place else 0.0
        state, moment = _step(condition, state, at, (value, met))
        if moment is not None:
            moments.append(moment)
    return state, moments


def advance_clock(condition: Condition, state: State, now_us: int) -> tuple[State, list[Moment]]:
    """Go on with time alone: a series that has spoken before falls silent."""
    if condition.kind is not RuleKind.SILENT or state.is_active or state.last_us is None:
        return state, []
    if now_us - state.last_us <= condition.hold_us:
        return state, []
    at = state.last_us + condition.hold_us
    return replace(state, is_active=True), [Moment(at, Change.RAISED, None)]


def _spoken(state: State, at_us: int, value: float) -> tuple[State, Moment | None]:
    moment = Moment(at_us, Change.ENDED, value) if state.is_active else None
    return State(at_us), moment


def _step(
    condition: Condition, state: State, at_us: int, reading: tuple[float, bool | None]
) -> tuple[State, Moment | None]:
    value, met = reading
    if met is None or met == state.is_active:
        return replace(state, last_us=at_us, since_us=None), None
    since = at_us if state.since_us is None else state.since_us
    if at_us - since < condition.hold_us:
        return replace(state, last_us=at_us, since_us=since), None
    change = Change.ENDED if state.is_active else Change.RAISED
    return State(at_us, None, not state.is_active), Moment(at_us, change, value)


def _is_met(
    condition: Condition, times_us: Sequence[int], values: Sequence[float], i: int
) -> bool | None:
    """Return whether the rule is met at reading ``i``; None in the dead band or if unknown."""
    measure = MEASURES[condition.kind](condition, times_us, values, i)
    if measure is None:
        return None
    if measure > 0:
        return True
    return False if measure <= -condition.hysteresis else None


def _above(c: Condition, times_us: Sequence[int], values: Sequence[float], i: int) -> float | None:
    return values[i] - c.threshold


def _below(c: Condition, times_us: Sequence[int], values: Sequence[float], i: int) -> float | None:
    return c.threshold - values[i]


def _rises(c: Condition, times_us: Sequence[int], values: Sequence[float], i: int) -> float | None:
    return values[i] - min(_window(c, times_us, values, i)) - c.threshold


def _falls(c: Condition, times_us: Sequence[int], values: Sequence[float], i: int) -> float | None:
    return max(_window(c, times_us, values, i)) - values[i] - c.threshold


def _stuck(c: Condition, times_us: Sequence[int], values: Sequence[float], i: int) -> float | None:
    """Return 1 if the value stood still over a whole window, −∞ if it moved, None if unknown."""
    start = bisect_left(times_us, times_us[i] - c.window_us, 0, i + 1)
    seen = values[start : i + 1]
    if max(seen) - min(seen) > c.threshold:
        return -float("inf")
    covers = start > 0 or times_us[0] <= times_us[i] - c.window_us
    return 1.0 if covers else None


def _window(
    c: Condition, times_us: Sequence[int], values: Sequence[float], i: int
) -> Sequence[float]:
    return values[bisect_left(times_us, times_us[i] - c.window_us, 0, i + 1) : i + 1]


WINDOWED = frozenset({RuleKind.RISES, RuleKind.FALLS})
MEASURES = {
    RuleKind.ABOVE: _above,
    RuleKind.BELOW: _below,
    RuleKind.RISES: _rises,
    RuleKind.FALLS: _falls,
    RuleKind.STUCK: _stuck,
}
