"""Five marks of what is known of a kind of solution, each 0 to 4 (EVI-38; EMMIE)."""

from collections.abc import Collection
from dataclasses import dataclass

MOST = 4
# from how many municipalities a regression on their traits is allowed (EVI-161)
LEAST_FOR_REGRESSION = 10


@dataclass(frozen=True, slots=True)
class Known:
    """What the five marks are worked out from.

    Attributes:
        evidence_class: Of the synthesis.
        municipalities: How many measured (k).
        sizes: Size classes that are covered.
        lessons: Municipalities that wrote down what others can learn.
        costs: Municipalities whose cost per inhabitant is complete.
        told: Municipalities whose plan says how it should come about.
    """

    evidence_class: int
    municipalities: int
    sizes: Collection[int]
    lessons: int
    costs: int
    told: int = 0


@dataclass(frozen=True, slots=True)
class Emmie:
    """The five marks; size of the effect and its certainty are two things."""

    effect: int
    mechanism: int
    moderators: int
    implementation: int
    economics: int


def emmie(known: Known) -> Emmie:
    """Return the five marks.

    Mechanism: told is 1, nothing more without a study of it. Moderators: one for each further size
    class, the highest mark only where a regression on traits is allowed (k ≥ 10). Implementation:
    one for each municipality that wrote something down. Economics: share of complete costs.
    """
    widest = max(len(known.sizes) - 1, 0)
    is_regression = known.municipalities >= LEAST_FOR_REGRESSION
    share = known.costs / known.municipalities if known.municipalities else 0.0
    return Emmie(
        effect=known.evidence_class,
        mechanism=int(known.told > 0),
        moderators=MOST if is_regression else min(widest, MOST - 1),
        implementation=min(known.lessons, MOST),
        economics=int(MOST * min(share, 1.0)),
    )
