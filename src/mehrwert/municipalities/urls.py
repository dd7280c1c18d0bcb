"""Routes of the room: the landing page, pages of a municipality, pages of who runs it."""

from django.urls import path

from mehrwert.municipalities import views

app_name = "municipalities"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("<slug:mandant>/", views.home, name="home"),
    path("<slug:mandant>/einrichtung/", views.setup, name="setup"),
]
