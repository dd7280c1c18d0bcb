"""Reads common costs with their partners, and works the keys out."""

from fractions import Fraction

from django.db.models import QuerySet

from mehrwert.portfolio.choices import CostKey, GameModel
from mehrwert.portfolio.models import CostShare, SharePartner
from mehrwert.portfolio.rules.gain import Gain, gains
from mehrwert.portfolio.rules.keys import CommonCost, KeyResult, Payer, work_out, work_out_leaving
from mehrwert.stats.cost_keys import KeyWeights, LeavingPrice


def list_shares() -> "QuerySet[CostShare]":
    """Return common costs, newest change first."""
    return CostShare.objects.order_by("-changed_us", "-pk")


def list_payers(row: CostShare) -> list[Payer]:
    """Return the partners in the order in which they were entered."""
    return [
        Payer(
            key=found.key,
            name=found.name,
            inhabitants=found.inhabitants,
            uses=found.uses,
            benefit=found.benefit,
            alone_eur=found.alone_eur,
            entry_eur=found.entry_eur,
            votes=found.votes,
            is_candidate=found.is_candidate,
        )
        for found in SharePartner.objects.filter(share=row).order_by("position")
    ]


def read_keys(row: CostShare, payers: list[Payer]) -> list[KeyResult]:
    """Return all keys of a common cost."""
    return work_out(_cost_of(row), payers)


def read_gains(row: CostShare, payers: list[Payer], result: KeyResult) -> dict[str, Gain]:
    """Return what each partner has from a key (TRF-502); empty where it cannot be worked out."""
    return gains(_cost_of(row), payers, result.cents) if result.cents is not None else {}


def read_leaving(row: CostShare, payers: list[Payer], result: KeyResult) -> list[LeavingPrice]:
    """Return what the leaving of each partner would change under a key (TRF-504)."""
    return work_out_leaving(_cost_of(row), payers, result.key)


def chosen_of(row: CostShare, results: list[KeyResult]) -> KeyResult | None:
    """Return the key chosen for the agreement, else the mixed one; None without shares."""
    wanted = row.chosen_key or CostKey.MIXED.value
    return next((one for one in results if one.key == wanted and one.cents is not None), None)


def _cost_of(row: CostShare) -> CommonCost:
    weights = KeyWeights(
        *(Fraction(w) / 100 for w in (row.weight_equal, row.weight_head, row.weight_use))
    )
    return CommonCost(
        total_eur=row.total_eur,
        model=GameModel(row.model),
        fixed_eur=row.fixed_eur,
        weights=weights,
    )
