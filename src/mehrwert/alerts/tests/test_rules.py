"""The state machine of rules, the back-test, the quiet hours."""

from datetime import UTC, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.alerts.choices import Change, RuleKind, Severity, Verdict
from mehrwert.alerts.rules import (
    Condition,
    State,
    advance,
    advance_clock,
    advance_combined,
    due_at,
    lead_in_us,
    parse,
    replay,
    replay_silence,
)

MINUTE = 60_000_000
BERLIN = ZoneInfo("Europe/Berlin")


def minutes(values):
    return [i * MINUTE for i in range(len(values))]


def until(column, end):
    """The part of a series before a minute."""
    n = sum(at < end * MINUTE for at in column[0])
    return column[0][:n], column[1][:n]


def changes(condition, values, times=None):
    _, moments = advance(condition, State(), times or minutes(values), values)
    return [(m.at_us // MINUTE, m.change.value) for m in moments]


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (RuleKind.ABOVE, [0, 2, 2, 0], [(1, "raised"), (3, "ended")]),
        (RuleKind.ABOVE, [0, 1, 1, 0], []),
        (RuleKind.BELOW, [2, 0, 1, 3], [(1, "raised"), (2, "ended")]),
        (RuleKind.RISES, [0, 0.5, 1.6, 1.7, 1.7, 1.7], [(2, "raised"), (4, "ended")]),
        (RuleKind.FALLS, [3, 2.5, 1.4, 1.4, 1.4], [(2, "raised"), (4, "ended")]),
    ],
)
def test_kinds(kind, values, expected):
    condition = Condition(kind, threshold=1, window_us=2 * MINUTE)
    assert changes(condition, values) == expected


def test_between_limit_and_hysteresis_nothing_changes():
    condition = Condition(RuleKind.ABOVE, threshold=1, hysteresis=0.5)
    assert changes(condition, [2, 0.8, 2, 0.6, 0.5]) == [(0, "raised"), (4, "ended")]


def test_a_rule_holds_before_it_is_raised_and_before_it_ends():
    condition = Condition(RuleKind.ABOVE, threshold=1, hold_us=2 * MINUTE)
    values = [2, 2, 0, 2, 2, 2, 0, 2, 0, 0, 0]
    assert changes(condition, values) == [(5, "raised"), (10, "ended")]


def test_a_value_that_stands_still_needs_a_whole_window():
    condition = Condition(RuleKind.STUCK, window_us=3 * MINUTE)
    assert changes(condition, [5, 5, 5, 5, 5, 6]) == [(3, "raised"), (5, "ended")]
    assert changes(condition, [5, 5, 5]) == []


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.floats(-5, 5), max_size=40),
    cuts=st.lists(st.integers(0, 40), max_size=4),
    kind=st.sampled_from([k for k in RuleKind if k not in (RuleKind.SILENT, RuleKind.COMBINED)]),
    hold=st.integers(0, 4),
)
def test_pieces_and_repeats_give_what_the_whole_gives(values, cuts, kind, hold):
    """OBS-34: a batch that is told twice, or cut differently, changes nothing."""
    condition = Condition(kind, 1.0, 0.5, hold * MINUTE, 3 * MINUTE)
    times = minutes(values)
    whole, expected = advance(condition, State(), times, values)
    state, found = State(), []
    for end in [*sorted(min(cut, len(values)) for cut in cuts), len(values)]:
        start = 0 if state.last_us is None else state.last_us - lead_in_us(condition)
        seen = [i for i, at in enumerate(times[:end]) if at >= start]
        part = ([times[i] for i in seen], [values[i] for i in seen])
        for _ in range(2):
            state, moments = advance(condition, state, *part)
            found += moments
    assert (state, found) == (whole, expected)


@settings(max_examples=80, deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(1, 5), st.floats(-5, 5)), max_size=60),
    hold=st.integers(0, 6),
)
def test_no_input_makes_a_rule_flap(steps, hold):
    """OBS-34: changes alternate and are at least the hold time apart."""
    condition = Condition(RuleKind.ABOVE, 1.0, 0.5, hold * MINUTE)
    times, at = [], 0
    for gap, _ in steps:
        at += gap * MINUTE
        times.append(at)
    _, moments = advance(condition, State(), times, [value for _, value in steps])
    assert [m.change for m in moments] == [Change.RAISED, Change.ENDED] * (len(moments) // 2) + [
        Change.RAISED
    ] * (len(moments) % 2)
    for before, after in pairwise(moments):
        assert after.at_us - before.at_us >= hold * MINUTE


def test_silence_begins_by_the_clock_and_ends_with_a_value():
    """OBS-35."""
    condition = Condition(RuleKind.SILENT, hold_us=10 * MINUTE)
    state, moments = advance(condition, State(), [0], [1.0])
    assert moments == []
    assert advance_clock(condition, state, 10 * MINUTE) == (state, [])
    state, (raised,) = advance_clock(condition, state, 11 * MINUTE)
    assert (raised.at_us, raised.change, raised.value) == (10 * MINUTE, Change.RAISED, None)
    assert advance_clock(condition, state, 20 * MINUTE) == (state, [])
    state, (ended,) = advance(condition, state, [0, 30 * MINUTE], [1.0, 2.0])
    assert (ended.at_us, ended.change) == (30 * MINUTE, Change.ENDED)
    assert advance_clock(condition, State(), 99 * MINUTE) == (State(), [])


def test_a_back_test_tells_hits_misses_false_alarms_and_lead():
    """OBS-37: by hand. Two floods above 3; the first is seen coming, the second jumps."""
    condition = Condition(RuleKind.ABOVE, threshold=1, hold_us=2 * MINUTE)
    values = [0, 2, 2, 2, 2, 4, 4, 0, 0, 0, 2, 2, 2, 0, 0, 0, 4, 0, 0]
    tested = replay(condition, minutes(values), values, event_above=3)
    assert [(s.start_us // MINUTE, s.end_us // MINUTE, s.peak) for s in tested.spells] == [
        (3, 9, 4),
        (12, 15, 2),
    ]
    assert (tested.hits, tested.misses, tested.false_alarms) == (1, 1, 1)
    assert tested.median_lead_us == 2 * MINUTE
    assert [o.verdict for o in tested.outcomes] == [
        Verdict.HIT,
        Verdict.FALSE_ALARM,
        Verdict.MISS,
    ]


def test_a_combined_rule_is_met_when_all_its_series_say_so():
    """OBS-36: rain and level; the level alone is not enough. By hand."""
    condition = Condition(RuleKind.COMBINED, tree=parse("A > 1 und Summe(B; 10) >= 5"))
    level = (minutes([0] * 20), [0, 2, 2, 2, 0] * 4)
    rain = ([0, 7 * MINUTE, 12 * MINUTE], [1.0, 6.0, 0.0])
    tested = replay(condition, *level, others={"B": rain})
    assert [(s.start_us // MINUTE, s.end_us // MINUTE, s.peak) for s in tested.spells] == [
        (7, 9, 2),
        (11, 14, 2),
        (16, 18, 2),
    ]
    state, found = State(), []
    for end in range(0, 22, 3):
        seen = {name: until(column, end) for name, column in (("A", level), ("B", rain))}
        state, moments = advance_combined(condition, state, seen)
        found += [m.at_us // MINUTE for m in moments]
    assert found == [7, 9, 11, 14, 16, 18]


def test_without_known_events_nothing_is_judged():
    tested = replay(Condition(RuleKind.BELOW, 1), minutes([2, 0, -3, 2]), [2, 0, -3, 2])
    assert (tested.outcomes, tested.median_lead_us) == ((), None)
    assert [s.peak for s in tested.spells] == [-3]


def test_silences_of_the_past():
    tested = replay_silence(
        Condition(RuleKind.SILENT, hold_us=5 * MINUTE), [0, 5 * MINUTE, 20 * MINUTE], [1, 2, 3]
    )
    assert [(s.start_us // MINUTE, s.end_us // MINUTE) for s in tested.spells] == [(10, 20)]


@pytest.mark.parametrize(
    ("at", "severity", "expected"),
    [
        ("2026-07-01 21:59", Severity.WARNING, "2026-07-01 21:59"),
        ("2026-07-01 22:00", Severity.WARNING, "2026-07-02 06:00"),
        ("2026-07-02 05:59", Severity.NOTE, "2026-07-02 06:00"),
        ("2026-07-02 06:00", Severity.NOTE, "2026-07-02 06:00"),
        ("2026-07-01 23:00", Severity.ALARM, "2026-07-01 23:00"),
        # the night of the change of clocks is an hour longer, the wall clock counts
        ("2026-10-24 23:00", Severity.WARNING, "2026-10-25 06:00"),
    ],
)
def test_quiet_hours(at, severity, expected):
    """OBS-38: only an alarm breaks them."""
    local = datetime.fromisoformat(at).replace(tzinfo=BERLIN).astimezone(UTC)
    due = due_at(local, severity, (time(22), time(6)), BERLIN)
    assert due.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") == expected


def test_quiet_hours_within_a_day_and_none():
    noon = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    due = due_at(noon, Severity.NOTE, (time(12), time(14)), BERLIN)
    assert due == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert due_at(noon, Severity.NOTE, None, BERLIN) == noon
    assert due_at(noon, Severity.NOTE, (time(3), time(3)), BERLIN) == noon
