"""The only way for a door to a rule or an alert of the municipality in scope."""

from mehrwert.alerts.errors import UnknownAlertError, UnknownRuleError
from mehrwert.alerts.models import Alert, AlertRule


def find_rule(rule_id: int) -> AlertRule:
    """Return one rule.

    Raises:
        UnknownRuleError: No such rule in the municipality.
    """
    row = AlertRule.objects.filter(pk=rule_id).first()
    if row is None:
        raise UnknownRuleError
    return row


def find_alert(alert_id: int) -> Alert:
    """Return one alert.

    Raises:
        UnknownAlertError: No such alert in the municipality.
    """
    row = Alert.objects.filter(pk=alert_id).select_related("rule").first()
    if row is None:
        raise UnknownAlertError
    return row
