"""Everything that reads: rules, alerts, rounds, who is told, the past as a rule sees it."""

from mehrwert.alerts.queries.alerting import (
    Past,
    count_given_up,
    count_open,
    list_alerts,
    list_messages,
    list_rules,
    list_tests,
    read_readings,
    read_readings_of,
    try_out,
    try_values,
)
from mehrwert.alerts.queries.cases import (
    CaseRow,
    CountRow,
    count_case_series,
    list_maintenance,
    read_case,
    read_counts,
)
from mehrwert.alerts.queries.reach import (
    list_covers,
    list_people,
    list_rosters,
    list_webhooks,
    read_calendar,
    read_on_duty,
)
from mehrwert.alerts.queries.rounds import count_open_tasks, list_plans, list_stops, list_tasks

__all__ = [
    "CaseRow",
    "CountRow",
    "Past",
    "count_case_series",
    "count_given_up",
    "count_open",
    "count_open_tasks",
    "list_alerts",
    "list_covers",
    "list_maintenance",
    "list_messages",
    "list_people",
    "list_plans",
    "list_rosters",
    "list_rules",
    "list_stops",
    "list_tasks",
    "list_tests",
    "list_webhooks",
    "read_calendar",
    "read_case",
    "read_counts",
    "read_on_duty",
    "read_readings",
    "read_readings_of",
    "try_out",
    "try_values",
]
