"""Which of several pools of one solution speaks for it in a list."""

from collections.abc import Mapping

from .pooling import Pool


def headline(pools: Mapping[str, Pool]) -> str | None:
    """Return the key of the pool that is known best; None without any.

    Class first, then municipalities with a comparison, then all; never the size or the sign of the
    effect: a list must not show the nicest of several results (EVI-40). Equal ones: by key.
    """

    def order(key: str) -> tuple[int, int, int, str]:
        found = pools[key]
        return -found.evidence_class.value, -found.controlled, -found.k, key

    return min(pools, key=order, default=None)


def in_steps(theta: float, sesoi: float) -> float:
    """Return an effect in smallest relevant effects, positive is better."""
    return -theta / sesoi
