"""An alert rule of a package as the room ``alerts`` takes it."""

from collections.abc import Mapping
from typing import Any

from mehrwert.alerts import actions as alerts
from mehrwert.alerts.choices import RuleKind, Severity


def rule_choice(values: Mapping[str, Any]) -> alerts.RuleChoice:
    """Return a rule as the room ``alerts`` takes it."""
    return alerts.RuleChoice(
        title=values["title"],
        kind=RuleKind(values["kind"]),
        threshold=float(values["threshold"] or 0),
        hysteresis=float(values["hysteresis"] or 0),
        hold_s=int(values["hold_s"] or 0),
        window_s=int(values["window_s"] or 0),
        damage_value=values["damage_value"],
        severity=Severity(values["severity"]),
        advice=values["advice"],
        recipients=tuple(values["recipients"]),
    )
