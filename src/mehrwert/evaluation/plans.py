"""A plan as it lies in the database: JSON with month labels and ids as text."""

from dataclasses import asdict, fields
from typing import Any

from mehrwert.evaluation.rules import Plan, label_of, parse_month
from mehrwert.evaluation.rules.plan import BY_MONTH, BY_SERIES, MONTH_BY_SERIES, MONTHS


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain JSON."""
    stored = asdict(plan)
    for name in MONTHS:
        stored[name] = label_of(stored[name])
    for name in BY_MONTH:
        stored[name] = {label_of(month): words for month, words in stored[name].items()}
    for name in BY_SERIES:
        stored[name] = {str(number): words for number, words in stored[name].items()}
    for name in MONTH_BY_SERIES:
        stored[name] = {str(number): label_of(month) for number, month in stored[name].items()}
    return stored


def plan_from_json(stored: dict[str, Any]) -> Plan:
    """Return the plan that was stored."""
    known = {field.name for field in fields(Plan)}
    given = {name: value for name, value in stored.items() if name in known}
    for name in MONTHS:
        given[name] = parse_month(given[name])
    for name in BY_MONTH:
        given[name] = {parse_month(month): words for month, words in given.get(name, {}).items()}
    for name in BY_SERIES:
        given[name] = {int(number): words for number, words in given.get(name, {}).items()}
    for name in MONTH_BY_SERIES:
        pairs = given.get(name, {}).items()
        given[name] = {int(number): parse_month(month) for number, month in pairs}
    return Plan(**given)
