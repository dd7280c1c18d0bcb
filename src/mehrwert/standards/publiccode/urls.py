"""Routes below ``/publiccode/``."""

from django.urls import path

from . import views

app_name = "publiccode"

urlpatterns = [path("<slug:slug>.yml", views.export, name="export")]
