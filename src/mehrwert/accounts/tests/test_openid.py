"""Sign-in at an OpenID provider, against a real small provider on loopback."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount

from mehrwert.accounts.actions import deactivate_person
from mehrwert.accounts.models import User
from mehrwert.accounts.sign_in_config import openid_providers
from mehrwert.base.actor import SYSTEM
from mehrwert.base.models import AuditRow

from . import openid_stub

pytestmark = pytest.mark.django_db
START = "/konto/openid/verwaltung/"
MARA = {"sub": "abc-1", "email": "Mara@Auental.example", "email_verified": True, "name": "Mara"}


@pytest.fixture
def provider(settings):
    provider, server = openid_stub.start()
    settings.SOCIALACCOUNT_PROVIDERS = openid_providers(
        f"{provider.url}/", openid_stub.CLIENT, openid_stub.SECRET
    )
    provider.person = dict(MARA)
    yield provider
    server.shutdown()
    server.server_close()


def through(client, provider, **given):
    """Go to the provider, say yes there, come back."""
    leaving = client.post(START + given.pop("query", ""))
    assert leaving["Location"].startswith(f"{provider.url}/anmelden?")
    back = provider.consent(leaving["Location"])
    assert back.startswith("http://testserver/konto/openid/verwaltung/zurueck/?")
    return client.get(back.removeprefix("http://testserver"))


def test_without_the_options_there_is_no_button_and_no_door(client):
    assert openid_providers("", "x", "y") == openid_providers("https://x", "", "y") == {}
    assert "Verwaltungskonto" not in client.get("/konto/anmelden/").content.decode()
    assert client.post(START).status_code == 404


def test_the_button_shows_when_the_options_are_set(client, provider):
    page = client.get("/konto/anmelden/?next=/konto/sitzungen/").content.decode()
    assert "Mit dem Verwaltungskonto anmelden" in page
    assert f'action="{START}?next=/konto/sitzungen/"' in page


def test_an_invited_person_signs_in_by_the_verified_address(client, provider, person):
    before = person.password
    assert through(client, provider)["Location"] == "/"
    assert client.get("/konto/").status_code == 200
    person.refresh_from_db()
    assert person.password == before
    assert SocialAccount.objects.get().user == person
    assert set(AuditRow.objects.values_list("verb", flat=True)) >= {"connect_openid", "sign_in"}


def test_afterwards_the_subject_counts_and_not_the_address(client, provider, person):
    through(client, provider)
    client.post("/konto/abmelden/")
    provider.person |= {"email": "mara.neu@auental.example"}
    assert through(client, provider)["Location"] == "/"
    assert client.get("/konto/").context["person"] == person


def test_the_wanted_page_is_kept_on_the_way(client, provider, person):
    answer = through(client, provider, query="?next=/konto/sitzungen/")
    assert answer["Location"] == "/konto/sitzungen/"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email": "fremd@auental.example"},
        {"email": ""},
    ],
)
def test_who_is_not_known_by_a_verified_address_stays_out(client, provider, person, claims):
    provider.person |= claims
    answer = through(client, provider)
    assert "Noch kein Zugang" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert list(User.objects.all()) == [person]
    assert not SocialAccount.objects.exists()


def test_a_deactivated_person_stays_out(client, provider, person, operator):
    deactivate_person(person.pk, actor=SYSTEM)
    assert through(client, provider)["Location"] == "/konto/deaktiviert/"
    assert "_auth_user_id" not in client.session


def test_the_second_factor_is_asked_here_too(client, provider, person):
    TOTP.activate(person, generate_totp_secret())
    assert through(client, provider)["Location"].startswith("/konto/anmelden/code/")
    assert client.get("/konto/").status_code == 302


def test_a_token_for_somebody_else_is_refused(client, provider, person):
    provider.person |= {"aud": "andere-anwendung"}
    answer = through(client, provider)
    assert answer.status_code == 401
    assert "keine gültige Auskunft" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_forged_way_back_is_refused(client, provider, person):
    client.post(START)
    answer = client.get(f"{START}zurueck/?code=erfunden&state=erfunden")
    assert answer.status_code == 401
    assert "_auth_user_id" not in client.session


def test_saying_no_at_the_provider_leads_back_calmly(client, provider):
    leaving = client.post(START)
    state = leaving["Location"].split("state=")[1].split("&")[0]
    answer = client.get(f"{START}zurueck/?error=access_denied&state={state}", follow=True)
    assert "Sie haben die Anmeldung abgebrochen" in answer.content.decode()


def test_a_provider_that_is_away_is_said_plainly(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = openid_providers("http://127.0.0.1:1", "a", "b")
    answer = client.post(START)
    assert answer.status_code == 503
    assert "antwortet nicht" in answer.content.decode()


def test_an_opened_address_asks_before_it_leaves(client, provider):
    assert "Sie melden sich bei Ihrer Verwaltung an" in client.get(START).content.decode()
    assert provider.asked == []
