"""Routes of the room, below ``/<mandant>/daten/``."""

from django.urls import path

from mehrwert.observations import api
from mehrwert.observations.views import (
    calibration,
    edit,
    edits,
    retention,
    series,
    things,
    trash,
    values,
    years,
)

app_name = "observations"
value = "messreihen/<int:datastream_id>/werte/<int:observation_id>/"
thing = "messstellen/<int:thing_id>/"
stream = "messreihen/<int:datastream_id>/"
urlpatterns = [
    path("", things.thing_list, name="thing_list"),
    path("messstellen.csv", api.thing_csv, name="thing_csv"),
    path("punkte.json", api.points, name="points"),
    path("papierkorb/", trash.trash, name="trash"),
    path("papierkorb/<int:trash_id>/", trash.restore, name="restore"),
    path("aufbewahrung/", retention.retention, name="retention"),
    path("aufbewahrung/fristen/", retention.policy_set, name="policy_set"),
    path("aufbewahrung/fristen/<int:policy_id>/", retention.policy_switch, name="policy_switch"),
    path(
        "aufbewahrung/fristen/<int:policy_id>/loeschen/",
        retention.policy_delete,
        name="policy_delete",
    ),
    path("aufbewahrung/sperren/", retention.hold_put, name="hold_put"),
    path("aufbewahrung/sperren/<int:hold_id>/", retention.hold_lift, name="hold_lift"),
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
    path(f"{stream}jahre/", years.datastream_years, name="datastream_years"),
    path(f"{stream}jahre.csv", years.years_csv, name="years_csv"),
    path(f"{stream}jahre.svg", years.years_svg, name="years_svg"),
    path(f"{stream}kalibrierung/", calibration.calibration, name="calibration"),
    path(
        f"{stream}kalibrierung/<int:calibration_id>/zuruecknehmen/",
        calibration.calibration_end,
        name="calibration_end",
    ),
    path(f"{stream}werte/", values.value_list, name="value_list"),
    path(f"{stream}werte/neu/", values.value_new, name="value_new"),
    path(value, values.value, name="value"),
    path(f"{value}loeschen/", values.value_delete, name="value_delete"),
    path(f"{stream}aenderungen/", edits.edits, name="edits"),
    path(f"{stream}aenderungen/<int:edit_id>/", edits.edit_back, name="edit_back"),
    path(f"{stream}kennzeichnen/", edit.flag, name="flag"),
    path(f"{stream}kennzeichnen/zuruecknehmen/", edit.unflag, name="unflag"),
]
