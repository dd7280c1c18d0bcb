"""Lead times per gate, and when a project will be live by our own history (PF-108)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from mehrwert.portfolio.choices import GATES
from mehrwert.portfolio.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Passed:
    """One completed gate: how long it took, how long it was planned to take.

    Args:
        gate: P1…P5.
        passed_on: The day.
        days: Since the gate before, or the start.
        planned_days: The same by the first plan, None if there was none.
    """

    gate: str
    passed_on: date
    days: int
    planned_days: int | None = None

    @property
    def ratio(self) -> float | None:
        """Return actual over planned; None without a plan."""
        return None if not self.planned_days else self.days / self.planned_days


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Median days of one gate: over all, in the last twelve months, in the twelve before."""

    gate: str
    n: int
    days: float | None
    this_year: float | None
    last_year: float | None

    @property
    def trend(self) -> float | None:
        """Return how many days faster (below 0) or slower it has become; None if unknown."""
        if self.this_year is None or self.last_year is None:
            return None
        return self.this_year - self.last_year


@dataclass(frozen=True, slots=True)
class Forecast:
    """When it will be: middle day and the ends of the 80 % interval; n gates it rests on."""

    low: date
    middle: date
    high: date
    n: int


def completed(
    starts_on: date, gates: Mapping[str, tuple[date | None, date | None]]
) -> list[Passed]:
    """Return the completed gates of a project with their durations.

    Args:
        starts_on: Start of the project.
        gates: Gate → (first planned day, day it was passed).
    """
    found = []
    before, planned_before = starts_on, starts_on
    for gate in GATES:
        planned, passed = gates.get(gate, (None, None))
        if passed is None:
            break
        planned_days = (planned - planned_before).days if planned else None
        days = max(0, (passed - before).days)
        found.append(Passed(gate, passed, days, planned_days if (planned_days or 0) > 0 else None))
        before, planned_before = passed, planned or passed
    return found


def lead_times(passed: Sequence[Passed], today: date) -> list[LeadTime]:
    """Return the median lead time of each gate."""
    year, two = today - timedelta(days=365), today - timedelta(days=730)
    found = []
    for gate in GATES:
        own = [row for row in passed if row.gate == gate]
        now = [row.days for row in own if row.passed_on > year]
        then = [row.days for row in own if two < row.passed_on <= year]
        found.append(
            LeadTime(gate, len(own), _median([r.days for r in own]), _median(now), _median(then))
        )
    return found


def _median(values: Sequence[int]) -> float | None:
    return float(median(values)) if values else None


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile, linear between neighbours (type 7); needs at least one value."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def forecast(
    passed: Sequence[Passed], *, since: date, planned_on: date, rules: RuleSet
) -> Forecast | None:
    """Return when a gate will be passed: remaining planned days × own ratios.

    Args:
        passed: Completed gates of the whole municipality.
        since: Day of the newest gate the project passed, or its start.
        planned_on: Planned day of the gate asked about.
        rules: How many gates it needs, which quantiles.

    Returns:
        None with fewer completed gates that had a plan than needed.
    """
    ratios = [row.ratio for row in passed if row.ratio is not None]
    if len(ratios) < rules.gates_min:
        return None
    remaining = max(0, (planned_on - since).days)
    low, middle, high = (
        since + timedelta(days=round(remaining * quantile(ratios, share)))
        for share in rules.quantiles
    )
    return Forecast(low, middle, high, len(ratios))
