"""Keys that share a cost by what is counted: members, inhabitants, uses, benefit.

Source: portfolio.md section 10, transfer.md TRF-501.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from mehrwert.stats.arrays import StatisticsError

Shares = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Member:
    """One payer; None where nobody knows, which is never zero.

    Attributes:
        key: Stable and unique; the official key where there is one. Ties of rounding go by it.
        inhabitants: Of the register.
        uses: Counted uses in the period agreed upon.
        benefit: Measured benefit, in any unit that is the same for all.
    """

    key: str
    inhabitants: int | None = None
    uses: Fraction | None = None
    benefit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class KeyWeights:
    """Parts of a mixed key; they sum to 1.

    Raises:
        StatisticsError: ``weights``: negative, or another sum.
    """

    equal: Fraction
    per_head: Fraction
    per_use: Fraction

    def __post_init__(self) -> None:
        parts = (self.equal, self.per_head, self.per_use)
        if min(parts) < 0 or sum(parts) != 1:
            raise StatisticsError("weights", "the parts of a key must be at least 0 and sum to 1")


def equal(total: Fraction, members: Sequence[Member]) -> Shares:
    """Return C/n for each member."""
    _check_members(members)
    return {member.key: total / len(members) for member in members}


def per_head(total: Fraction, members: Sequence[Member]) -> Shares:
    """Return C·p_i/Σp.

    Raises:
        StatisticsError: ``unknown`` inhabitants of a member, or ``zero`` in all.
    """
    return _by(total, members, {m.key: _known(m.inhabitants, m.key) for m in members})


def per_use(total: Fraction, members: Sequence[Member]) -> Shares:
    """Return C·u_i/Σu; errors as in ``per_head``."""
    return _by(total, members, {m.key: _known(m.uses, m.key) for m in members})


def by_benefit(total: Fraction, members: Sequence[Member]) -> Shares:
    """Return C times the share of the measured benefit; errors as in ``per_head``."""
    return _by(total, members, {m.key: _known(m.benefit, m.key) for m in members})


def mixed(total: Fraction, members: Sequence[Member], weights: KeyWeights) -> Shares:
    """Return C·(a/n + b·p_i/Σp + c·u_i/Σu); a part with weight 0 needs no numbers."""
    _check_members(members)
    shares = {member.key: Fraction(0) for member in members}
    for weight, key in (
        (weights.equal, equal),
        (weights.per_head, per_head),
        (weights.per_use, per_use),
    ):
        if weight:
            for name, share in key(total * weight, members).items():
                shares[name] += share
    return shares


def to_cents(shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Round euros to whole cents by the largest remainder; ties by key ascending.

    The sum of the cents is the sum of the shares.

    Raises:
        StatisticsError: ``cents``: the sum is no whole number of cents.
    """
    total = sum(shares.values(), Fraction(0)) * 100
    if total.denominator != 1:
        raise StatisticsError("cents", "the sum of the shares is no whole number of cents")
    cents = {key: floor(share * 100) for key, share in shares.items()}
    rest = int(total) - sum(cents.values())
    for key in sorted(shares, key=lambda name: (cents[name] - shares[name] * 100, name))[:rest]:
        cents[key] += 1
    return cents


def _by(total: Fraction, members: Sequence[Member], size: Mapping[str, Fraction]) -> Shares:
    _check_members(members)
    whole = sum(size.values(), Fraction(0))
    if whole == 0:
        raise StatisticsError("zero", "all sizes of this key are 0")
    return {key: total * part / whole for key, part in size.items()}


def _known(value: int | Fraction | None, key: str) -> Fraction:
    if value is None:
        raise StatisticsError("unknown", f"member {key} has no number for this key")
    if value < 0:
        raise StatisticsError("negative", f"member {key} has a negative number")
    return Fraction(value)


def _check_members(members: Sequence[Member]) -> None:
    if not members:
        raise StatisticsError("too_few", "a key needs at least one member")
    if len({member.key for member in members}) != len(members):
        raise StatisticsError("twice", "a member stands twice in the list")
