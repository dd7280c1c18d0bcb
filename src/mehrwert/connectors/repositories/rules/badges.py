"""Levels of the badges of openCode, recomputed (CAT-301).

Source: https://badges.opencode.de, badges "Maintained" and "Security".
"""

from dataclasses import dataclass

from mehrwert.connectors.repositories.choices import Badge, Criterion

from .figures import Figures

# badge → per level the criteria that come on top of the level before
NEEDED: dict[Badge, tuple[tuple[Criterion, ...], ...]] = {
    Badge.MAINTAINED: (
        (Criterion.COMMITS, Criterion.REACTION),
        (Criterion.RELEASE,),
        (Criterion.BUS_FACTOR,),
    ),
    Badge.SECURITY: (
        (Criterion.REACTION, Criterion.PROTECTED, Criterion.SECURITY_FILE),
        (Criterion.SIGNED, Criterion.REVIEWED),
    ),
}
LEAST_COMMITS = 5
MOST_REACTION_DAYS = 7
LEAST_RELEASES = 1
LEAST_PEOPLE = 2
LEAST_SIGNED = 0.80
LEAST_REVIEWED = 0.75


@dataclass(frozen=True, slots=True)
class BadgeLevel:
    """How far a badge is reached.

    Args:
        level: From 0; the highest level whose criteria are all known to be met.
        highest: The highest level there is.
        unmet: Criteria of the next level that are known not to be met.
        unknown: Criteria of the next level that cannot be checked.
    """

    level: int
    highest: int
    unmet: tuple[Criterion, ...] = ()
    unknown: tuple[Criterion, ...] = ()


def level_of(badge: Badge, figures: Figures) -> BadgeLevel:
    """Return the level of a badge; what cannot be checked never counts as met or as unmet."""
    levels = NEEDED[badge]
    for reached, criteria in enumerate(levels):
        results = {criterion: is_met(criterion, figures) for criterion in criteria}
        if all(results.values()):
            continue
        return BadgeLevel(
            reached,
            len(levels),
            tuple(c for c, met in results.items() if met is False),
            tuple(c for c, met in results.items() if met is None),
        )
    return BadgeLevel(len(levels), len(levels))


def is_met(criterion: Criterion, figures: Figures) -> bool | None:
    """Say whether a criterion is met, None where it cannot be checked."""
    value, least = {
        Criterion.COMMITS: (figures.commits, LEAST_COMMITS),
        Criterion.RELEASE: (figures.releases, LEAST_RELEASES),
        Criterion.BUS_FACTOR: (figures.bus_factor, LEAST_PEOPLE),
        Criterion.PROTECTED: (figures.main_protected, True),
        Criterion.SECURITY_FILE: (figures.security_file, True),
        Criterion.SIGNED: (figures.signed_share, LEAST_SIGNED),
        Criterion.REVIEWED: (figures.reviewed_share, LEAST_REVIEWED),
        Criterion.REACTION: (figures.reaction_days, None),
    }[criterion]
    if value is None:
        return None
    return value < MOST_REACTION_DAYS if least is None else value >= least
