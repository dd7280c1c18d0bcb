"""Routes of the room, below ``/<mandant>/daten/quellen/abruf/``; a pull has its source's id."""

from django.urls import path

from mehrwert.connectors.pulls import views

app_name = "pulls"
ONE = "<int:pull_id>/"
urlpatterns = [
    path("neu/", views.choose, name="choose"),
    path("neu/<slug:recipe>/", views.new, name="new"),
    path(ONE, views.edit, name="edit"),
    path(f"{ONE}jetzt/", views.run, name="run"),
    path(f"{ONE}anhalten/", views.pause, name="pause"),
    path(f"{ONE}vertrauen/", views.trust, name="trust"),
    path(f"{ONE}beenden/", views.end, name="end"),
]
