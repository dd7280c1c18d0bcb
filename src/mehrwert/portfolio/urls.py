"""Routes of the room, below ``/<mandant>/vorhaben/``."""

from django.urls import path

from mehrwert.portfolio.views import adoptions, projects, stepping

app_name = "portfolio"
one = "<int:project_id>/"
use = "nachnutzung/<int:adoption_id>/"
urlpatterns = [
    path("", projects.project_list, name="list"),
    path("neu/", projects.new, name="new"),
    path(one, projects.project, name="project"),
    path(f"{one}bearbeiten/", projects.edit, name="edit"),
    path(f"{one}tore/", stepping.plan, name="plan"),
    path(f"{one}tore/<str:gate>/", stepping.advance, name="advance"),
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
