"""Routes of a municipality, below ``/<mandant>/loesungen/quelltext/``."""

from django.urls import path

from mehrwert.connectors.repositories import views

app_name = "repositories"
urlpatterns = [path("<slug:slug>/", views.upload, name="upload")]
