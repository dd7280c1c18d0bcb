"""OBS-38: who is on duty when."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mehrwert.alerts.rules import Rotation, StandIn, calendar, on_duty, phone_number

BERLIN = ZoneInfo("Europe/Berlin")
WEEKLY = Rotation(date(2026, 3, 2), time(7), 7, (1, 2, 3))


def local(*given):
    return datetime(*given, tzinfo=BERLIN)


def test_each_monday_at_seven_the_next_one_takes_over_also_when_clocks_change():
    before, after = local(2026, 3, 30, 6, 59), local(2026, 3, 30, 7, 0)
    assert (on_duty(WEEKLY, [], before, BERLIN), on_duty(WEEKLY, [], after, BERLIN)) == (1, 2)
    assert on_duty(WEEKLY, [], local(2026, 3, 1, 12), BERLIN) == 3
    assert on_duty(Rotation(WEEKLY.begins_on, time(7), 7, ()), [], before, BERLIN) is None


def test_a_handover_in_the_hour_that_clocks_skip_or_repeat_happens_once():
    daily = Rotation(date(2026, 3, 2), time(2, 30), 1, (1, 2, 3))
    for day in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        quarters = [day + timedelta(minutes=15 * n) for n in range(16)]
        said = [on_duty(daily, [], at, BERLIN) for at in quarters]
        assert sum(a != b for a, b in pairwise(said)) == 1
        listed = calendar(daily, [], (quarters[0], quarters[-1]), BERLIN)
        assert [watch.person for watch in listed] == [said[0], said[-1]]


def test_who_stands_in_counts_until_the_end_and_the_newer_entry_wins():
    covers = [
        StandIn(local(2026, 3, 3), local(2026, 3, 6), 2),
        StandIn(local(2026, 3, 4), local(2026, 3, 5), 3),
    ]
    days = [on_duty(WEEKLY, covers, local(2026, 3, day, 12), BERLIN) for day in range(2, 7)]
    assert days == [1, 2, 3, 2, 1]


MOMENTS = st.integers(0, 60 * 24 * 120).map(
    lambda minutes: datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, MOMENTS, st.integers(1, 3)), max_size=4),
    st.integers(1, 9),
    st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)),
    MOMENTS,
)
@example([], 1, time(2, 1), datetime(2026, 2, 1, 1, 1, tzinfo=UTC))
def test_the_calendar_has_no_gap_and_agrees_with_every_moment(covers, days, handover, at):
    """Property: the list for people and the answer for a message are the same."""
    rotation = Rotation(date(2026, 3, 2), handover, days, (1, 2, 3))
    stand_ins = [StandIn(min(a, b), max(a, b), who) for a, b, who in covers]
    start, end = at, at + timedelta(weeks=8)
    watches = calendar(rotation, stand_ins, (start, end), BERLIN)
    assert (watches[0].start, watches[-1].end) == (start, end)
    assert all(one.end == next_.start for one, next_ in pairwise(watches))
    for watch in watches:
        for moment in (watch.start, watch.end - timedelta(microseconds=1)):
            assert on_duty(rotation, stand_ins, moment, BERLIN) == watch.person


def test_phone_numbers_are_read_as_people_write_them():
    for text in ("0170 1234567", "+49 (170) 1234-567", "0049170/1234567", "+49.170.1234567"):
        assert phone_number(text) == "+491701234567"
    for text in ("110", "0170", "anna@auental.example", "+0170123456", "12345678901234567890"):
        assert phone_number(text) is None
