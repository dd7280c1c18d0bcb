"""What groups of members would pay on their own, and the Shapley value of two such models.

Only two models are offered, because only these can be asked of a town: *capacity tiers* (a group
needs a system as large as its largest member needs) and *fixed plus own* (a common base once, and
what each member causes). Both have a closed form, so no number of members is too large.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import Protocol

from mehrwert.stats.arrays import StatisticsError

from .keys import Shares

MOST_BY_DEFINITION = 12


class Game(Protocol):
    """c(S): what a group would pay on its own; c(∅) = 0."""

    @property
    def members(self) -> tuple[str, ...]:
        """Keys, ascending."""

    def cost(self, group: Iterable[str]) -> Fraction:
        """Return c(S) in euros."""

    def shapley(self) -> Shares:
        """Return the Shapley value by the closed form."""


@dataclass(frozen=True)
class CapacityTiers:
    """c(S) = the largest stand-alone cost in S, as for a runway (Littlechild and Owen 1973)."""

    alone: Mapping[str, Fraction]

    def __post_init__(self) -> None:
        _check_costs(self.alone.values())

    @property
    def members(self) -> tuple[str, ...]:
        """Keys, ascending."""
        return tuple(sorted(self.alone))

    def cost(self, group: Iterable[str]) -> Fraction:
        """Return the largest stand-alone cost of a group."""
        return max((self.alone[key] for key in group), default=Fraction(0))

    def shapley(self) -> Shares:
        """Share each step between those who need it: φ_i = Σ_{k≤i} (c_k − c_{k−1})/(n − k + 1)."""
        order = sorted(self.alone, key=lambda key: (self.alone[key], key))
        shares: Shares = {}
        before = paid = Fraction(0)
        for position, key in enumerate(order):
            paid += (self.alone[key] - before) / (len(order) - position)
            before = self.alone[key]
            shares[key] = paid
        return {key: shares[key] for key in self.alone}


@dataclass(frozen=True)
class FixedPlusOwn:
    """c(S) = a common base, once, plus what each member of S causes."""

    fixed: Fraction
    own: Mapping[str, Fraction]

    def __post_init__(self) -> None:
        _check_costs([self.fixed, *self.own.values()])

    @property
    def members(self) -> tuple[str, ...]:
        """Keys, ascending."""
        return tuple(sorted(self.own))

    def cost(self, group: Iterable[str]) -> Fraction:
        """Return base plus own costs, 0 for nobody."""
        named = list(group)
        return (
            self.fixed + sum((self.own[key] for key in named), Fraction(0))
            if named
            else Fraction(0)
        )

    def shapley(self) -> Shares:
        """Return base/n + own cost."""
        part = self.fixed / len(self.own)
        return {key: part + own for key, own in self.own.items()}


def shapley(game: Game) -> Shares:
    """Return the Shapley value of a game in euros, exact.

    Raises:
        StatisticsError: ``too_few``: no member.
    """
    if not game.members:
        raise StatisticsError("too_few", "a game needs at least one member")
    return game.shapley()


def shapley_by_definition(game: Game) -> Shares:
    """Return Σ_S |S|!(n−|S|−1)!/n!·[c(S∪i) − c(S)], for at most twelve members.

    Slow; it proves the closed forms.

    Raises:
        StatisticsError: ``too_many`` members.
    """
    n = len(game.members)
    if n > MOST_BY_DEFINITION:
        raise StatisticsError("too_many", f"at most {MOST_BY_DEFINITION} members by definition")
    shares = {}
    for key in game.members:
        others = [other for other in game.members if other != key]
        shares[key] = sum(
            (
                Fraction(factorial(k) * factorial(n - k - 1), factorial(n))
                * (game.cost((*group, key)) - game.cost(group))
                for k in range(n)
                for group in combinations(others, k)
            ),
            Fraction(0),
        )
    return shares


def _check_costs(costs: Iterable[Fraction]) -> None:
    if any(cost < 0 for cost in costs):
        raise StatisticsError("negative", "a stand-alone cost is negative")
