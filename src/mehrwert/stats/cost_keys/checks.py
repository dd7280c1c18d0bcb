"""Whether a key holds before it is signed: sum, equals, no need, alone, subgroups, benefit link.

Source: portfolio.md PF-141 and PF-142, transfer.md TRF-503.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from .games import CapacityTiers, FixedPlusOwn, Game
from .keys import Member, Shares

# up to here every subgroup is looked at; above, the worst ones follow from the model
EXACT_UP_TO = 15


class CheckKind(StrEnum):
    """What is looked at."""

    SUM = "sum"
    EQUALS = "equals"
    NO_NEED = "no_need"
    STAND_ALONE = "stand_alone"
    SUBGROUPS = "subgroups"
    BENEFIT_LINK = "benefit_link"


class CheckState(StrEnum):
    """What came out; ``NOT_ASSESSABLE`` says that numbers are missing, never that it is fine."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Overcharge:
    """A group that would pay less on its own: its keys, ascending, and the excess in euros."""

    group: tuple[str, ...]
    excess: Fraction


@dataclass(frozen=True, slots=True)
class Check:
    """One check: state, members concerned, groups that would leave (largest excess first)."""

    kind: CheckKind
    state: CheckState
    members: tuple[str, ...] = ()
    groups: tuple[Overcharge, ...] = ()


def check_shares(
    shares: Shares, total: Fraction, members: Sequence[Member], game: Game | None
) -> tuple[Check, ...]:
    """Return all checks of one key in a fixed order.

    Args:
        shares: Euros by key, exact, before rounding.
        total: What is to be paid.
        members: With their uses and inhabitants; None is unknown.
        game: What groups would pay alone; None where nobody knows.
    """
    return (
        _sum(shares, total),
        _equals(shares, members, game),
        _no_need(shares, game),
        _stand_alone(shares, game),
        _subgroups(shares, game),
        _benefit_link(shares, members),
    )


def excess_of_subgroups(shares: Shares, game: Game) -> tuple[Overcharge, ...]:
    """Return every group that pays more than on its own, largest excess first; 2ⁿ groups.

    The sums are whole numbers of a common denominator, built up from smaller groups.
    """
    names = game.members
    scale = lcm(*(share.denominator for share in shares.values()))
    parts = [int(shares[name] * scale) for name in names]
    sums = [0] * (1 << len(names))
    found = []
    for mask in range(1, len(sums)):
        low = mask & -mask
        sums[mask] = sums[mask ^ low] + parts[low.bit_length() - 1]
        group = tuple(name for bit, name in enumerate(names) if mask >> bit & 1)
        excess = Fraction(sums[mask], scale) - game.cost(group)
        if excess > 0:
            found.append(Overcharge(group, excess))
    return tuple(sorted(found, key=lambda item: (-item.excess, item.group)))


def worst_subgroup(shares: Shares, game: Game) -> Overcharge | None:
    """Return the group with the largest excess, exact for any number of members, or None.

    Tiers: only "all who need at most this much" can be worst. Fixed plus own: all who pay more
    than they cause.
    """
    if isinstance(game, CapacityTiers):
        groups = [
            tuple(name for name in game.members if game.alone[name] <= tier)
            for tier in sorted(set(game.alone.values()))
        ]
    elif isinstance(game, FixedPlusOwn):
        groups = [tuple(name for name in game.members if shares[name] > game.own[name])]
    else:
        groups = [game.members]
    found = [
        Overcharge(group, sum((shares[name] for name in group), Fraction(0)) - game.cost(group))
        for group in groups
        if group
    ]
    found = [item for item in found if item.excess > 0]
    return max(found, key=lambda item: (item.excess, item.group), default=None)


def _sum(shares: Shares, total: Fraction) -> Check:
    is_equal = sum(shares.values(), Fraction(0)) == total
    return Check(CheckKind.SUM, CheckState.PASSED if is_equal else CheckState.FAILED)


def _equals(shares: Shares, members: Sequence[Member], game: Game | None) -> Check:
    """Members with the same numbers pay the same."""
    by_facts: dict[object, list[str]] = {}
    for member in members:
        alone = game.cost([member.key]) if game else None
        facts = (member.inhabitants, member.uses, member.benefit, alone)
        by_facts.setdefault(facts, []).append(member.key)
    unequal = [
        name
        for names in by_facts.values()
        if len({shares[name] for name in names}) > 1
        for name in names
    ]
    return _verdict(CheckKind.EQUALS, tuple(sorted(unequal)))


def _no_need(shares: Shares, game: Game | None) -> Check:
    """A member that adds nothing to the cost of any group pays nothing."""
    if game is None:
        return Check(CheckKind.NO_NEED, CheckState.NOT_ASSESSABLE)
    without = [name for name in game.members if game.cost([name]) == 0]
    return _verdict(CheckKind.NO_NEED, tuple(name for name in without if shares[name] > 0))


def _stand_alone(shares: Shares, game: Game | None) -> Check:
    if game is None:
        return Check(CheckKind.STAND_ALONE, CheckState.NOT_ASSESSABLE)
    dearer = [
        Overcharge((name,), shares[name] - game.cost([name]))
        for name in game.members
        if shares[name] > game.cost([name])
    ]
    names = tuple(item.group[0] for item in dearer)
    state = CheckState.FAILED if dearer else CheckState.PASSED
    return Check(CheckKind.STAND_ALONE, state, names, tuple(dearer))


def _subgroups(shares: Shares, game: Game | None) -> Check:
    """No real subgroup does better apart; the whole is the sum check's business."""
    if game is None:
        return Check(CheckKind.SUBGROUPS, CheckState.NOT_ASSESSABLE)
    if len(game.members) <= EXACT_UP_TO:
        groups = excess_of_subgroups(shares, game)
    else:
        worst = worst_subgroup(shares, game)
        groups = (worst,) if worst else ()
    groups = tuple(item for item in groups if 1 < len(item.group) < len(game.members))
    state = CheckState.FAILED if groups else CheckState.PASSED
    return Check(CheckKind.SUBGROUPS, state, groups=groups)


def _benefit_link(shares: Shares, members: Sequence[Member]) -> Check:
    """A member that pays and does not use is flagged; unknown use cannot be judged."""
    paying = [member for member in members if shares[member.key] > 0]
    idle = tuple(member.key for member in paying if member.uses == 0)
    if idle:
        return Check(CheckKind.BENEFIT_LINK, CheckState.FAILED, idle)
    unknown = tuple(member.key for member in paying if member.uses is None)
    state = CheckState.NOT_ASSESSABLE if unknown else CheckState.PASSED
    return Check(CheckKind.BENEFIT_LINK, state, unknown)


def _verdict(kind: CheckKind, concerned: tuple[str, ...]) -> Check:
    return Check(kind, CheckState.FAILED if concerned else CheckState.PASSED, concerned)
