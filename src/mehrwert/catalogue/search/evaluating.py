"""Measures of a ranked list against judged grades (0 to 3)."""

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Return the normalised discounted gain, exponential form 2^grade - 1."""
    gain = sum(
        (2 ** grades.get(slug, 0) - 1) / log2(place + 2)
        for place, slug in enumerate(ranked[:depth])
    )
    best = sorted(grades.values(), reverse=True)[:depth]
    ideal = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))
    return gain / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int, least: int = 2) -> float:
    """Return the share of the relevant (grade at least ``least``) among the first places.

    Where more are relevant than there are places, a full list counts as everything.
    """
    relevant = {slug for slug, grade in grades.items() if grade >= least}
    return len(relevant & set(ranked[:depth])) / min(len(relevant), depth)
