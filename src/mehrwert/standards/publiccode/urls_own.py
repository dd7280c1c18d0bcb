"""Routes of a municipality, below ``/<mandant>/loesungen/publiccode/``."""

from django.urls import path

from . import views

app_name = "publiccode_own"

urlpatterns = [path("", views.draft, name="draft")]
