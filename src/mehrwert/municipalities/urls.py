"""Routes of the room: landing, pages of whoever runs the installation, pages of a municipality."""

from django.urls import path

from mehrwert.municipalities.views import keys, landing, operator, people, setup, share

app_name = "municipalities"
SETUP = "<slug:mandant>/einrichtung/"
KEY = f"{SETUP}schluessel/<int:key_id>/"
PERSON = f"{SETUP}personen/<int:member_id>/"
ROW = "betrieb/kommunen/neu/<slug:level>/<slug:ars>/"

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("betrieb/kommunen/", operator.towns, name="towns"),
    path("betrieb/kommunen/neu/", operator.find, name="find"),
    path(ROW, operator.create, name="create"),
    path(f"{ROW}grenze.json", landing.register_boundary, name="register_boundary"),
    path("betrieb/kommunen/<int:town_id>/administration/", operator.claim, name="claim"),
    path("betrieb/kommunen/<int:town_id>/ansehen/", operator.read_only, name="read_only"),
    path("<slug:mandant>/", landing.home, name="home"),
    path("<slug:mandant>/grenze.json", landing.boundary, name="boundary"),
    path("<slug:mandant>/teilen/", share.share, name="share"),
    path("<slug:mandant>/teilen/qr.svg", share.qr, name="share_qr"),
    path("<slug:mandant>/k/<slug:code>/", share.follow, name="short_link"),
    path(SETUP, setup.setup, name="setup"),
    path(f"{SETUP}kommune/", setup.town, name="town"),
    path(f"{SETUP}kommune/adresse/", setup.address, name="address"),
    path(f"{SETUP}kommune/ruhen/", setup.rest, name="rest"),
    path(f"{SETUP}personen/", people.people, name="people"),
    path(f"{SETUP}personen/einladen/", people.invite, name="invite"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}entfernen/", people.remove_person, name="remove_person"),
    path(f"{PERSON}zurueck/", people.restore_person, name="restore_person"),
    path(f"{SETUP}schluessel/", keys.keys, name="keys"),
    path(f"{SETUP}schluessel/neu/", keys.new_key, name="new_key"),
    path(f"{KEY}erneuern/", keys.renew_key, name="renew_key"),
    path(f"{KEY}sperren/", keys.block_key, name="block_key"),
]
