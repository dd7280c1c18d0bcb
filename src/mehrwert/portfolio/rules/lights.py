"""The computed light of a project: four parts, the worst known one, never the average (PF-104)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mehrwert.portfolio.choices.reports import Deviation, Light
from mehrwert.portfolio.rules.ruleset import Limits, RuleSet

PARTS = ("schedule", "cost", "data", "risk")
RANK: dict[str, int] = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class LightInputs:
    """What a light is computed from; None is unknown and never zero.

    Attributes:
        days_late: Days the next gate is late, 0 or less for on time.
        cost_over_plan: Forecast at completion over plan, less one: 0.05 = 5 % above.
        data_delivered: Share of expected values that came in 30 days, 0 to 1.
        risk_age_days: Age of the oldest open risk without countermeasure, 0 if there is none.
    """

    days_late: float | None = None
    cost_over_plan: float | None = None
    data_delivered: float | None = None
    risk_age_days: float | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed light with its parts."""

    total: str
    parts: Mapping[str, str]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the parts nobody knows."""
        return tuple(name for name in PARTS if self.parts[name] == Light.UNKNOWN)


def part_light(value: float | None, limits: Limits) -> str:
    """Return the light of one part; a limit itself still belongs to the better light."""
    if value is None:
        return Light.UNKNOWN.value
    sign = -1 if limits.falling else 1
    if sign * value <= sign * limits.green:
        return Light.GREEN.value
    return Light.YELLOW.value if sign * value <= sign * limits.yellow else Light.RED.value


def computed_light(given: LightInputs, rules: RuleSet) -> Computed:
    """Return the worst known part; green with an unknown part is ``incomplete``."""
    values = (given.days_late, given.cost_over_plan, given.data_delivered, given.risk_age_days)
    parts = {
        name: part_light(value, rules.light[name])
        for name, value in zip(PARTS, values, strict=True)
    }
    return Computed(total_of(parts), parts)


def total_of(parts: Mapping[str, str]) -> str:
    """Return the light of all parts together."""
    known = [light for light in parts.values() if light in RANK]
    if not known:
        return Light.UNKNOWN.value
    worst = max(known, key=lambda light: RANK[light])
    if worst == Light.GREEN and len(known) < len(parts):
        return Light.INCOMPLETE.value
    return worst


def days_late(planned_on: date | None, today: date) -> int | None:
    """Return how late a gate is; None if it has no date."""
    return None if planned_on is None else max(0, (today - planned_on).days)


def deviation(stated: str, computed: str) -> str:
    """Compare the stated light with the computed one; unknown contradicts nobody (PF-105)."""
    computed = Light.GREEN if computed == Light.INCOMPLETE else computed
    if stated not in RANK or computed not in RANK or stated == computed:
        return Deviation.NONE.value
    if RANK[stated] > RANK[computed]:
        return Deviation.WORSE.value
    if stated == Light.GREEN and computed == Light.RED:
        return Deviation.WATERMELON.value
    return Deviation.BETTER.value


def counted_stated(stated: str, *, is_late: bool) -> str:
    """Return under which light a delivered report is counted: late is never green."""
    if not stated:
        return Light.UNKNOWN.value
    return Light.LATE.value if is_late and stated == Light.GREEN else stated
