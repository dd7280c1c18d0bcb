"""Sharing a common cost: keys, games, checks. Exact rationals, rounded once at the end."""

from .checks import (
    Check,
    CheckKind,
    CheckState,
    Overcharge,
    check_shares,
    excess_of_subgroups,
    worst_subgroup,
)
from .games import CapacityTiers, FixedPlusOwn, Game, shapley, shapley_by_definition
from .joining import JoiningOffer, LeavingPrice, joining_offer, leaving_price
from .keys import (
    KeyWeights,
    Member,
    by_benefit,
    equal,
    mixed,
    per_head,
    per_use,
    to_cents,
)

__all__ = [
    "CapacityTiers",
    "Check",
    "CheckKind",
    "CheckState",
    "FixedPlusOwn",
    "Game",
    "JoiningOffer",
    "KeyWeights",
    "LeavingPrice",
    "Member",
    "Overcharge",
    "by_benefit",
    "check_shares",
    "equal",
    "excess_of_subgroups",
    "joining_offer",
    "leaving_price",
    "mixed",
    "per_head",
    "per_use",
    "shapley",
    "shapley_by_definition",
    "to_cents",
    "worst_subgroup",
]
