"""The door for programs, below ``/api/v1/repositories/``."""

from django.urls import path

from mehrwert.connectors.repositories import api

app_name = "repositories_open"
urlpatterns = [path("<slug:slug>", api.hook, name="hook")]
