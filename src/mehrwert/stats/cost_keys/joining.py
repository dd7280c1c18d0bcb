"""What one member more or less changes for everybody (PF-144, TRF-504)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mehrwert.stats.arrays import StatisticsError

from .keys import to_cents


@dataclass(frozen=True, slots=True)
class JoiningOffer:
    """Amounts in whole cents.

    Attributes:
        newcomer: Key of who joins.
        price: What the newcomer pays.
        alone: What the newcomer would pay alone; None where nobody knows.
        before, after: Shares without and with the newcomer.
    """

    newcomer: str
    price: int
    alone: int | None
    before: Mapping[str, int]
    after: Mapping[str, int]

    def saving(self, key: str) -> int:
        """Return what a member saves by the newcomer; negative if it pays more."""
        return self.before[key] - self.after[key]


@dataclass(frozen=True, slots=True)
class LeavingPrice:
    """Amounts in whole cents.

    Attributes:
        leaver: Key of who leaves.
        alone: What the leaver would pay alone; None where nobody knows.
        before, after: Shares with and without the leaver.
    """

    leaver: str
    alone: int | None
    before: Mapping[str, int]
    after: Mapping[str, int]

    def burden(self, key: str) -> int:
        """Return what a remaining member pays more; negative if it pays less."""
        return self.after[key] - self.before[key]

    @property
    def exit_cost(self) -> int:
        """Return what all remaining members pay more together: what would leave none worse off."""
        return sum(self.after.values()) - sum(self.before.values()) + self.before[self.leaver]


def joining_offer(
    before: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
    *,
    alone: Fraction | None = None,
) -> JoiningOffer:
    """Compare two allocations that differ by one member.

    Raises:
        StatisticsError: ``members``: they differ by something else.
    """
    added = set(after) - set(before)
    if len(added) != 1 or set(before) - set(after):
        raise StatisticsError("members", "the second allocation must have one member more")
    (newcomer,) = added
    cents = to_cents(after)
    return JoiningOffer(
        newcomer,
        cents[newcomer],
        None if alone is None else round(alone * 100),
        to_cents(before),
        cents,
    )


def leaving_price(
    before: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
    *,
    alone: Fraction | None = None,
) -> LeavingPrice:
    """Compare two allocations of which the second has one member less.

    Raises:
        StatisticsError: ``members``: they differ by something else.
    """
    gone = set(before) - set(after)
    if len(gone) != 1 or set(after) - set(before):
        raise StatisticsError("members", "the second allocation must have one member less")
    (leaver,) = gone
    return LeavingPrice(
        leaver,
        None if alone is None else round(alone * 100),
        to_cents(before),
        to_cents(after),
    )
