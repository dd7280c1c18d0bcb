"""Routes of the room, below ``/<mandant>/meldungen/``."""

from django.urls import path

from mehrwert.alerts.views import alerts, rules

app_name = "alerts"
alert = "<int:alert_id>/"
rule = "regeln/<int:rule_id>/"
urlpatterns = [
    path("", alerts.alert_list, name="alert_list"),
    path("meldungen.csv", alerts.alert_csv, name="alert_csv"),
    path(alert, alerts.alert, name="alert"),
    path(f"{alert}beantworten/", alerts.answer, name="answer"),
    path(f"{alert}notiz/", alerts.note, name="note"),
    path("regeln/", rules.rule_list, name="rule_list"),
    path("regeln/neu/", rules.rule_new, name="rule_new"),
    path(rule, rules.rule, name="rule"),
    path(f"{rule}bearbeiten/", rules.rule_edit, name="rule_edit"),
    path(f"{rule}schalten/", rules.rule_switch, name="rule_switch"),
    path(f"{rule}loeschen/", rules.rule_delete, name="rule_delete"),
]
