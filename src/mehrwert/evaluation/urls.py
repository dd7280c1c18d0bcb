"""Routes of the room, below ``/<mandant>/bewertung/``."""

from django.urls import path

from mehrwert.evaluation import api
from mehrwert.evaluation.views import (
    agreement,
    decisions,
    evaluations,
    house_templates,
    inviting,
    linking,
    papers,
    plans,
    profiles,
    reflections,
    results,
)

app_name = "evaluation"
one = "<int:evaluation_id>/"
paper = f"{one}vorlage/<int:paper_id>/"
urlpatterns = [
    path("", evaluations.evaluation_list, name="list"),
    path("neu/", plans.new, name="new"),
    path("antworten/", agreement.agreement, name="agreement"),
    path("antworten.csv", agreement.agreement_csv, name="agreement_csv"),
    path("formen/", profiles.profile_list, name="profiles"),
    path("formen/neu/", profiles.profile_new, name="profile_new"),
    path("formen/muster/", house_templates.save, name="template_save"),
    path("formen/muster/probe.<slug:kind>", house_templates.sample, name="template_sample"),
    path("formen/muster/<slug:kind>/entfernen/", house_templates.remove, name="template_remove"),
    path("formen/<slug:key>/", profiles.profile, name="profile"),
    path("formen/<slug:key>/bearbeiten/", profiles.profile_edit, name="profile_edit"),
    path(one, evaluations.evaluation, name="evaluation"),
    path("vorhaben/<int:project_id>/", linking.link, name="link"),
    path(f"{one}plan/", plans.edit, name="plan"),
    path(f"{one}verwerfen/", plans.discard, name="discard"),
    path(f"{one}festschreiben/", plans.freeze, name="freeze"),
    path(f"{one}berechnen/", evaluations.compute, name="compute"),
    path(f"{one}werte.csv", api.values_csv, name="csv"),
    path(f"{one}bild.svg", api.figure_svg, name="svg"),
    path(f"{one}ergebnis/", results.file_result, name="result"),
    path(f"{one}freigeben/", results.release, name="release"),
    path(f"{one}zurueckziehen/", results.withdraw, name="withdraw"),
    path(f"{one}rueckschau/", reflections.reflection, name="reflection"),
    path(f"{one}rueckschau/einladen/", inviting.invite, name="invite"),
    path(f"{one}rueckschau/einladung/<int:voice_id>/", inviting.end, name="voice_end"),
    path(f"{one}rueckschau.json", api.answers_json, name="answers_json"),
    path(f"{one}rueckschau.ods", api.answers_ods, name="answers_ods"),
    path(f"{one}entscheidung/", decisions.decide, name="decide"),
    path(f"{one}recht/", decisions.legal, name="legal"),
    path(f"{one}vorlage/", papers.paper_list, name="papers"),
    path(f"{one}vorlage/neu/", papers.begin, name="paper_begin"),
    path(paper, papers.paper, name="paper"),
    path(f"{paper}bearbeiten/", papers.edit, name="paper_edit"),
    path(f"{paper}finanzen/", papers.finance, name="paper_finance"),
    path(f"{paper}freigeben/", papers.release, name="paper_release"),
    path(f"{paper}vorlage.<slug:ending>", papers.paper_file, name="paper_file"),
    path(f"{paper}oparl.json", papers.paper_oparl, name="paper_oparl"),
    path(f"{one}lernbericht/", decisions.learning_report, name="learning_report"),
]
