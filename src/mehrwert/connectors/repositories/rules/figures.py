"""The figures behind the badges; all that is kept of a history, no person is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .history import Commit, History, Issue
from .vitality import Vitality, vitality_of

HALF_YEAR_DAYS = 182
QUARTER_DAYS = 91


@dataclass(frozen=True, slots=True)
class Figures:
    """What a history says; None is what it does not tell.

    Args:
        read_on: Day of the reading.
        commits: Changes in six months.
        releases: Versions in six months.
        reaction_days: Mean days to the first answer, over reports of three months; one without
            answer counts with its age.
        bus_factor: Fewest people who together made more than half of the changes of six months.
        main_protected: Whether the main branch is protected.
        security_file: Whether there is a SECURITY.md.
        signed_share: Share of signed versions of six months.
        reviewed_share: Share of takings-over of six months that somebody else read.
        vitality: The Italian index with its parts.
    """

    read_on: date
    commits: int | None = None
    releases: int | None = None
    reaction_days: float | None = None
    bus_factor: int | None = None
    main_protected: bool | None = None
    security_file: bool | None = None
    signed_share: float | None = None
    reviewed_share: float | None = None
    vitality: Vitality | None = None

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Figures":
        """Return figures as they were kept."""
        vitality = kept.get("vitality")
        values = {**kept, "read_on": date.fromisoformat(kept["read_on"])}
        return cls(**{**values, "vitality": Vitality(**vitality) if vitality else None})


def figures_of(history: History) -> Figures:
    """Return what a history says on the day it was read."""
    half_year = history.read_on - timedelta(days=HALF_YEAR_DAYS)
    commits = [c for c in history.commits or () if half_year < c.on <= history.read_on]
    tags = [t for t in history.tags or () if half_year < t.on <= history.read_on]
    merged = [m for m in history.merge_requests or () if half_year < m.merged_on <= history.read_on]
    return Figures(
        read_on=history.read_on,
        commits=None if history.commits is None else len(commits),
        releases=None if history.tags is None else len(tags),
        reaction_days=_reaction(history.issues, history.read_on),
        bus_factor=_bus_factor(commits),
        main_protected=history.main_protected,
        security_file=history.security_file,
        signed_share=_share([t.is_signed for t in tags]),
        reviewed_share=_share([m.is_reviewed for m in merged]),
        vitality=vitality_of(history),
    )


def _reaction(issues: Sequence[Issue] | None, today: date) -> float | None:
    since = today - timedelta(days=QUARTER_DAYS)
    days = [
        ((issue.answered_on or today) - issue.opened_on).days
        for issue in issues or ()
        if since < issue.opened_on <= today
    ]
    return sum(days) / len(days) if days else None


def _bus_factor(commits: Sequence[Commit]) -> int | None:
    if not commits:
        return None
    reached = 0
    for people, (_author, n) in enumerate(Counter(c.author for c in commits).most_common(), 1):
        reached += n
        if 2 * reached > len(commits):
            return people
    return None


def _share(values: Sequence[bool | None]) -> float | None:
    """Return the share of true, None for no value or where one is unknown."""
    if not values or None in values:
        return None
    return sum(map(bool, values)) / len(values)
