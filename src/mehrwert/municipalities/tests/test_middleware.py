import re
from importlib import import_module

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.urls import include, path

from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import TenantNotSetError
from mehrwert.base.http import needs
from mehrwert.base.tenant import current_tenant_id
from mehrwert.municipalities import actions
from mehrwert.municipalities.checks import check_routes

from .fixtures import make_member, make_person, make_tenant


@needs("read")
def who(request):
    words = [request.tenant.slug, request.membership.role, request.role_label]
    return HttpResponse("|".join([*words, str(current_tenant_id() == request.tenant.pk)]))


@needs("edit_data")
def edit(request, number):
    return HttpResponse(str(number))


@needs("decide", "money")
def either(request):
    return HttpResponse("ok")


def unguarded(request, mandant):
    return HttpResponse("geheim")


@needs("signed_in")
def anybody(request):
    return HttpResponse("ok")


probe = (
    [
        path("<slug:mandant>/wer/", who, name="who"),
        path("<slug:mandant>/aendern/<int:number>/", edit, name="edit"),
        path("<slug:mandant>/beide/", either, name="either"),
        path("<slug:mandant>/offen/", unguarded, name="unguarded"),
        path("probe/jeder/", anybody, name="anybody"),
    ],
    "probe",
)
# all routes of the house; the roof is named late, since rooms do not import it
real = import_module("mehrwert.site.urls").urlpatterns
urlpatterns = [path("", include(probe)), *real]

pytestmark = pytest.mark.urls(__name__)


def test_a_member_finds_tenant_role_and_scope(client, auental, viewer):
    client.force_login(viewer)
    assert client.get("/auental/wer/").content.decode() == "auental|viewer|Lesen|True"


def test_the_scope_is_closed_after_the_request(client, auental, viewer):
    client.force_login(viewer)
    client.get("/auental/wer/")
    with pytest.raises(TenantNotSetError):
        current_tenant_id()


def test_nobody_is_sent_to_sign_in_and_back(client, auental):
    for slug in ("auental", "gibt-es-nicht"):
        answer = client.get(f"/{slug}/wer/?a=1")
        assert answer.status_code == 302
        assert answer["Location"] == f"/konto/anmelden/?next=/{slug}/wer/%3Fa%3D1"


def test_a_program_is_told_instead_of_sent(client, auental):
    answer = client.get("/auental/wer/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"


def test_strangers_cannot_tell_whether_a_municipality_exists(client, auental):
    client.force_login(make_person("fremd"))
    here, nowhere = client.get("/auental/wer/"), client.get("/gibt-es-nicht/wer/")
    assert here.status_code == nowhere.status_code == 404
    token = rb'name="csrfmiddlewaretoken" value="[^"]+"'
    there = nowhere.content.replace(b"gibt-es-nicht", b"auental")
    assert re.sub(token, b"", here.content) == re.sub(token, b"", there)


def test_a_role_that_does_not_suffice_is_refused(client, auental, viewer):
    client.force_login(viewer)
    assert client.get("/auental/aendern/7/").status_code == 403


def test_who_is_refused_keeps_the_menus_and_learns_who_gives_roles(client, auental, admin, viewer):
    client.force_login(viewer)
    page = client.get("/auental/aendern/7/").content.decode()
    assert f"Eine andere Rolle gibt Ihnen: {admin.display_name}." in page
    assert 'href="/auental/daten/"' in page


def test_of_several_capabilities_one_suffices(client, auental):
    for role, status in (("treasurer", 200), ("lead", 200), ("viewer", 403)):
        client.force_login(make_member(auental, role))
        assert client.get("/auental/beide/").status_code == status


def test_whoever_may_reaches_the_view_without_the_slug(client, auental, admin):
    client.force_login(admin)
    assert client.get("/auental/aendern/7/").content == b"7"


def test_a_view_that_names_no_capability_is_refused(client, auental, admin):
    client.force_login(admin)
    answer = client.get("/auental/offen/")
    assert answer.status_code == 403
    assert b"geheim" not in answer.content


def test_a_view_for_anybody_signed_in_lets_no_one_else_in(client, auental, viewer):
    assert client.get("/probe/jeder/").status_code == 302
    client.force_login(viewer)
    assert client.get("/probe/jeder/").content == b"ok"


def test_shown_only_means_no_unsafe_request_whatever_the_role(client, auental, admin):
    actions.set_read_only(auental, is_read_only=True, actor=SYSTEM)
    client.force_login(admin)
    assert client.get("/auental/wer/").status_code == 200
    answer = client.post("/auental/wer/")
    assert answer.status_code == 403
    assert "nur zum Ansehen da" in answer.content.decode()


def test_an_old_address_leads_members_to_the_new_one(client, auental, admin):
    actions.change_slug(auental, "bad-auental", actor=SYSTEM)
    client.force_login(admin)
    answer = client.get("/auental/aendern/7/?seite=2")
    assert (answer.status_code, answer["Location"]) == (301, "/bad-auental/aendern/7/?seite=2")
    assert client.post("/auental/aendern/7/").status_code == 308
    client.force_login(make_person("fremd"))
    assert client.get("/auental/aendern/7/").status_code == 404


def test_english_pages_keep_their_language_on_the_way(client, auental, admin):
    actions.change_slug(auental, "bad-auental", actor=SYSTEM)
    client.force_login(admin)
    answer = client.get("/en/auental/einrichtung/")
    assert answer["Location"] == "/en/bad-auental/einrichtung/"


def test_the_check_names_the_view_that_lacks_a_capability():
    from django.urls import clear_url_caches, set_urlconf

    with override_settings(ROOT_URLCONF=__name__):
        clear_url_caches()
        set_urlconf(None)
        found = check_routes(None)
    clear_url_caches()
    assert [error.id for error in found] == ["municipalities.E001"]
    assert "unguarded" in found[0].msg


def test_the_pages_of_the_house_pass_the_check():
    from django.urls import clear_url_caches

    with override_settings(ROOT_URLCONF="mehrwert.site.urls"):
        clear_url_caches()
        assert check_routes(None) == []
    clear_url_caches()


def test_a_second_municipality_does_not_leak_into_the_first(client, auental, admin):
    other = make_tenant("fremd")
    actions.set_membership(other, admin, "viewer")
    client.force_login(admin)
    assert client.get("/fremd/wer/").content.decode().startswith("fremd|viewer")
    assert client.get("/fremd/aendern/7/").status_code == 403
    assert client.get("/auental/aendern/7/").status_code == 200


@pytest.mark.django_db(databases=["default", "observations"])
def test_pages_ask_for_capabilities_by_name(client):
    """A page shows a button only to those who may press it."""
    town = make_tenant("auental")
    page = Template("{% if request.can.edit_data %}Knopf{% endif %}")
    seen = {}
    for role in ("editor", "viewer"):
        client.force_login(make_member(town, role))
        answer = client.get("/auental/")
        seen[role] = page.render(Context({"request": answer.wsgi_request}))
    assert seen == {"editor": "Knopf", "viewer": ""}
