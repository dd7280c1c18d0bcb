"""Routes of the room, below ``/<mandant>/pakete/``."""

from django.urls import path

from mehrwert.starters.views import building, library, running, setting_up, trial

app_name = "starters"
one = "<slug:slug>/"
urlpatterns = [
    path("", library.package_list, name="list"),
    path("bauen/", building.build, name="build"),
    path(one, library.package, name="package"),
    path(f"{one}einrichten/", setting_up.set_up, name="set_up"),
    path(f"{one}verwerfen/", setting_up.discard, name="discard"),
    path(f"{one}starten/", setting_up.start, name="start"),
    path(f"{one}probe/", trial.trial, name="trial"),
    path(f"{one}aktualisieren/", running.update, name="update"),
    path(f"{one}zurueck/", running.roll_back, name="roll_back"),
    path(f"{one}zeitraffer/", running.time_lapse, name="time_lapse"),
    path(f"{one}entfernen/", running.remove, name="remove"),
    path(f"{one}messwerte.csv", running.readings_csv, name="readings"),
    path(f"{one}aufgaben/<int:piece_id>/", running.task, name="task"),
]
