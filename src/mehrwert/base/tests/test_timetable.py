"""The timetable: once per due time, a missed time is made up once, days are those of Berlin."""

from datetime import UTC, datetime

import pytest

from mehrwert.base.clock import from_us, to_us
from mehrwert.base.models import Job, TimetableRun
from mehrwert.base.timetable import enqueue_due, last_due_us
from mehrwert.base.wiring import Timed

NIGHTLY = Timed("n", "x", "n", daily_at="02:30")
OFTEN = Timed("o", "x", "o", every_s=60)
HOUR_US = 3_600_000_000


def us(text: str) -> int:
    return to_us(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-07-16T00:29:59", "2026-07-15T00:30:00"),
        ("2026-07-16T00:30:00", "2026-07-16T00:30:00"),
        ("2026-01-16T02:00:00", "2026-01-16T01:30:00"),
        # the clock jumps from 02:00 to 03:00: 02:30 does not exist and counts as 03:30
        ("2026-03-29T05:00:00", "2026-03-29T01:30:00"),
        # 02:30 comes twice: the first counts
        ("2026-10-25T05:00:00", "2026-10-25T00:30:00"),
    ],
)
def test_a_daily_entry_is_due_at_its_hour_in_berlin(now, due):
    assert from_us(last_due_us(NIGHTLY, us(now))) == from_us(us(due))


def test_a_repeated_entry_is_due_at_whole_steps():
    assert last_due_us(OFTEN, 125_000_000) == 120_000_000


@pytest.mark.django_db
@pytest.mark.usefixtures("wiring")
def test_each_due_time_starts_one_job_however_often_it_is_asked():
    now = us("2026-07-16T10:00:30")
    assert enqueue_due(now) == []
    assert enqueue_due(now + 60_000_000) == ["often"]
    assert enqueue_due(now + 61_000_000) == []
    assert enqueue_due(now + 24 * HOUR_US) == ["often", "nightly"]
    assert [j.title for j in Job.objects.order_by("enqueued_us")] == ["Oft", "Oft", "Nachts"]
    assert TimetableRun.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("wiring")
def test_days_of_absence_are_made_up_once():
    start = us("2026-07-16T10:00:00")
    enqueue_due(start)
    assert enqueue_due(start + 9 * 24 * HOUR_US) == ["often", "nightly"]
    assert Job.objects.count() == 2
