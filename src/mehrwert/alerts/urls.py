"""Routes of the room, below ``/<mandant>/meldungen/``."""

from django.urls import path

from mehrwert.alerts.views import alerts, ruling

app_name = "alerts"
alert = "<int:alert_id>/"
rule = "regeln/<int:rule_id>/"
urlpatterns = [
    path("", alerts.alert_list, name="alert_list"),
    path("meldungen.csv", alerts.alert_csv, name="alert_csv"),
    path(alert, alerts.alert, name="alert"),
    path(f"{alert}meldung.cap.xml", alerts.cap, name="cap"),
    path(f"{alert}beantworten/", alerts.answer, name="answer"),
    path(f"{alert}notiz/", alerts.note, name="note"),
    path("regeln/", ruling.rule_list, name="rule_list"),
    path("regeln/neu/", ruling.rule_new, name="rule_new"),
    path(rule, ruling.rule, name="rule"),
    path(f"{rule}bearbeiten/", ruling.rule_edit, name="rule_edit"),
    path(f"{rule}schalten/", ruling.rule_switch, name="rule_switch"),
    path(f"{rule}loeschen/", ruling.rule_delete, name="rule_delete"),
]
