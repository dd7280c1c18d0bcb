"""The second factor: on and off, signing in with it, recovery codes, sealed secrets."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from mehrwert.accounts.errors import SealBrokenError
from mehrwert.base.models import AuditRow

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def confirm(client):
    client.post("/konto/bestaetigen/", {"password": PASSWORD})


@pytest.fixture
def protected(person):
    """A person with a second factor; the fixture is its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def test_a_person_turns_the_second_factor_on_and_gets_recovery_codes(client, person, sign_in):
    sign_in(person)
    confirm(client)
    page = client.get("/konto/zweiter-faktor/an/").content.decode()
    assert "data:image/svg+xml;base64," in page
    [secret] = re.findall(r'<dd class="num">(\w+)</dd>', page)
    wrong = client.post("/konto/zweiter-faktor/an/", {"code": "000000"})
    assert "Der Code stimmt nicht" in wrong.content.decode()
    answer = client.post("/konto/zweiter-faktor/an/", {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/konto/zweiter-faktor/codes/"
    codes = re.findall(r"<li>(\d{4} ?\d{4})</li>", answer.content.decode())
    assert len(codes) == 10
    file = client.get("/konto/zweiter-faktor/codes/datei/")
    assert file["Content-Type"].startswith("text/plain")
    assert codes[0] in file.content.decode()
    assert "eingeschaltet" in client.get("/konto/zweiter-faktor/").content.decode()


def test_password_alone_does_not_let_in_with_a_second_factor(client, person, protected, sign_in):
    assert sign_in(person)["Location"].startswith("/konto/anmelden/code/")
    assert client.get("/konto/").status_code == 302
    wrong = client.post("/konto/anmelden/code/", {"code": "123456"})
    assert "Der Code stimmt nicht" in wrong.content.decode()
    assert client.get("/konto/").status_code == 302
    assert client.post("/konto/anmelden/code/", {"code": code_of(protected)})["Location"] == "/"
    assert client.get("/konto/").status_code == 200


def test_a_code_works_once(client, person, protected, sign_in):
    code = code_of(protected)
    sign_in(person)
    client.post("/konto/anmelden/code/", {"code": code})
    client.post("/konto/abmelden/")
    sign_in(person)
    again = client.post("/konto/anmelden/code/", {"code": code})
    assert "Der Code stimmt nicht" in again.content.decode()


def test_codes_cannot_be_tried_without_end(client, person, protected, sign_in):
    sign_in(person)
    for number in range(5):
        client.post("/konto/anmelden/code/", {"code": f"{number:06}"})
    right = client.post("/konto/anmelden/code/", {"code": code_of(protected)})
    assert "Zu viele Versuche" in right.content.decode()
    assert client.get("/konto/").status_code == 302


def test_a_recovery_code_replaces_the_app_once(client, person, protected, sign_in):
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    sign_in(person)
    assert client.post("/konto/anmelden/code/", {"code": code})["Location"] == "/"
    client.post("/konto/abmelden/")
    sign_in(person)
    assert client.post("/konto/anmelden/code/", {"code": code}).status_code == 200
    assert client.get("/konto/").status_code == 302


def test_new_recovery_codes_end_the_old_ones(
    client, person, protected, sign_in, django_capture_on_commit_callbacks
):
    old = RecoveryCodes.activate(person).get_unused_codes()
    sign_in(person)
    client.post("/konto/anmelden/code/", {"code": code_of(protected)})
    confirm(client)
    assert (
        "Codes, die noch übrig sind"
        in client.get("/konto/zweiter-faktor/codes/neu/").content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/zweiter-faktor/codes/neu/")
    page = client.get("/konto/zweiter-faktor/codes/").content.decode()
    assert not any(code in page for code in old)
    assert AuditRow.objects.filter(verb="renew_recovery_codes").exists()


def test_turning_it_off_asks_for_a_fresh_proof_and_then_asks(client, person, protected):
    client.force_login(person)
    asked = client.get("/konto/zweiter-faktor/aus/")
    assert asked["Location"].startswith("/konto/bestaetigen/")
    assert client.get(asked["Location"]).status_code == 200
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get("/konto/zweiter-faktor/aus/").content.decode()
    assert "Zweiten Faktor ausschalten?" in page
    assert Authenticator.objects.exists()
    client.post("/konto/zweiter-faktor/aus/")
    assert not Authenticator.objects.exists()
    assert AuditRow.objects.filter(verb="remove_second_factor").exists()


def test_the_fresh_proof_may_be_a_code(client, person, protected):
    client.force_login(person)
    url = "/konto/bestaetigen/code/?next=/konto/zweiter-faktor/aus/"
    assert "Stattdessen mit dem Passwort" in client.get(url).content.decode()
    answer = client.post(url, {"code": code_of(protected)})
    assert answer["Location"] == "/konto/zweiter-faktor/aus/"
    assert client.get("/konto/zweiter-faktor/aus/").status_code == 200


def test_the_secret_lies_sealed_in_the_database(person, protected):
    stored = repr(list(Authenticator.objects.values()))
    assert protected not in stored
    assert protected not in repr(list(AuditRow.objects.values()))


def test_a_foreign_seal_key_shuts_instead_of_opening(
    client, person, protected, sign_in, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    sign_in(person)
    answer = client.post("/konto/anmelden/code/", {"code": code_of(protected)})
    assert answer.status_code == 503
    assert "seal.key" in answer.content.decode()
    assert client.get("/konto/").status_code == 302
    with pytest.raises(SealBrokenError):
        get_adapter().decrypt("nothing that was ever sealed")
