"""Routes for everybody: the published format."""

from django.urls import path

from mehrwert.starters.views import library

app_name = "starters_open"
urlpatterns = [path("package.schema.json", library.schema, name="schema")]
