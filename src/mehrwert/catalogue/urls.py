"""Routes of the catalogue: pages for everybody, the same for programs."""

from django.urls import path

from mehrwert.catalogue.views import (
    browse,
    care,
    compare,
    fields,
    fitting,
    naming,
    orphans,
    own_costs,
    paid,
    saved,
    solution,
    transfers,
)

app_name = "catalogue"
one = "loesungen/<slug:slug>/"
urlpatterns = [
    path("betrieb/katalog/", care.care, name="care"),
    path("betrieb/katalog/verwandt/<int:link_id>/", care.care_link, name="care_link"),
    path("betrieb/katalog/stellungnahme/<slug:slug>/", naming.care_reply, name="care_reply"),
    path("loesungen/", browse.solution_list, name="list"),
    path("loesungen/gemerkt/", saved.saved, name="saved"),
    path("loesungen/gemerkt/neu/", saved.save, name="search_save"),
    path("loesungen/gemerkt/<int:search_id>/gesehen/", saved.seen, name="search_seen"),
    path("loesungen/gemerkt/<int:search_id>/weg/", saved.forget, name="search_forget"),
    path("loesungen/felder/", fields.fields, name="fields"),
    path("loesungen/kommune/", fitting.home, name="home"),
    path("loesungen/passend/", fitting.fitting, name="fitting"),
    path("loesungen/vergleich/", compare.compare, name="compare"),
    path("loesungen/verwaist/", orphans.orphans, name="orphans"),
    path("loesungen/netz/", transfers.transfers, name="transfers"),
    path("loesungen/netz.csv", transfers.transfers_csv, name="transfers_csv"),
    path("loesungen/mehrwert.schema.json", solution.schema, name="schema"),
    path(one, solution.solution, name="solution"),
    path(f"{one}kosten/", paid.costs, name="costs"),
    path(f"{one}kosten.csv", paid.costs_csv, name="costs_csv"),
    path(f"{one}kosten/eigene/", own_costs.own_costs, name="own_costs"),
    path(f"{one}kosten/fuenf-jahre.<slug:ending>", own_costs.costs_file, name="costs_file"),
    path(f"{one}nachnutzung/", paid.course, name="course"),
    path(f"{one}nachnutzung.csv", paid.course_csv, name="course_csv"),
    path(f"{one}verlauf/", solution.history, name="history"),
    path(f"{one}fassung/<int:number>/", solution.version, name="version"),
    path(f"{one}mehrwert.yml", solution.profile_file, name="file"),
    path("api/v1/solutions", browse.solutions_json, name="api_list"),
    path("api/v1/solutions/<slug:slug>", solution.solution_json, name="api_one"),
]
