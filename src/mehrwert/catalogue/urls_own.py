"""Routes of a municipality, below ``/<mandant>/loesungen/``."""

from django.urls import path

from mehrwert.catalogue.views import care, lists, naming, own

app_name = "catalogue_own"
one = "<slug:slug>/"
urlpatterns = [
    path("", own.own, name="own"),
    path("neu/", own.new, name="new"),
    path("einwand/<int:adoption_id>/", own.objection, name="object"),
    path("verwandt/<int:link_id>/", care.own_link, name="link"),
    path("zweite/<int:look_id>/", naming.second_look, name="second"),
    path("listen/", lists.lists, name="lists"),
    path("listen/<int:import_id>/", lists.one_list, name="list"),
    path("listen/<int:import_id>/spalten/", lists.columns, name="list_columns"),
    path("listen/<int:import_id>/uebernehmen/", lists.store, name="list_store"),
    path("listen/<int:import_id>/zurueck/", lists.undo, name="list_undo"),
    path("listen/<int:import_id>/verwerfen/", lists.discard, name="list_discard"),
    path(f"{one}bearbeiten/", own.edit, name="edit"),
    path(f"{one}veroeffentlichen/", own.publish, name="publish"),
    path(f"{one}bestaetigen/", own.confirm, name="confirm"),
    path(f"{one}zurueck/<int:number>/", own.revert, name="revert"),
    path(f"{one}zurueckziehen/", own.withdraw, name="withdraw"),
    path(f"{one}stellungnahme/", naming.reply, name="reply"),
    path(f"{one}uebernehmen/", own.claim, name="claim"),
]
