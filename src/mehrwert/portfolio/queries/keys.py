"""Reads common costs with their partners, and works the keys out."""

from fractions import Fraction

from django.db.models import QuerySet

from mehrwert.portfolio.choices import GameModel
from mehrwert.portfolio.models import CostShare, SharePartner
from mehrwert.portfolio.rules.keys import CommonCost, KeyResult, Payer, work_out
from mehrwert.stats.cost_keys import KeyWeights


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
            votes=found.votes,
            is_candidate=found.is_candidate,
        )
        for found in SharePartner.objects.filter(share=row).order_by("position")
    ]


def read_keys(row: CostShare, payers: list[Payer]) -> list[KeyResult]:
    """Return all keys of a common cost."""
    weights = KeyWeights(
        *(Fraction(w) / 100 for w in (row.weight_equal, row.weight_head, row.weight_use))
    )
    cost = CommonCost(
        total_eur=row.total_eur,
        model=GameModel(row.model),
        fixed_eur=row.fixed_eur,
        weights=weights,
    )
    return work_out(cost, payers)
