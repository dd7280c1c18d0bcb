"""Signing in and out, forgotten passwords, sessions, profile: through the pages."""

import logging
import re
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import mail
from django.test import Client

from mehrwert.accounts.actions import create_user, deactivate_person
from mehrwert.accounts.mail import OWN_BACKEND, send_in_background
from mehrwert.accounts.queries import list_sessions
from mehrwert.base.actor import SYSTEM
from mehrwert.base.models import AuditRow

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "fünf rote Hasen im Feld"


@pytest.fixture
def sent(monkeypatch):
    """Mails are sent before the answer, so that a test sees them."""

    def waiting(message):
        return send_in_background(message).result(timeout=10)

    monkeypatch.setattr("mehrwert.accounts.adapter.send_in_background", waiting)
    return mail.outbox


def test_address_and_password_let_in_whatever_the_case_of_the_address(client, person):
    data = {"login": "MARA@Auental.example", "password": PASSWORD}
    assert client.post("/konto/anmelden/", data)["Location"] == "/"
    assert client.get("/konto/").status_code == 200
    assert AuditRow.objects.filter(verb="sign_in", actor_id=person.pk).count() == 1


@pytest.mark.parametrize("login", ["mara@auental.example", "niemand@auental.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person, login):
    page = client.post("/konto/anmelden/", {"login": login, "password": "falsch"}).content.decode()
    assert "Adresse oder Passwort stimmen nicht." in page
    assert "_auth_user_id" not in client.session


def test_somebody_signed_in_comes_back_to_the_page_they_wanted(client, person):
    wanted = client.get("/konto/sitzungen/")["Location"]
    assert wanted == "/konto/anmelden/?next=/konto/sitzungen/"
    data = {"login": person.email, "password": PASSWORD, "next": "/konto/sitzungen/"}
    assert client.post(wanted, data)["Location"] == "/konto/sitzungen/"


@pytest.mark.parametrize(
    "evil", ["https://boese.example/", "//boese.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_host(client, person, evil):
    data = {"login": person.email, "password": PASSWORD, "next": evil}
    assert client.post("/konto/anmelden/", data)["Location"] == "/"


def test_after_five_wrong_passwords_the_right_one_waits_too(client, person, sign_in):
    for _ in range(5):
        sign_in(person, "falsch")
    page = sign_in(person).content.decode()
    assert "Zu viele Versuche. Bitte warten Sie fünf Minuten" in page
    assert "_auth_user_id" not in client.session


def test_the_limit_of_one_person_does_not_lock_out_another(client, person, operator, sign_in):
    for _ in range(6):
        sign_in(person, "falsch")
    assert sign_in(operator)["Location"] == "/"


def test_one_connection_cannot_try_without_end(client, db):
    for number in range(30):
        data = {"login": f"a{number}@auental.example", "password": "falsch"}
        client.post("/konto/anmelden/", data)
    answer = client.post("/konto/anmelden/", {"login": "b@auental.example", "password": "x"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert "Bitte warten Sie eine Minute" in answer.content.decode()


def test_passwords_are_hashed_with_argon2_in_an_installation():
    real = import_module("mehrwert.site.settings")
    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    hasher = "django.contrib.auth.hashers.Argon2PasswordHasher"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", [hasher])
        from django.contrib.auth import hashers

        hashers.get_hashers.cache_clear()
        hashers.get_hashers_by_algorithm.cache_clear()
        encoded = make_password(PASSWORD)
        assert encoded.startswith("argon2$argon2id$")
        assert check_password(PASSWORD, encoded)
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


def test_signing_out_asks_and_then_ends_the_session(client, person, sign_in):
    sign_in(person)
    assert "Möchten Sie sich abmelden?" in client.get("/konto/abmelden/").content.decode()
    assert client.get("/konto/").status_code == 200
    client.post("/konto/abmelden/")
    assert client.get("/konto/").status_code == 302


def test_nobody_signs_themselves_up(client):
    for path in ("signup", "registrieren", "email", "3rdparty/signup", "social/signup"):
        assert client.get(f"/konto/{path}/").status_code == 404


def test_a_forgotten_password_is_replaced_through_a_link(client, person, sent):
    old_browser = Client()
    old_browser.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    answer = client.post("/konto/passwort/vergessen/", {"email": person.email}, follow=True)
    assert "ist ein Link unterwegs" in answer.content.decode()
    [message] = sent
    assert message.to == [person.email]
    assert message.subject == "Neues Passwort für Mehrwert"
    [path] = re.findall(r"http://testserver(/konto/passwort/neu/\S+)", message.body)
    form = client.get(path, follow=True)
    url = form.redirect_chain[-1][0]
    assert client.post(url, {"password1": NEW, "password2": NEW})["Location"].endswith(
        "/geaendert/"
    )
    assert client.get("/konto/passwort/geaendert/").status_code == 200
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert old_browser.get("/konto/").status_code == 302
    used = client.get(path, follow=True).content.decode()
    assert "Dieser Link gilt nicht mehr" in used
    assert AuditRow.objects.filter(verb="change_password", actor_id=person.pk).exists()


def test_the_answer_to_a_forgotten_password_does_not_tell_who_exists(client, person, sent):
    known = client.post("/konto/passwort/vergessen/", {"email": person.email}, follow=True)
    unknown = client.post("/konto/passwort/vergessen/", {"email": "x@y.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert _bare(known) == _bare(unknown)
    assert len(sent) == 1


def _bare(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_a_mail_server_that_fails_looks_the_same_from_outside(client, person, monkeypatch, caplog):
    def broken(self, *args, **kwargs):
        raise OSError("no route to host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    futures = []
    monkeypatch.setattr(
        "mehrwert.accounts.adapter.send_in_background",
        lambda message: futures.append(send_in_background(message)),
    )
    answer = client.post("/konto/passwort/vergessen/", {"email": person.email})
    assert answer["Location"] == "/konto/passwort/vergessen/gesendet/"
    assert futures[0].result(timeout=10) is None


def test_a_deactivated_person_gets_no_link(client, person, operator, sent):
    deactivate_person(person.pk, actor=SYSTEM)
    client.post("/konto/passwort/vergessen/", {"email": person.email})
    assert sent == []


def test_without_mail_the_page_says_what_to_do_instead(client, person, settings):
    settings.EMAIL_BACKEND = OWN_BACKEND
    page = client.get("/konto/passwort/vergessen/").content.decode()
    assert "kann noch keine E-Mails verschicken" in page
    assert "mehrwert admin reset" in page
    assert '<input type="email"' not in page
    answer = client.post("/konto/passwort/vergessen/", {"email": person.email})
    assert answer["Location"] == "/konto/passwort/vergessen/"


def test_a_person_changes_their_password_and_other_sessions_end(client, person, sign_in):
    other = Client()
    other.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    sign_in(person)
    wrong = client.post(
        "/konto/passwort/", {"oldpassword": "falsch", "password1": NEW, "password2": NEW}
    )
    assert "Das jetzige Passwort stimmt nicht." in wrong.content.decode()
    client.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302


def test_a_session_can_be_ended_one_by_one(client, person, sign_in):
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    other.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    sign_in(person)
    page = client.get("/konto/sitzungen/").content.decode()
    assert "Firefox, Windows" in page
    assert "diese Sitzung" in page
    [stranger] = [s for s in list_sessions(person, client.session.session_key) if not s.is_current]
    client.post(f"/konto/sitzungen/{stranger.pk}/")
    assert other.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_all_other_sessions_end_with_one_button(client, person, sign_in):
    others = [Client(), Client()]
    for other in others:
        other.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    sign_in(person)
    client.post("/konto/sitzungen/andere/")
    assert [o.get("/konto/").status_code for o in (*others, client)] == [302, 302, 200]


def test_nobody_ends_the_session_of_somebody_else(client, person, operator, sign_in):
    other = Client()
    other.post("/konto/anmelden/", {"login": operator.email, "password": PASSWORD})
    sign_in(person)
    [theirs] = list_sessions(operator)
    assert client.post(f"/konto/sitzungen/{theirs.pk}/").status_code == 404
    assert other.get("/konto/").status_code == 200


def test_name_and_language_are_changed_and_the_language_is_kept(client, person, sign_in):
    sign_in(person)
    answer = client.post("/konto/", {"display_name": "Mara L.", "language": "en"})
    assert answer["Location"] == "/en/konto/"
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("Mara L.", "en")
    client.post("/konto/abmelden/")
    assert sign_in(person)["Location"] == "/en/"


def test_a_profile_without_name_is_refused(client, person, sign_in):
    sign_in(person)
    assert client.post("/konto/", {"display_name": " ", "language": "de"}).status_code == 422
    person.refresh_from_db()
    assert person.display_name == "Mara Lind"


def test_a_person_who_came_without_password_may_set_one(client, db):
    guest = create_user(email="gast@auental.example", display_name="Gast")
    client.force_login(guest)
    assert client.get("/konto/passwort/")["Location"] == "/konto/passwort/festlegen/"
    client.post("/konto/passwort/festlegen/", {"password1": NEW, "password2": NEW})
    guest.refresh_from_db()
    assert guest.check_password(NEW)


def test_no_password_and_no_address_reaches_the_log(client, person, sign_in, caplog):
    logging.getLogger("mehrwert").propagate = True
    with caplog.at_level(logging.DEBUG):
        sign_in(person, "ein falsches Geheimnis")
        sign_in(person)
    logging.getLogger("mehrwert").propagate = False
    told = " ".join(f"{r.getMessage()} {r.__dict__}" for r in caplog.records)
    assert "sign_in_failed" in told
    assert "Geheimnis" not in told
    assert PASSWORD not in told
    assert person.email not in told
