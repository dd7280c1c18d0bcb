"""What one partner has from sharing: saving, years until changing over pays, limit of use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mehrwert.portfolio.choices import GameModel
from mehrwert.portfolio.rules.keys import CommonCost, Payer, game_of


@dataclass(frozen=True, slots=True)
class Gain:
    """One partner beside going alone (TRF-502); None = not assessable.

    Attributes:
        alone: Euros it would pay alone.
        saving: Euros it saves; below 0 it pays more than alone.
        years: Years until its one-off change pays back; None also where it never does.
        uses_limit: From so many own uses on, a key per use costs it more than going alone; None
            also where it never does.
    """

    alone: Decimal | None
    saving: Decimal | None
    years: Decimal | None
    uses_limit: Decimal | None


def gains(cost: CommonCost, payers: Sequence[Payer], cents: Mapping[str, int]) -> dict[str, Gain]:
    """Return partner → what it has from a key whose shares are ``cents``."""
    members = [payer for payer in payers if not payer.is_candidate]
    return {one.key: _gain(one, members, cost, cents[one.key]) for one in members}


def _gain(one: Payer, members: Sequence[Payer], cost: CommonCost, cents: int) -> Gain:
    alone = _alone(one, members, cost)
    if alone is None:
        return Gain(None, None, None, None)
    saving = alone - Decimal(cents) / 100
    years = one.entry_eur / saving if one.entry_eur is not None and saving > 0 else None
    others = [other.uses for other in members if other.key != one.key]
    known = [uses for uses in others if uses is not None]
    limit = None
    if len(known) == len(others) and alone < cost.total_eur:
        limit = alone * sum(known, Decimal(0)) / (cost.total_eur - alone)
    return Gain(alone, saving, years, limit)


def _alone(one: Payer, members: Sequence[Payer], cost: CommonCost) -> Decimal | None:
    if cost.model is GameModel.NONE:
        return one.alone_eur
    game = game_of(cost, members)
    if game is None:
        return None
    alone: Fraction = game.cost([one.key])
    return Decimal(alone.numerator) / Decimal(alone.denominator)
