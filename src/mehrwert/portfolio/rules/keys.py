"""All keys of a common cost side by side, with their checks, VAT, and one more member."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mehrwert.portfolio.choices import CostKey, GameModel
from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.cost_keys import (
    CapacityTiers,
    Check,
    FixedPlusOwn,
    Game,
    JoiningOffer,
    KeyWeights,
    LeavingPrice,
    Member,
    by_benefit,
    check_shares,
    equal,
    joining_offer,
    leaving_price,
    mixed,
    per_head,
    per_use,
    shapley,
    to_cents,
)

Shares = dict[str, Fraction]
VAT = Fraction(19, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """One partner; None = nobody knows. ``alone_eur``: stand-alone cost, or what it causes."""

    key: str
    name: str
    inhabitants: int | None = None
    uses: Decimal | None = None
    benefit: Decimal | None = None
    alone_eur: Decimal | None = None
    entry_eur: Decimal | None = None
    votes: Decimal | None = None
    is_candidate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCost:
    """What is shared: total in euros, model of what groups pay alone, parts of the mixed key."""

    total_eur: Decimal
    model: GameModel = GameModel.NONE
    fixed_eur: Decimal | None = None
    weights: KeyWeights


@dataclass(frozen=True, slots=True)
class KeyResult:
    """One key.

    Attributes:
        key: Which.
        cents: Partner → whole cents at 0 per cent VAT; None where numbers are missing.
        cents_vat: The same with 19 per cent.
        missing: Code why there is none: ``unknown``, ``zero``, ``no_model``, ``other_total``.
        checks: In a fixed order; empty without shares.
        offer: What the candidate would pay and what the others save; None without one.
    """

    key: CostKey
    cents: Mapping[str, int] | None
    cents_vat: Mapping[str, int] | None
    missing: str
    checks: tuple[Check, ...]
    offer: JoiningOffer | None


def work_out(cost: CommonCost, payers: Sequence[Payer]) -> list[KeyResult]:
    """Return all keys side by side.

    Members are those who are no candidate; the first candidate gives the offer.
    """
    members = [payer for payer in payers if not payer.is_candidate]
    candidate = next((payer for payer in payers if payer.is_candidate), None)
    total = Fraction(cost.total_eur)
    game = game_of(cost, members)
    fits = game is not None and game.cost(game.members) == total
    usable = game if fits else None
    found = []
    for key in CostKey:
        shares, missing = _shares(key, cost, members, total, usable)
        if key is CostKey.SHAPLEY and game is not None and not fits:
            missing = "other_total"
        offer = None
        if shares is not None and candidate is not None:
            offer = _offer(key, cost, [*members, candidate], shares, usable)
        found.append(
            KeyResult(
                key,
                None if shares is None else to_cents(shares),
                None if shares is None else _with_vat(shares, total),
                missing,
                () if shares is None else check_shares(shares, total, _plain(members), usable),
                offer,
            )
        )
    return found


def work_out_leaving(cost: CommonCost, payers: Sequence[Payer], key: CostKey) -> list[LeavingPrice]:
    """Return for each member what its leaving changes under a key; of two or more members.

    With a model the others pay what it says for them; without one the total stays. Who leaves
    under numbers that are missing then is left out.
    """
    members = [payer for payer in payers if not payer.is_candidate]
    total = Fraction(cost.total_eur)
    game = game_of(cost, members)
    usable = game if game is not None and game.cost(game.members) == total else None
    before, _missing = _shares(key, cost, members, total, usable)
    if before is None or len(members) < 2:
        return []
    found = []
    for leaver in members:
        others = [payer for payer in members if payer is not leaver]
        smaller = game_of(cost, others) if usable is not None else None
        left = smaller.cost(smaller.members) if smaller is not None else total
        after, _missing = _shares(key, cost, others, left, smaller)
        alone = usable.cost([leaver.key]) if usable is not None else None
        if after is not None:
            found.append(leaving_price(before, after, alone=alone))
    return found


def game_of(cost: CommonCost, payers: Sequence[Payer]) -> Game | None:
    """Return what groups would pay alone, None while a number is missing."""
    if cost.model is GameModel.NONE or not payers:
        return None
    alone = {payer.key: payer.alone_eur for payer in payers}
    known = {key: Fraction(value) for key, value in alone.items() if value is not None}
    if len(known) != len(alone):
        return None
    if cost.model is GameModel.CAPACITY_TIERS:
        return CapacityTiers(known)
    return None if cost.fixed_eur is None else FixedPlusOwn(Fraction(cost.fixed_eur), known)


def _plain(payers: Sequence[Payer]) -> list[Member]:
    return [
        Member(
            payer.key,
            payer.inhabitants,
            None if payer.uses is None else Fraction(payer.uses),
            None if payer.benefit is None else Fraction(payer.benefit),
        )
        for payer in payers
    ]


def _shares(
    key: CostKey, cost: CommonCost, payers: Sequence[Payer], total: Fraction, game: Game | None
) -> tuple[Shares | None, str]:
    if key is CostKey.SHAPLEY:
        return (None, "no_model") if game is None else (shapley(game), "")
    members = _plain(payers)
    ways: dict[CostKey, Callable[[], Shares]] = {
        CostKey.EQUAL: lambda: equal(total, members),
        CostKey.PER_HEAD: lambda: per_head(total, members),
        CostKey.PER_USE: lambda: per_use(total, members),
        CostKey.MIXED: lambda: mixed(total, members, cost.weights),
        CostKey.BENEFIT: lambda: by_benefit(total, members),
    }
    try:
        return ways[key](), ""
    except StatisticsError as error:
        return None, error.code


def _with_vat(shares: Shares, total: Fraction) -> dict[str, int]:
    """Return the shares of the gross total, which is rounded to the cent first."""
    if total == 0:
        return to_cents(shares)
    exact = total * (1 + VAT) * 100
    gross = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal(1), ROUND_HALF_UP
    )
    factor = Fraction(int(gross), 100) / total
    return to_cents({key: share * factor for key, share in shares.items()})


def _offer(
    key: CostKey,
    cost: CommonCost,
    payers: Sequence[Payer],
    before: Shares,
    game: Game | None,
) -> JoiningOffer | None:
    """Return what one more member changes; with a model the total grows as the model says."""
    larger = game_of(cost, payers) if game is not None else None
    total = larger.cost(larger.members) if larger is not None else Fraction(cost.total_eur)
    after, _missing = _shares(key, cost, payers, total, larger)
    if after is None:
        return None
    newcomer = payers[-1]
    alone = larger.cost([newcomer.key]) if larger is not None else None
    return joining_offer(before, after, alone=alone)
