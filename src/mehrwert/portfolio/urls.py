"""Routes of the room, below ``/<mandant>/vorhaben/``."""

from django.urls import path

from mehrwert.portfolio.views import projects, stepping

app_name = "portfolio"
one = "<int:project_id>/"
urlpatterns = [
    path("", projects.project_list, name="list"),
    path("neu/", projects.new, name="new"),
    path(one, projects.project, name="project"),
    path(f"{one}bearbeiten/", projects.edit, name="edit"),
    path(f"{one}tore/", stepping.plan, name="plan"),
    path(f"{one}tore/<str:gate>/", stepping.advance, name="advance"),
]
