"""All projects of a municipality together: counted, summed, never averaged (PF-106)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mehrwert.portfolio.choices.reports import Light


@dataclass(frozen=True, slots=True)
class Standing:
    """What the roll-up needs of one project.

    Args:
        stated: Light as counted, see ``lights.counted_stated``; ``not_delivered`` if missing.
        computed: Computed light.
        remaining_eur: Planned less spent, None = unknown.
        oldest_risk_on: Since when its oldest open risk stands, None for none.
    """

    stated: str
    computed: str
    remaining_eur: Decimal | None = None
    oldest_risk_on: date | None = None


@dataclass(frozen=True, slots=True)
class RollUp:
    """Counts of both lights; ``unknown_red`` = red projects whose remaining budget is unknown."""

    stated: Mapping[str, int]
    computed: Mapping[str, int]
    at_risk_eur: Decimal
    unknown_red: int
    oldest_risk_on: date | None

    @property
    def missing(self) -> int:
        """Return how many reports are missing."""
        return self.stated[Light.MISSING]


def roll_up(rows: Iterable[Standing]) -> RollUp:
    """Return counts, euros at risk and the oldest open risk."""
    rows = list(rows)
    red = [row for row in rows if row.computed == Light.RED]
    stated = Counter(row.stated for row in rows)
    computed = Counter(row.computed for row in rows)
    return RollUp(
        stated={light.value: stated[light.value] for light in Light},
        computed={light.value: computed[light.value] for light in Light},
        at_risk_eur=sum(
            (max(row.remaining_eur, Decimal(0)) for row in red if row.remaining_eur is not None),
            Decimal(0),
        ),
        unknown_red=sum(row.remaining_eur is None for row in red),
        oldest_risk_on=min((r.oldest_risk_on for r in rows if r.oldest_risk_on), default=None),
    )
