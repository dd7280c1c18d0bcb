"""What people looked for in vain, for the work list of the operator (CAT-110)."""

from dataclasses import dataclass
from datetime import datetime

from mehrwert.base.clock import from_us
from mehrwert.catalogue.models import MissedSearch

LEAST_TIMES = 3


@dataclass(frozen=True, slots=True)
class MissedText:
    """A text that found nothing, how often it was asked, first and last time in UTC."""

    text: str
    times: int
    first: datetime
    last: datetime


def list_missed_searches(limit: int = 100) -> list[MissedText]:
    """Return texts asked at least three times without a hit, the most frequent first."""
    rows = MissedSearch.objects.filter(times__gte=LEAST_TIMES).order_by("-times", "text")
    return [
        MissedText(row.text, row.times, from_us(row.first_us), from_us(row.last_us))
        for row in rows[:limit]
    ]
