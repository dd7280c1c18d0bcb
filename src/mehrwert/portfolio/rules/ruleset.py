"""Rule set ``portfolio``: every threshold of the room, with one version.

A change makes a new version; what was stored keeps the version it was computed with. All values
are own proposals (spec, section 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Limits:
    """Green up to and including the first, yellow up to and including the second, else red.

    With ``falling`` the value must reach the limit from above: more is better.
    """

    green: float
    yellow: float
    falling: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Version 1.0.0."""

    version: str = "1.0.0"
    due_day_of_next_month: int = 10
    remind_days_before: int = 3
    small_town_below: int = 20_000
    light: Mapping[str, Limits] = field(
        default_factory=lambda: MappingProxyType(
            {
                "schedule": Limits(14, 60),
                "cost": Limits(0.05, 0.15),
                "data": Limits(0.90, 0.70, falling=True),
                "risk": Limits(30, 90),
            }
        )
    )
    gates_min: int = 5
    quantiles: tuple[float, float, float] = (0.10, 0.50, 0.90)
    stale_months: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType(
            {"fast": 3, "monthly": 6, "yearly": 18, "register": 24}
        )
    )
    baseline_values_min: int = 4
    dashboard_figures_max: int = 12
    decisions_on_top: int = 3
    unopened_months: int = 6
    cliff_months: int = 24
    cliff_warn_share: Decimal = Decimal("0.10")


PORTFOLIO = RuleSet()
