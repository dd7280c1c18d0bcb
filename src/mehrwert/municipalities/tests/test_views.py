import re

import pytest
from django.core import mail

from mehrwert.accounts.models import ApiKey, User
from mehrwert.accounts.queries import list_keys, read_key
from mehrwert.base.actor import SYSTEM
from mehrwert.base.models import AuditRow
from mehrwert.municipalities import access, actions, queries
from mehrwert.municipalities.models import Tenant

from .fixtures import ARS, make_member, make_person, make_tenant, official, outline

# pages ask the room of measurements too: what a key may be limited to, whether there is data
pytestmark = pytest.mark.django_db(databases=["default", "observations"])
SETUP = "/auental/einrichtung"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def operator(db):
    return make_person("olga", is_operator=True)


@pytest.fixture
def auendorf(db):
    queries.search._kept.clear()
    yield official(ARS["auendorf"], "Auendorf"), outline(ARS["auendorf"], 7.0)
    queries.search._kept.clear()


class TestLanding:
    def test_nobody_reads_what_this_is_and_signs_in(self, client, auental):
        answer = client.get("/")
        assert answer.status_code == 200
        assert "/konto/anmelden/" in answer.content.decode()
        assert "auental" not in answer.content.decode()

    def test_an_installation_of_nobody_says_how_it_is_taken_over(self, client, db):
        assert "mehrwert admin link" in text_of(client.get("/"))
        make_person("olga", is_operator=True)
        assert "mehrwert admin link" not in text_of(client.get("/"))

    def test_one_municipality_opens_at_once(self, client, viewer):
        client.force_login(viewer)
        assert client.get("/")["Location"] == "/auental/"

    def test_several_are_offered(self, client, viewer):
        actions.set_membership(make_tenant("zell"), viewer, "viewer")
        client.force_login(viewer)
        page = client.get("/").content.decode()
        assert 'href="/auental/"' in page
        assert 'href="/zell/"' in page

    def test_a_person_without_municipality_is_told_what_to_do(self, client, db):
        client.force_login(make_person("mira"))
        assert "mira@auental.example" in text_of(client.get("/"))

    def test_an_operator_of_an_empty_installation_sets_one_up(self, client, operator):
        client.force_login(operator)
        page = client.get("/").content.decode()
        assert "noch keine Kommune" in page
        assert "/betrieb/kommunen/neu/" in page


class TestSettingUp:
    def test_from_a_typed_name_to_the_home_page(self, client, operator, auendorf):
        client.force_login(operator)
        found = client.get("/betrieb/kommunen/neu/", {"suche": "auendrf"})
        url = f"/betrieb/kommunen/neu/gemeinde/{ARS['auendorf']}/"
        assert url in found.content.decode()
        page = client.get(url)
        assert 'value="auendorf"' in page.content.decode()
        assert "5.000" in text_of(page)
        assert "BKG" in text_of(page)
        answer = client.post(url, {"name": "Auendorf am Bach", "slug": "auendorf"}, follow=True)
        assert answer.redirect_chain[-1][0] == "/auendorf/"
        town = Tenant.objects.get()
        assert (town.name, town.ars) == ("Auendorf am Bach", ARS["auendorf"])
        assert access.read_membership(operator, town).role == "admin"

    def test_typing_replaces_only_the_hits(self, client, operator, auendorf):
        client.force_login(operator)
        part = client.get(
            "/betrieb/kommunen/neu/", {"suche": "Auendorf"}, headers={"HX-Request": "true"}
        )
        assert "<html" not in part.content.decode()
        assert "Auendorf" in part.content.decode()

    def test_nothing_found_says_what_to_try(self, client, operator, auendorf):
        client.force_login(operator)
        answer = client.get("/betrieb/kommunen/neu/", {"suche": "xyzxyz", "ebene": "unsinn"})
        assert "Nichts gefunden" in text_of(answer)

    @pytest.mark.parametrize(
        ("slug", "words"), [("auental", "vergeben"), ("daten", "geht nicht"), ("", "")]
    )
    def test_an_address_that_does_not_work_is_explained(
        self, client, operator, auental, auendorf, slug, words
    ):
        client.force_login(operator)
        url = f"/betrieb/kommunen/neu/gemeinde/{ARS['auendorf']}/"
        answer = client.post(url, {"name": "Auendorf", "slug": slug})
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert Tenant.objects.count() == 1

    def test_an_unknown_row_is_not_found(self, client, operator, auendorf):
        client.force_login(operator)
        for url in ("/betrieb/kommunen/neu/gemeinde/000000000000/", "/betrieb/kommunen/neu/x/1/"):
            assert client.get(url).status_code == 404

    def test_the_outline_comes_as_geojson(self, client, operator, auendorf):
        client.force_login(operator)
        answer = client.get(f"/betrieb/kommunen/neu/gemeinde/{ARS['auendorf']}/grenze.json")
        assert answer["Content-Type"] == "application/geo+json"
        assert answer.json()["features"][0]["properties"]["kind"] == "own"

    def test_an_operator_enters_a_municipality_only_in_the_open(self, client, operator, auental):
        client.force_login(operator)
        assert client.get("/auental/").status_code == 404
        client.post(f"/betrieb/kommunen/{auental.pk}/administration/")
        assert client.get("/auental/").status_code == 200
        row = AuditRow.objects.filter(tenant_id=auental.pk, kind="membership").get()
        assert row.actor_label == "Olga"

    def test_shown_only_and_back(self, client, operator, auental):
        client.force_login(operator)
        url = f"/betrieb/kommunen/{auental.pk}/ansehen/"
        client.post(url, {"nur": "ansehen"})
        assert Tenant.objects.get().read_only
        client.post(url, {"nur": ""})
        assert not Tenant.objects.get().read_only


class TestTown:
    def test_name_and_notice_are_changed_and_shown(self, client, admin):
        client.force_login(admin)
        given = {"name": "Bad Auental", "notice": "Wartung am Freitag"}
        answer = client.post(f"{SETUP}/kommune/", given, follow=True)
        assert "Wartung am Freitag" in text_of(answer)
        assert "Bad Auental" in text_of(answer)

    def test_a_new_address_is_followed_and_the_old_one_leads_there(self, client, admin):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/kommune/adresse/", {"slug": "Bad-Auental"})
        assert answer["Location"] == "/bad-auental/einrichtung/kommune/"
        assert client.get("/auental/")["Location"] == "/bad-auental/"

    def test_a_wrong_address_is_explained_beside_the_field(self, client, admin):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/kommune/adresse/", {"slug": "hilfe"})
        assert answer.status_code == 422
        assert "geht nicht" in text_of(answer)

    def test_resting_shuts_others_out_until_it_is_opened_again(self, client, admin, viewer):
        client.force_login(admin)
        client.post(f"{SETUP}/kommune/ruhen/", {"stand": "ruhen"})
        client.force_login(viewer)
        assert client.get("/auental/").status_code == 403
        client.force_login(admin)
        assert client.get(f"{SETUP}/kommune/").status_code == 200
        client.post(f"{SETUP}/kommune/ruhen/", {"stand": "offen"})
        client.force_login(viewer)
        assert client.get("/auental/").status_code == 200


class TestPeople:
    INVITED = {"email": "neu@auental.example", "display_name": "Nele Neu", "role": "editor"}

    def test_an_invitation_shows_its_link_once(self, client, admin):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/personen/einladen/", self.INVITED)
        link = re.search(r"http://testserver(/konto/einladung/[^<\s]+)", answer.content.decode())
        assert client.get(link[1]).status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert [m.to for m in mail.outbox] == [["neu@auental.example"]]
        assert link[1] not in client.get(f"{SETUP}/personen/").content.decode()

    def test_the_invited_person_is_in_after_setting_a_password(self, client, admin):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/personen/einladen/", self.INVITED)
        link = re.search(r"http://testserver(/konto/einladung/[^<\s]+)", answer.content.decode())[1]
        client.logout()
        password = "sieben rote Boote am See"
        client.post(link, {"display_name": "Nele Neu", "password": password, "again": password})
        user = User.objects.get(email="neu@auental.example")
        assert user.check_password(password)
        client.force_login(user)
        assert client.get("/")["Location"] == "/auental/"

    @pytest.mark.parametrize(
        "wrong", [{"email": "keine"}, {"role": "king"}, {"display_name": ""}, {"extra": "operate"}]
    )
    def test_an_incomplete_invitation_creates_nobody(self, client, admin, wrong):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/personen/einladen/", {**self.INVITED, **wrong})
        assert answer.status_code == 422
        assert User.objects.count() == 1

    def test_a_role_is_changed(self, client, auental, admin, viewer):
        client.force_login(admin)
        member = access.read_membership(viewer, auental)
        url = f"{SETUP}/personen/{member.pk}/"
        assert client.get(url).status_code == 200
        client.post(url, {"role": "desk", "extra": ["crisis"]})
        again = access.read_membership(viewer, auental)
        assert (again.role, again.extra) == ("desk", ["crisis"])
        assert "Telefonzentrale, Krisenstab" in text_of(client.get(f"{SETUP}/personen/"))

    def test_removing_asks_and_can_be_undone(self, client, auental, admin, viewer):
        client.force_login(admin)
        member = access.read_membership(viewer, auental)
        listed = client.get(f"{SETUP}/personen/").content.decode()
        assert f'id="person-{member.pk}"' in listed
        answer = client.post(f"{SETUP}/personen/{member.pk}/entfernen/", follow=True)
        assert access.read_membership(viewer, auental) is None
        undo = f"{SETUP}/personen/{member.pk}/zurueck/"
        assert undo in answer.content.decode()
        client.post(undo)
        assert access.read_membership(viewer, auental).role == "viewer"

    def test_the_last_administrator_is_kept_with_a_reason(self, client, auental, admin):
        client.force_login(admin)
        member = access.read_membership(admin, auental)
        answer = client.post(f"{SETUP}/personen/{member.pk}/entfernen/")
        assert answer.status_code == 409
        assert "letzte Person" in text_of(answer)
        answer = client.post(f"{SETUP}/personen/{member.pk}/", {"role": "viewer"})
        assert answer.status_code == 422
        assert "letzte Person" in text_of(answer)


class TestKeys:
    GIVEN = {"name": "Bodenfeuchte", "scopes": ["read", "write"], "days": "365"}

    def test_a_key_is_shown_once_works_and_is_never_stored(self, client, auental, admin):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/schluessel/neu/", self.GIVEN)
        page = answer.content.decode()
        secret = re.search(r'id="schluessel">(mw_[^<]+)<', page)[1]
        assert read_key(secret).tenant_id == auental.pk
        assert "no-store" in answer["Cache-Control"]
        assert f'curl -H "Authorization: Bearer {secret}"' in page
        assert "http://testserver/sta/auental/v1.1/Things" in page
        listed = client.get(f"{SETUP}/schluessel/").content.decode()
        assert secret not in listed
        audited = "".join(str(row.after) for row in AuditRow.objects.all())
        assert secret not in audited

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"days": "7"}])
    def test_an_incomplete_key_is_not_created(self, client, admin, wrong):
        client.force_login(admin)
        answer = client.post(f"{SETUP}/schluessel/neu/", {**self.GIVEN, **wrong})
        assert answer.status_code == 422
        assert not ApiKey.objects.exists()

    def test_without_end_means_without_end(self, client, auental, admin):
        client.force_login(admin)
        client.post(f"{SETUP}/schluessel/neu/", {**self.GIVEN, "days": "0"})
        assert list_keys(auental.pk).get().expires_us is None

    def test_renewing_leaves_no_gap(self, client, auental, admin):
        client.force_login(admin)
        first = client.post(f"{SETUP}/schluessel/neu/", self.GIVEN).content.decode()
        old = re.search(r'id="schluessel">(mw_[^<]+)<', first)[1]
        key = list_keys(auental.pk).get()
        url = f"{SETUP}/schluessel/{key.pk}/erneuern/"
        assert client.get(url).status_code == 200
        page = client.post(url, {"overlap_hours": "24"}).content.decode()
        new = re.search(r'id="schluessel">(mw_[^<]+)<', page)[1]
        assert read_key(old) is not None
        assert read_key(new) is not None
        assert "abgelöst" in client.get(f"{SETUP}/schluessel/").content.decode()

    def test_blocking_asks_and_ends_it(
        self, client, auental, admin, django_capture_on_commit_callbacks
    ):
        client.force_login(admin)
        page = client.post(f"{SETUP}/schluessel/neu/", self.GIVEN).content.decode()
        secret = re.search(r'id="schluessel">(mw_[^<]+)<', page)[1]
        key = list_keys(auental.pk).get()
        assert f'id="key-{key.pk}"' in client.get(f"{SETUP}/schluessel/").content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{SETUP}/schluessel/{key.pk}/sperren/")
        assert read_key(secret) is None

    def test_keys_of_another_municipality_are_out_of_reach(self, client, admin):
        other = make_tenant("fremd")
        stranger = make_member(other, "admin", "fritz")
        client.force_login(stranger)
        client.post("/fremd/einrichtung/schluessel/neu/", self.GIVEN)
        key = list_keys(other.pk).get()
        client.force_login(admin)
        for step in ("erneuern", "sperren"):
            data = {"overlap_hours": "0"}
            assert client.post(f"{SETUP}/schluessel/{key.pk}/{step}/", data).status_code == 404
        assert list_keys(other.pk).get().revoked_us is None

    def test_the_list_is_never_empty_without_a_next_step(self, client, admin):
        client.force_login(admin)
        assert "Noch kein Schlüssel" in text_of(client.get(f"{SETUP}/schluessel/"))


def test_a_municipality_shown_only_offers_no_forms(client, auental, admin):
    actions.set_read_only(auental, is_read_only=True, actor=SYSTEM)
    client.force_login(admin)
    page = client.get(f"{SETUP}/kommune/").content.decode()
    assert 'name="notice"' not in page
    assert "nur zum Ansehen" in page
    assert "einladen" not in client.get(f"{SETUP}/personen/").content.decode()


def test_an_empty_home_page_says_what_comes_next(client, admin):
    client.force_login(admin)
    page = client.get("/auental/").content.decode()
    assert "/auental/daten/geraete/quellen/" in page


def test_a_page_that_does_not_exist_keeps_the_menus_of_ones_own_municipality(client, auental):
    person = make_member(auental, "viewer")
    actions.set_membership(make_tenant("zell"), person, "viewer")
    client.force_login(person)
    assert 'href="/zell/daten/"' in client.get("/zell/gibt/es/nicht/").content.decode()
    assert 'href="/auental/daten/"' in client.get("/fremd/gibt/es/nicht/").content.decode()
