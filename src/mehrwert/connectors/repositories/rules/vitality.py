"""The vitality index of the Italian catalogue, recomputed (CAT-302).

Source: https://github.com/italia/publiccode-crawler, description of the index and its ranges:
for each of 60 days the points of authors so far, changes and merges of the day, versions of the
day and age of the repository are added and capped at 100; the index is the whole part of the mean.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from .history import History

WINDOW_DAYS = 60
EARLIEST = date(2005, 1, 1)
HIGHEST = 100
Table = tuple[tuple[float, int], ...]
# (from, points): a value gets the points of the last line it reaches
COMMUNITY: Table = (
    *((0, 4), (2, 8), (4, 12), (8, 16), (12, 20), (16, 24), (20, 28), (24, 32)),
    (28, 36),
)
ACTIVITY: Table = (
    *((0, 2), (4, 8), (6, 14), (9, 20), (12, 26), (15, 32), (18, 38), (25, 44), (30, 50)),
    (35, 60),
)
RELEASES: Table = ((0, 20), (1, 30), (2, 40), (4, 50))
LONGEVITY: Table = ((0, 20), (365, 30), (730, 35))


@dataclass(frozen=True, slots=True)
class Vitality:
    """The index from 0 to 100, and the mean points of its four parts."""

    index: int
    community: float
    activity: float
    releases: float
    longevity: float


def vitality_of(history: History) -> Vitality | None:
    """Return the index, None without any change: then nothing can be said.

    Like the Italian crawler it says nothing of a first change before 2005: such a date is wrong.
    """
    commits = [c for c in history.commits or () if c.on <= history.read_on]
    if not commits or history.tags is None:
        return None
    first_days: dict[str, date] = {}
    for commit in sorted(commits, key=lambda c: c.on):
        first_days.setdefault(commit.author, commit.on)
    if min(first_days.values()) < EARLIEST:
        return None
    done: Counter[object] = Counter()
    for commit in commits:
        done[commit.on] += 2 if commit.is_merge else 1
    tagged = Counter(tag.on for tag in history.tags)
    age_days = (history.read_on - min(first_days.values())).days
    parts = []
    for back in range(WINDOW_DAYS):
        day = history.read_on - timedelta(days=back)
        people = sum(first <= day for first in first_days.values())
        parts.append(
            (
                points_of(COMMUNITY, people),
                points_of(ACTIVITY, done[day]),
                points_of(RELEASES, tagged[day]),
                points_of(LONGEVITY, age_days),
            )
        )
    index = int(sum(min(HIGHEST, sum(day)) for day in parts) / WINDOW_DAYS)
    return Vitality(index, *(sum(column) / WINDOW_DAYS for column in zip(*parts, strict=True)))


def points_of(table: Table, value: float) -> int:
    """Return the points of a value."""
    return next(points for least, points in reversed(table) if value >= least)
