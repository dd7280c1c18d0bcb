"""What a rule would have said in the past: hits, misses, false alarms and minutes of lead."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from mehrwert.alerts.choices import Change, RuleKind, Verdict
from mehrwert.alerts.rules.expression import Columns
from mehrwert.alerts.rules.machine import Condition, Moment, State, advance, advance_combined

LOW = frozenset({RuleKind.BELOW, RuleKind.FALLS})


@dataclass(frozen=True, slots=True)
class Spell:
    """One alert of the past; ``end_us`` is None if it lasts."""

    start_us: int
    end_us: int | None
    peak: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One event or alert with its verdict; ``lead_us`` from the alert to the event, for hits."""

    at_us: int
    verdict: Verdict
    lead_us: int | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """All alerts that would have been, and, if events are known, how they met."""

    spells: tuple[Spell, ...]
    outcomes: tuple[Outcome, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how often a verdict was given."""
        return sum(outcome.verdict is verdict for outcome in self.outcomes)

    @property
    def hits(self) -> int:
        """Return how many events were told of in time."""
        return self.count(Verdict.HIT)

    @property
    def misses(self) -> int:
        """Return how many events came without an alert."""
        return self.count(Verdict.MISS)

    @property
    def false_alarms(self) -> int:
        """Return how many alerts no event followed."""
        return self.count(Verdict.FALSE_ALARM)

    @property
    def median_lead_us(self) -> float | None:
        """Return the median time from alert to event, None without a hit."""
        leads = [outcome.lead_us for outcome in self.outcomes if outcome.lead_us is not None]
        return median(leads) if leads else None


def replay(
    condition: Condition,
    times_us: Sequence[int],
    values: Sequence[float],
    event_above: float | None = None,
    others: Mapping[str, Columns] | None = None,
) -> Backtest:
    """Run a rule over stored readings.

    Args:
        condition: The rule.
        times_us: Rising times, µs.
        values: Readings, as long as ``times_us``.
        event_above: Value from which on it really was an event (damage begins); None = unknown.
            For rules that wait for low values: below it.
        others: Further series of a combined rule, by name.

    Returns:
        Alerts in order. An event is hit if an alert lasts when it begins; an alert is false if no
        event begins while it lasts.
    """
    if condition.kind is RuleKind.COMBINED:
        series = {"A": (times_us, values), **(others or {})}
        _, moments = advance_combined(condition, State(), series)
    else:
        _, moments = advance(condition, State(), times_us, values)
    spells = _spells(condition, moments, times_us, values)
    if event_above is None:
        return Backtest(spells, ())
    events = _events(condition, times_us, values, event_above)
    return Backtest(spells, tuple(sorted(_judge(spells, events), key=lambda o: o.at_us)))


def replay_silence(
    condition: Condition, times_us: Sequence[int], values: Sequence[float]
) -> Backtest:
    """Return the silences of the past that were longer than the hold time."""
    gaps = zip(times_us, times_us[1:], values, strict=False)
    return Backtest(
        tuple(
            Spell(before + condition.hold_us, after, value)
            for before, after, value in gaps
            if after - before > condition.hold_us
        ),
        (),
    )


def _spells(
    condition: Condition,
    moments: Sequence[Moment],
    times_us: Sequence[int],
    values: Sequence[float],
) -> tuple[Spell, ...]:
    furthest = min if condition.kind in LOW else max
    found: list[Spell] = []
    for i, moment in enumerate(moments):
        if moment.change is Change.ENDED:
            continue
        end = moments[i + 1].at_us if i + 1 < len(moments) else None
        first = bisect_left(times_us, moment.at_us)
        last = len(times_us) if end is None else bisect_right(times_us, end)
        seen = values[first:last] or [moment.value or 0.0]
        found.append(Spell(moment.at_us, end, furthest(seen)))
    return tuple(found)


def _events(
    condition: Condition, times_us: Sequence[int], values: Sequence[float], limit: float
) -> list[int]:
    """Return when the value passed the limit, coming from the harmless side."""
    sign = -1 if condition.kind in LOW else 1
    beyond = [sign * value > sign * limit for value in values]
    return [at for i, at in enumerate(times_us) if beyond[i] and (i == 0 or not beyond[i - 1])]


def _judge(spells: Sequence[Spell], events: Sequence[int]) -> list[Outcome]:
    outcomes = [
        Outcome(spell.start_us, Verdict.FALSE_ALARM)
        for spell in spells
        if not any(_lasts(spell, at) for at in events)
    ]
    for at in events:
        spell = next((s for s in spells if _lasts(s, at)), None)
        if spell is None:
            outcomes.append(Outcome(at, Verdict.MISS))
        else:
            outcomes.append(Outcome(at, Verdict.HIT, at - spell.start_us))
    return outcomes


def _lasts(spell: Spell, at_us: int) -> bool:
    return spell.start_us <= at_us and (spell.end_us is None or at_us <= spell.end_us)
