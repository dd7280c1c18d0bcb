"""The only way for a door to a rule, an alert or a round of the municipality in scope."""

from mehrwert.alerts.errors import (
    UnknownAlertError,
    UnknownMaintenanceError,
    UnknownPlanError,
    UnknownRosterError,
    UnknownRuleError,
    UnknownTaskError,
    UnknownUseCaseError,
    UnknownWebhookError,
)
from mehrwert.alerts.models import (
    Alert,
    AlertRule,
    Cover,
    Maintenance,
    Roster,
    Task,
    TaskPlan,
    TaskStop,
    Webhook,
)
from mehrwert.alerts.use_cases import UseCase, find_use_case
from mehrwert.base.rows import first_of


def find_rule(rule_id: int) -> AlertRule:
    """Return one rule.

    Raises:
        UnknownRuleError: No such rule in the municipality.
    """
    return first_of(AlertRule.objects.filter(pk=rule_id), UnknownRuleError)


def find_alert(alert_id: int) -> Alert:
    """Return one alert.

    Raises:
        UnknownAlertError: No such alert in the municipality.
    """
    return first_of(Alert.objects.filter(pk=alert_id).select_related("rule"), UnknownAlertError)


def find_plan(plan_id: int) -> TaskPlan:
    """Return one plan of rounds.

    Raises:
        UnknownPlanError: No such plan in the municipality.
    """
    return first_of(TaskPlan.objects.filter(pk=plan_id), UnknownPlanError)


def find_task(task_id: int) -> Task:
    """Return one round.

    Raises:
        UnknownTaskError: No such round in the municipality.
    """
    return first_of(Task.objects.filter(pk=task_id), UnknownTaskError)


def find_stop(task_id: int, stop_id: int) -> TaskStop:
    """Return one place of a round.

    Raises:
        UnknownTaskError: No such place in such a round of the municipality.
    """
    return first_of(TaskStop.objects.filter(pk=stop_id, task_id=task_id), UnknownTaskError)


def find_maintenance(maintenance_id: int) -> Maintenance:
    """Return one maintenance.

    Raises:
        UnknownMaintenanceError: No such maintenance in the municipality.
    """
    return first_of(
        Maintenance.objects.filter(pk=maintenance_id).select_related("plan"),
        UnknownMaintenanceError,
    )


def find_case(key: str) -> UseCase:
    """Return one use case.

    Raises:
        UnknownUseCaseError: There is none of this name.
    """
    found = find_use_case(key)
    if found is None:
        raise UnknownUseCaseError
    return found


def find_webhook(webhook_id: int) -> Webhook:
    """Return one webhook.

    Raises:
        UnknownWebhookError: No such webhook in the municipality.
    """
    return first_of(Webhook.objects.filter(pk=webhook_id), UnknownWebhookError)


def find_roster(roster_id: int) -> Roster:
    """Return one duty roster.

    Raises:
        UnknownRosterError: No such roster in the municipality.
    """
    return first_of(Roster.objects.filter(pk=roster_id), UnknownRosterError)


def find_cover(roster_id: int, cover_id: int) -> Cover:
    """Return that somebody stands in.

    Raises:
        UnknownRosterError: No such entry in such a roster of the municipality.
    """
    return first_of(
        Cover.objects.filter(pk=cover_id, roster_id=roster_id).select_related("roster"),
        UnknownRosterError,
    )
