"""Progress of jobs, and which addresses are ours."""

import pytest

from mehrwert.base.access import may_cancel
from mehrwert.base.models import Job, JobState
from mehrwert.base.rules import is_local_path, progress_of

S = 1_000_000


def at(done, total, now_s, started_s=0, ended_s=None):
    return progress_of(
        done=done,
        total=total,
        started_us=None if started_s is None else started_s * S,
        ended_us=None if ended_s is None else ended_s * S,
        now_us=now_s * S,
    )


def test_a_waiting_job_has_neither_time():
    assert at(0, None, 10, started_s=None).elapsed_s is None


def test_remaining_time_follows_from_what_is_done():
    found = at(25, 100, 10)
    assert (found.percent, found.elapsed_s, found.remaining_s) == (25, 10.0, 30.0)


@pytest.mark.parametrize(("done", "total", "now_s"), [(0, 100, 10), (5, None, 10), (5, 100, 1)])
def test_nobody_guesses_too_early(done, total, now_s):
    assert at(done, total, now_s).remaining_s is None


def test_more_than_all_is_all():
    found = at(120, 100, 10)
    assert (found.percent, found.remaining_s) == (100, 0.0)


def test_a_finished_job_tells_how_long_it_took():
    found = at(100, 100, 99, ended_s=40)
    assert (found.elapsed_s, found.remaining_s) == (40.0, None)


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [
        ("/auental/daten/", True),
        ("//boese.example", False),
        ("/\\boese.example", False),
        ("https://boese.example", False),
        ("javascript:alert(1)", False),
        ("/a\nb", False),
        (None, False),
        (7, False),
    ],
)
def test_only_paths_of_this_installation_are_linked(url, is_ours):
    assert is_local_path(url) is is_ours


@pytest.mark.parametrize(
    ("state", "user_id", "can", "allowed"),
    [
        (JobState.RUNNING, 7, set(), True),
        (JobState.RUNNING, 8, set(), False),
        (JobState.RUNNING, 8, {"edit_data"}, True),
        (JobState.READY, None, {"operate"}, True),
        (JobState.DONE, 7, {"edit_data"}, False),
    ],
)
def test_who_may_stop_a_job(state, user_id, can, allowed):
    job = Job(state=state, actor_kind="user", actor_id=7)
    assert may_cancel(job, user_id=user_id, can=can.__contains__) is allowed
