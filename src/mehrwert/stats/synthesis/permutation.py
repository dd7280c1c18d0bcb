"""Permutation test of a moderator: how often chance gives a coefficient as sure as this one."""

from collections.abc import Iterator
from itertools import islice, permutations

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import Array, StatisticsError, matrix, vector
from .fit import fit_random_effects

EXACT_UP_TO_K = 9


def permutation_p(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    *,
    column: int,
    draws: int = 9_999,
    seed: int = 0,
) -> float:
    """Return the permutation p of one moderator under the Hartung-Knapp test with floor.

    The rows of the moderators are dealt anew among the municipalities; the statistic is |t| of the
    column. Up to nine municipalities every order is tried, and p is exact.

    Args:
        y: Effects, shape (k,).
        v: Variances, shape (k,).
        x: Design matrix with a constant in column 0, shape (k, p).
        column: The moderator that is judged.
        draws: Random orders when there are too many to try all.
        seed: Of the generator; recorded with the result.

    Raises:
        StatisticsError: ``column`` is the constant or does not exist.

    Source: EVI-162; Follmann and Proschan 1999.
    """
    effects, variances = vector(y, "y"), vector(v, "v")
    design = matrix(x, len(effects), "x")
    if not 0 < column < design.shape[1]:
        raise StatisticsError("column", "the moderator is not a column of x")

    def statistic(rows: Array) -> float:
        fit = fit_random_effects(effects, variances, rows)
        return abs(float(fit.coefficients[column] / fit.standard_errors[column]))

    real = statistic(design) * (1 - 1e-12)
    is_exact = len(effects) <= EXACT_UP_TO_K
    larger = total = 0
    for order in _orders(len(effects), None if is_exact else draws, seed):
        total += 1
        larger += statistic(design[order]) >= real
    return larger / total if is_exact else (1 + larger) / (1 + total)


def _orders(k: int, draws: int | None, seed: int) -> Iterator[list[int]]:
    if draws is None:
        yield from (list(order) for order in permutations(range(k)))
        return
    generator = np.random.default_rng(seed)
    shuffled = iter(lambda: generator.permutation(k).tolist(), None)
    yield from islice(shuffled, draws)
