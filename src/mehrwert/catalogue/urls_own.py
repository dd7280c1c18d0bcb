"""Routes of a municipality, below ``/<mandant>/loesungen/``."""

from django.urls import path

from mehrwert.catalogue.views import own

app_name = "catalogue_own"
one = "<slug:slug>/"
urlpatterns = [
    path("", own.own, name="own"),
    path("neu/", own.new, name="new"),
    path("einwand/<int:adoption_id>/", own.objection, name="object"),
    path(f"{one}bearbeiten/", own.edit, name="edit"),
    path(f"{one}veroeffentlichen/", own.publish, name="publish"),
    path(f"{one}bestaetigen/", own.confirm, name="confirm"),
    path(f"{one}zurueck/<int:number>/", own.revert, name="revert"),
    path(f"{one}zurueckziehen/", own.withdraw, name="withdraw"),
    path(f"{one}uebernehmen/", own.claim, name="claim"),
]
