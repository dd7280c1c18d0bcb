"""Routes of the room."""

from django.urls import path

from mehrwert.base import shell_views

app_name = "base"
urlpatterns = [
    path("darstellung/", shell_views.appearance, name="appearance"),
    path("hilfe/", shell_views.help_page, name="help"),
    path("rechtliches/<slug:page>/", shell_views.legal, name="legal"),
]
