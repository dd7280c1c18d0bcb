"""Reads how long gates took here, and what that means for a project."""

from collections import defaultdict
from datetime import date

from mehrwert.portfolio.models import Gate, Project
from mehrwert.portfolio.rules.gates import LIVE_GATE
from mehrwert.portfolio.rules.leadtime import Forecast, LeadTime, Passed, completed, forecast
from mehrwert.portfolio.rules.leadtime import lead_times as median_times
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


def list_passed() -> list[Passed]:
    """Return all completed gates of the municipality with their durations; two statements."""
    gates: dict[int, dict[str, tuple[date | None, date | None]]] = defaultdict(dict)
    for row in Gate.objects.values_list("project_id", "key", "first_planned_on", "passed_on"):
        gates[row[0]][row[1]] = (row[2], row[3])
    starts = Project.objects.values_list("pk", "starts_on")
    return [one for pk, start in starts for one in completed(start, gates[pk])]


def list_lead_times(today: date) -> list[LeadTime]:
    """Return the median lead time of each gate with its trend."""
    return median_times(list_passed(), today)


def read_forecast(project: Project) -> Forecast | None:
    """Return when a project will be live, None if it is, has no date, or history is too short."""
    gates = {g.key: g for g in Gate.objects.filter(project=project)}
    live = gates.get(LIVE_GATE)
    if live is None or live.passed_on is not None or live.planned_on is None:
        return None
    passed = [g.passed_on for g in gates.values() if g.passed_on is not None]
    since = max(passed, default=project.starts_on)
    return forecast(list_passed(), since=since, planned_on=live.planned_on, rules=PORTFOLIO)
