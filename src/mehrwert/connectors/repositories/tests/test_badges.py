"""Levels at their bounds, missing input, bus factor (CAT-301)."""

from datetime import date, timedelta

import pytest

from mehrwert.connectors.repositories.choices import Badge, Criterion
from mehrwert.connectors.repositories.rules import (
    Commit,
    Figures,
    History,
    Issue,
    MergeRequest,
    Tag,
    figures_of,
    level_of,
)

TODAY = date(2026, 11, 1)
BEST = {
    "commits": 5,
    "releases": 1,
    "reaction_days": 6.9,
    "bus_factor": 2,
    "main_protected": True,
    "security_file": True,
    "signed_share": 0.80,
    "reviewed_share": 0.75,
}


def level(badge: Badge, **changed) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    reached = level_of(badge, Figures(TODAY, **{**BEST, **changed}))
    return reached.level, reached.unmet, reached.unknown


@pytest.mark.parametrize(
    ("badge", "changed", "reached", "unmet"),
    [
        (Badge.MAINTAINED, {}, 3, ()),
        (Badge.MAINTAINED, {"commits": 4}, 0, (Criterion.COMMITS,)),
        (Badge.MAINTAINED, {"reaction_days": 7.0}, 0, (Criterion.REACTION,)),
        (Badge.MAINTAINED, {"releases": 0}, 1, (Criterion.RELEASE,)),
        (Badge.MAINTAINED, {"bus_factor": 1}, 2, (Criterion.BUS_FACTOR,)),
        (Badge.SECURITY, {}, 2, ()),
        (Badge.SECURITY, {"main_protected": False}, 0, (Criterion.PROTECTED,)),
        (Badge.SECURITY, {"security_file": False}, 0, (Criterion.SECURITY_FILE,)),
        (Badge.SECURITY, {"signed_share": 0.79}, 1, (Criterion.SIGNED,)),
        (Badge.SECURITY, {"reviewed_share": 0.74}, 1, (Criterion.REVIEWED,)),
    ],
)
def test_each_bound_counts(badge, changed, reached, unmet):
    """CAT-301: 4/5 commits, 6.9/7 days, 79/80 %, 74/75 %."""
    assert level(badge, **changed) == (reached, unmet, ())


def test_what_is_missing_cannot_be_checked():
    """CAT-301: neither met nor unmet."""
    assert level(Badge.MAINTAINED, bus_factor=None) == (2, (), (Criterion.BUS_FACTOR,))
    assert level(Badge.SECURITY, reaction_days=None) == (0, (), (Criterion.REACTION,))


def test_figures_of_a_history():
    """Windows are half open; a report without answer counts with its age."""
    old, new = TODAY - timedelta(days=182), TODAY - timedelta(days=181)
    history = History(
        TODAY,
        commits=(Commit(old, "a"), *[Commit(new, name) for name in "aab"]),
        tags=(Tag(old, is_signed=True), Tag(new, is_signed=True), Tag(TODAY, is_signed=False)),
        issues=(
            Issue(TODAY - timedelta(days=10), TODAY - timedelta(days=8)),
            Issue(TODAY - timedelta(days=4)),
            Issue(TODAY - timedelta(days=91), TODAY),
        ),
        merge_requests=(MergeRequest(new, is_reviewed=True),),
    )
    found = figures_of(history)
    assert (found.commits, found.releases, found.reaction_days) == (3, 2, 3.0)
    assert (found.signed_share, found.reviewed_share, found.bus_factor) == (0.5, 1.0, 1)
    assert found.main_protected is None


def test_the_bus_factor_needs_more_than_half():
    commits = tuple(Commit(TODAY, name) for name in "aabb")
    assert figures_of(History(TODAY, commits=commits)).bus_factor == 2
    assert figures_of(History(TODAY, commits=())).bus_factor is None
