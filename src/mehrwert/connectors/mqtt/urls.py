"""Routes of the room, below ``/<mandant>/daten/quellen/mqtt/``; a binding has its source's id."""

from django.urls import path

from mehrwert.connectors.mqtt import views

app_name = "mqtt"
ONE = "<int:binding_id>/"
urlpatterns = [
    path("neu/", views.new, name="new"),
    path("schema.json", views.schema, name="schema"),
    path(ONE, views.edit, name="edit"),
    path(f"{ONE}werte/", views.values, name="values"),
    path(f"{ONE}datei/", views.file, name="file"),
    path(f"{ONE}anhalten/", views.pause, name="pause"),
    path(f"{ONE}beenden/", views.end, name="end"),
]
