"""Routes of the room, below ``/<mandant>/meldungen/``."""

from django.urls import path

from mehrwert.alerts.views import alerts, cases, maintenance, plans, reach, ruling, tasks

app_name = "alerts"
alert = "<int:alert_id>/"
rule = "regeln/<int:rule_id>/"
task = "aufgaben/<int:task_id>/"
roster = "dienst/<int:roster_id>/"
hook = "dienst/webhooks/<int:webhook_id>/"
upkeep = "lage/wartung/<int:maintenance_id>/"
plan = "aufgaben/plaene/<int:plan_id>/"
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
    path(f"{rule}probe/", ruling.rule_test, name="rule_test"),
    path(f"{rule}loeschen/", ruling.rule_delete, name="rule_delete"),
    path("aufgaben/", tasks.task_list, name="task_list"),
    path(task, tasks.task, name="task"),
    path(f"{task}druck/", tasks.task_paper, name="task_paper"),
    path(f"{task}runde.csv", tasks.task_csv, name="task_csv"),
    path(f"{task}runde.gpx", tasks.task_gpx, name="task_gpx"),
    path(f"{task}orte/<int:stop_id>/", tasks.stop_tick, name="stop_tick"),
    path(f"{task}abschliessen/", tasks.task_close, name="task_close"),
    path("aufgaben/plaene/neu/", plans.plan_new, name="plan_new"),
    path(plan, plans.plan_edit, name="plan_edit"),
    path(f"{plan}runde/", plans.plan_raise, name="plan_raise"),
    path(f"{plan}loeschen/", plans.plan_delete, name="plan_delete"),
    path("lage/", cases.case_list, name="case_list"),
    path("lage/wartung/neu/", maintenance.maintenance_new, name="maintenance_new"),
    path(upkeep, maintenance.maintenance_edit, name="maintenance_edit"),
    path(f"{upkeep}erledigt/", maintenance.maintenance_done, name="maintenance_done"),
    path(f"{upkeep}loeschen/", maintenance.maintenance_delete, name="maintenance_delete"),
    path("lage/<slug:key>/", cases.case, name="case"),
    path("lage/<slug:key>/orte.csv", cases.case_csv, name="case_csv"),
    path("dienst/", reach.reach, name="reach"),
    path("dienst/neu/", reach.roster_new, name="roster_new"),
    path(roster, reach.roster, name="roster"),
    path(f"{roster}bearbeiten/", reach.roster_edit, name="roster_edit"),
    path(f"{roster}loeschen/", reach.roster_delete, name="roster_delete"),
    path(f"{roster}dienstplan.ics", reach.roster_ics, name="roster_ics"),
    path(f"{roster}vertretung/", reach.cover_add, name="cover_add"),
    path(f"{roster}vertretung/<int:cover_id>/", reach.cover_remove, name="cover_remove"),
    path("dienst/webhooks/neu/", reach.webhook_new, name="webhook_new"),
    path(f"{hook}probe/", reach.webhook_test, name="webhook_test"),
    path(f"{hook}loeschen/", reach.webhook_delete, name="webhook_delete"),
]
