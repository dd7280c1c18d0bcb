"""Routes of the room, below ``/<mandant>/daten/einlesen/``."""

from django.urls import path

from mehrwert.connectors.table_files import views

app_name = "table_files"
ONE = "<int:import_id>/"
urlpatterns = [
    path("", views.start, name="start"),
    path(ONE, views.show, name="import"),
    path(f"{ONE}spalten/", views.columns, name="columns"),
    path(f"{ONE}blatt/", views.sheet, name="sheet"),
    path(f"{ONE}schreibweise/", views.table_format, name="format"),
    path(f"{ONE}zeitumstellung/", views.clock_change, name="clock_change"),
    path(f"{ONE}uebernehmen/", views.store, name="store"),
    path(f"{ONE}rueckgaengig/", views.undo, name="undo"),
    path(f"{ONE}abbrechen/", views.cancel, name="cancel"),
    path(f"{ONE}verwerfen/", views.discard, name="discard"),
    path(f"{ONE}hinweise.csv", views.problems_csv, name="problems_csv"),
]
