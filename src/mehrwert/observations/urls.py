"""Routes of the room, below ``/<mandant>/daten/``."""

from django.urls import path

from mehrwert.observations import api
from mehrwert.observations.views import edit, series, things, trash

app_name = "observations"
thing = "messstellen/<int:thing_id>/"
stream = "messreihen/<int:datastream_id>/"
urlpatterns = [
    path("", things.thing_list, name="thing_list"),
    path("messstellen.csv", api.thing_csv, name="thing_csv"),
    path("punkte.json", api.points, name="points"),
    path("papierkorb/", trash.trash, name="trash"),
    path("papierkorb/<int:trash_id>/", trash.restore, name="restore"),
    path("messstellen/neu/", edit.thing_new, name="thing_new"),
    path(thing, things.thing, name="thing"),
    path(f"{thing}bearbeiten/", edit.thing_edit, name="thing_edit"),
    path(f"{thing}loeschen/", edit.thing_delete, name="thing_delete"),
    path(f"{thing}neue-messreihe/", edit.datastream_new, name="datastream_new"),
    path(stream, series.datastream, name="datastream"),
    path(f"{stream}punkte.json", api.datastream_points, name="datastream_points"),
    path(f"{stream}werte.csv", api.datastream_csv, name="datastream_csv"),
    path(f"{stream}bild.svg", api.datastream_svg, name="datastream_svg"),
    path(f"{stream}bearbeiten/", edit.datastream_edit, name="datastream_edit"),
    path(f"{stream}loeschen/", edit.datastream_delete, name="datastream_delete"),
    path(f"{stream}kennzeichnen/", edit.flag, name="flag"),
    path(f"{stream}kennzeichnen/zuruecknehmen/", edit.unflag, name="unflag"),
]
