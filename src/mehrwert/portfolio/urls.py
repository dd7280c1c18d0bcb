"""Routes of the room, below ``/<mandant>/vorhaben/``."""

from django.urls import path

from mehrwert.portfolio.views import (
    adoptions,
    dashboard,
    financing,
    indicators,
    projects,
    reports,
    risks,
    stepping,
)

app_name = "portfolio"
one = "<int:project_id>/"
figure = "kennzahlen/<int:indicator_id>/"
use = "nachnutzung/<int:adoption_id>/"
urlpatterns = [
    path("", dashboard.project_list, name="list"),
    path("vorhaben.csv", dashboard.projects_csv, name="csv"),
    path("ausblick/", financing.outlook, name="outlook"),
    path("ausblick/foerderklippe.csv", financing.cliff_csv, name="cliff_csv"),
    path("bericht/<str:month>.<str:ending>", reports.portfolio_file, name="portfolio_file"),
    path("neu/", projects.new, name="new"),
    path(one, projects.project, name="project"),
    path(f"{one}bearbeiten/", projects.edit, name="edit"),
    path(f"{one}tore/", stepping.plan, name="plan"),
    path(f"{one}tore/<str:gate>/", stepping.advance, name="advance"),
    path(f"{one}berichte/", reports.report_list, name="reports"),
    path(f"{one}berichte/<int:report_id>/", reports.report, name="report"),
    path(f"{one}berichte/<int:report_id>/berichtigen/", reports.correct, name="report_correct"),
    path(f"{one}bericht/<str:month>/", reports.report_new, name="report_new"),
    path(f"{one}bericht/<str:month>.<str:ending>", reports.project_file, name="project_file"),
    path(f"{one}entscheidung/", reports.decision_new, name="decision_new"),
    path(f"{one}entscheidung/<int:decision_id>/", reports.decision, name="decision"),
    path(f"{one}kennzahlen/", indicators.indicator_list, name="indicators"),
    path(f"{one}kennzahlen/neu/", indicators.indicator_new, name="indicator_new"),
    path(f"{one}kennzahlen/ohne-ausgangswerte/", indicators.baseline_waive, name="baseline_waive"),
    path(
        f"{one}kennzahlen/<int:indicator_id>/ausgangswerte/",
        indicators.baseline_freeze,
        name="baseline_freeze",
    ),
    path(figure, indicators.indicator, name="indicator"),
    path(f"{figure}werte.csv", indicators.values_csv, name="indicator_csv"),
    path(f"{figure}wert/", indicators.value_new, name="indicator_value"),
    path(f"{figure}fassung/", indicators.version_new, name="indicator_version"),
    path(f"{figure}amtsdashboard/", indicators.place, name="indicator_place"),
    path(f"{figure}herunternehmen/", indicators.remove, name="indicator_remove"),
    path(f"{one}risiken/", risks.risk_list, name="risks"),
    path(f"{one}risiken/neu/", risks.risk_new, name="risk_new"),
    path(f"{one}risiken/<int:risk_id>/massnahme/", risks.measure_new, name="measure_new"),
    path(f"{one}risiken/<int:risk_id>/beenden/", risks.risk_close, name="risk_close"),
    path(f"{one}massnahmen/<int:measure_id>/", risks.measure_check, name="measure_check"),
    path(f"{one}foerderung/", financing.financing, name="financing"),
    path(f"{one}foerderung/neu/", financing.funding_new, name="funding_new"),
    path(f"{one}foerderung/<int:funding_id>/", financing.funding_decide, name="funding_decide"),
    path(f"{one}abloesung/", financing.replacement_new, name="replacement_new"),
    path(f"{one}abhaengigkeit/", financing.dependency_new, name="dependency_new"),
    path("nachnutzung/", adoptions.adoption_list, name="adoption_list"),
    path("nachnutzung.csv", adoptions.adoptions_csv, name="adoptions_csv"),
    path("nachnutzung/erklaeren/<slug:slug>/", adoptions.declare, name="adoption_declare"),
    path("nachnutzung/genannt/<int:said_id>/", adoptions.answer_documented, name="adoption_answer"),
    path(use, adoptions.adoption, name="adoption"),
    path(f"{use}bestaetigen/", adoptions.confirm, name="adoption_confirm"),
    path(f"{use}beenden/", adoptions.end, name="adoption_end"),
    path(f"{use}liste.csv", adoptions.checklist_csv, name="checklist_csv"),
    path(f"{use}liste/<slug:key>/", adoptions.item, name="adoption_item"),
]
