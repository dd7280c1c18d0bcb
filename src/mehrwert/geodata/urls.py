"""Routes of the room, below ``/<mandant>/sperrungen/``."""

from django.urls import path

from mehrwert.geodata import views

app_name = "geodata"
one = "<int:closure_id>/"
urlpatterns = [
    path("", views.closure_list, name="closure_list"),
    path("sperrungen.csv", views.closures_csv, name="closures_csv"),
    path("auskunft/", views.desk, name="desk"),
    path("auskunft/anruf/", views.call, name="call"),
    path("neu/", views.closure_new, name="closure_new"),
    path(one, views.closure, name="closure"),
    path(f"{one}aendern/", views.closure_edit, name="closure_edit"),
    path(f"{one}stimmt-noch/", views.closure_check, name="closure_check"),
    path(f"{one}beenden/", views.closure_end, name="closure_end"),
]
