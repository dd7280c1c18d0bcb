"""A view of a municipality is handed on by link, short link or QR code (UX-26)."""

import re
from urllib.parse import urlencode

import pytest

from mehrwert.base.models import AuditRow
from mehrwert.municipalities import actions, queries
from mehrwert.municipalities.models import ShortLink

from .fixtures import make_member, make_tenant

pytestmark = pytest.mark.django_db(databases=["default", "observations"])
VIEW = "/auental/daten/?zustand=silent&karte=12.50/51.30000/10.20000&punkt=7"


def address(page):
    return f"/auental/teilen/?{urlencode({'seite': page})}"


def short_of(answer):
    found = re.search(r"http://testserver(/auental/k/[a-z0-9]{8}/)", answer.content.decode())
    return found and found[1]


def test_a_short_link_brings_filter_and_camera_back(client, viewer):
    client.force_login(viewer)
    assert short_of(client.get(address(VIEW))) is None
    answer = client.post("/auental/teilen/", {"seite": VIEW}, follow=True)
    assert client.get(short_of(answer))["Location"] == VIEW


def test_the_same_view_keeps_its_short_link_and_the_audit_tells_of_it_once(client, viewer):
    client.force_login(viewer)
    first = short_of(client.post("/auental/teilen/", {"seite": VIEW}, follow=True))
    again = short_of(client.post("/auental/teilen/", {"seite": f"/en{VIEW}"}, follow=True))
    assert first == again
    assert AuditRow.objects.filter(kind="short_link").count() == 1


def test_it_opens_nothing_that_the_role_does_not(client, auental, admin, viewer):
    client.force_login(admin)
    client.post("/auental/teilen/", {"seite": "/auental/einrichtung/"})
    (link,) = ShortLink.objects.all()
    short = f"/auental/k/{link.code}/"
    client.force_login(viewer)
    assert client.get(short, follow=True).status_code == 403
    client.force_login(make_member(make_tenant("zell"), "admin", "zora"))
    assert client.get(short).status_code == 404
    client.logout()
    assert client.get(short)["Location"] == f"/konto/anmelden/?next={short}"


def test_a_municipality_does_not_know_the_short_links_of_another(client, auental, admin):
    code = actions.shorten(make_tenant("zell"), "/daten/", actor=actions.tenants.SYSTEM)
    client.force_login(admin)
    assert client.get(f"/auental/k/{code}/").status_code == 404


def test_short_links_survive_a_new_address(client, auental, admin):
    code = actions.shorten(auental, "/daten/", actor=actions.tenants.SYSTEM)
    actions.change_slug(auental, "neuental", actor=actions.tenants.SYSTEM)
    client.force_login(admin)
    assert client.get(f"/auental/k/{code}/")["Location"] == f"/neuental/k/{code}/"
    assert client.get(f"/neuental/k/{code}/")["Location"] == "/neuental/daten/"


@pytest.mark.parametrize("page", ["/zell/daten/", "//evil.example/auental/", "/loesungen/"])
def test_what_is_no_page_of_the_municipality_is_refused_in_a_sentence(client, viewer, page):
    client.force_login(viewer)
    for answer in (client.get(address(page)), client.post("/auental/teilen/", {"seite": page})):
        assert answer.status_code == 400
        assert "keine Seite dieser Kommune" in answer.content.decode()
    assert not ShortLink.objects.exists()


def test_a_municipality_shown_only_has_the_whole_link_and_its_code(client, auental, viewer):
    actions.set_read_only(auental, True, actor=actions.tenants.SYSTEM)
    client.force_login(viewer)
    page = client.get(address(VIEW)).content.decode()
    assert "Kurzen Link anlegen" not in page
    assert "QR-Code des Links" in page
    assert queries.read_short_code(auental, "/daten/") == ""


def test_the_code_is_a_picture_for_posters(client, viewer):
    client.force_login(viewer)
    answer = client.get(f"/auental/teilen/qr.svg?{urlencode({'seite': VIEW})}")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_every_page_of_a_municipality_offers_to_share_itself(client, viewer):
    client.force_login(viewer)
    page = client.get("/auental/?a=1").content.decode()
    assert "/auental/teilen/?seite=%2Fauental%2F%3Fa%3D1" in page
    assert "data-share" not in client.get(address(VIEW)).content.decode()
