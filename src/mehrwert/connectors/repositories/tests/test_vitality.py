"""The vitality index on repositories made up here, worked out by hand (CAT-302)."""

from datetime import date, timedelta

import pytest

from mehrwert.connectors.repositories.rules import Commit, History, Tag, vitality_of
from mehrwert.connectors.repositories.rules.vitality import (
    ACTIVITY,
    COMMUNITY,
    LONGEVITY,
    RELEASES,
    points_of,
)

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("table", "value", "points"),
    [
        (COMMUNITY, 0, 4),
        (COMMUNITY, 2, 8),
        (COMMUNITY, 27, 32),
        (COMMUNITY, 28, 36),
        (ACTIVITY, 3, 2),
        (ACTIVITY, 4, 8),
        (ACTIVITY, 35, 60),
        (RELEASES, 0, 20),
        (RELEASES, 1, 30),
        (RELEASES, 4, 50),
        (LONGEVITY, 364, 20),
        (LONGEVITY, 365, 30),
        (LONGEVITY, 730, 35),
    ],
)
def test_points_begin_at_their_lower_bound(table, value, points):
    assert points_of(table, value) == points


def test_a_quiet_old_repository():
    """One person, nothing in the window: 4 + 2 + 20 + 35 = 61 every day."""
    began = TODAY - timedelta(days=1000)
    found = vitality_of(History(TODAY, commits=(Commit(began, "a"),), tags=()))
    assert (found.index, found.community, found.longevity) == (61, 4.0, 35.0)


def test_a_busy_month_counts_by_day():
    """30 of 60 days with 4 changes: (8 + 2) / 2; a merge counts twice; the whole part is kept."""
    began = TODAY - timedelta(days=400)
    busy = [TODAY - timedelta(days=n) for n in range(30)]
    commits = [Commit(began, "a"), Commit(began, "b")]
    for day in busy:
        commits += [Commit(day, "a"), Commit(day, "a"), Commit(day, "b", is_merge=True)]
    found = vitality_of(History(TODAY, commits=tuple(commits), tags=(Tag(TODAY),)))
    assert (found.community, found.activity, found.longevity) == (8.0, 5.0, 30.0)
    assert found.releases == pytest.approx(20 + 10 / 60)
    assert found.index == 63


def test_a_day_is_capped_at_a_hundred():
    """28 people 36, 35 changes 60, no version 20, young 20: 136 on that day, 100 count."""
    commits = tuple(Commit(TODAY, f"p{n % 28}") for n in range(35))
    found = vitality_of(History(TODAY, commits=commits, tags=()))
    # the other 59 days: nobody yet 4, nothing 2, no version 20, young 20
    assert found.index == int((100 + 59 * 46) / 60)


@pytest.mark.parametrize(("began", "is_known"), [("2004-12-31", False), ("2005-01-01", True)])
def test_a_first_change_before_2005_is_a_wrong_date(began, is_known):
    found = vitality_of(History(TODAY, (Commit(date.fromisoformat(began), "a"),), ()))
    assert (found is not None) is is_known


def test_nothing_known_is_no_number():
    assert vitality_of(History(TODAY)) is None
    assert vitality_of(History(TODAY, commits=(Commit(TODAY, "a"),))) is None
