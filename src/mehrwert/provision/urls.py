"""Routes of the room, below ``/<mandant>/phase/``."""

from django.urls import path

from mehrwert.provision import views

app_name = "provision"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("werte.csv", views.values_csv, name="csv"),
    path("festhalten/", views.store, name="store"),
    path("fragen/<str:key>/", views.question, name="question"),
    path("verlauf/", views.history, name="history"),
    path("verlauf/<int:assessment_id>/", views.assessment, name="assessment"),
]
