"""Nobody becomes anybody without a password, except at the machine of a running demo."""

import pytest
from django.test import Client
from django.urls import reverse

from mehrwert.accounts.models import User
from mehrwert.demo import runtime
from mehrwert.demo.choices import CHARACTERS
from mehrwert.municipalities.choices import Role

from .conftest import LOCAL, Changed

pytestmark = pytest.mark.django_db(databases="__all__")


def take(role: str = "viewer", client: Client | None = None, **environ):
    client = client or Client()
    return client.post(reverse("demo:role"), {"role": role}, **{**LOCAL, **environ})


@pytest.mark.parametrize("character", CHARACTERS, ids=lambda c: c.role)
def test_one_click_makes_a_visitor_the_person_of_a_role_and_leads_to_its_page(demo, character):
    client = Client()
    answer = take(character.role, client)
    assert answer.status_code == 302
    assert answer.url == reverse(character.page, kwargs={"mandant": "auental"})
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert (user.email, str(user)) == (character.email, character.display_name)


def test_there_is_one_person_per_role_and_none_has_a_password(people):
    assert [c.role for c in CHARACTERS] == [role.value for role in Role]
    users = list(User.objects.all())
    assert len(users) == len(CHARACTERS)
    assert not any(user.has_usable_password() for user in users)
    assert [user.email.split("@")[0] for user in users if user.is_operator] == ["admin"]
    assert all("(Demo)" in str(user) for user in users)


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "daten.auental.example"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
    ids=lambda e: next(iter(e)) + "=" + next(iter(e.values())),
)
def test_from_another_address_it_is_impossible(demo, environ):
    client = Client()
    assert take(client=client, **environ).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("options", [{"demo": False}, {"public_url": "https://x.example"}])
def test_without_the_option_or_with_a_public_address_it_is_impossible(demo, settings, options):
    settings.MEHRWERT = Changed(settings.MEHRWERT, **options)
    assert take().status_code == 403


def test_a_server_that_was_not_started_by_the_demo_lets_nobody_in(demo):
    runtime.begin(None)
    assert take().status_code == 403


def test_it_takes_a_form_of_our_own_page(demo):
    assert take(client=Client(enforce_csrf_checks=True)).status_code == 403
    assert Client().get(reverse("demo:role"), **LOCAL).status_code == 405


def test_an_unknown_role_is_not_found(demo):
    assert take("emperor").status_code == 404


def test_the_roles_stand_on_the_landing_page_and_in_the_banner_only_for_whoever_may(demo):
    near = Client().get("/", **LOCAL).content.decode()
    far = Client().get("/", **{**LOCAL, "REMOTE_ADDR": "192.0.2.7"}).content.decode()
    assert near.count('name="role" value="treasurer"') == 2
    assert 'name="role"' not in far
    assert "Ohne Passwort geht das nur auf dem Rechner" in far


def test_the_banner_never_goes_away(demo):
    client = Client()
    assert "Demo-Betrieb" in client.get("/", **LOCAL).content.decode()
    take("viewer", client)
    home = client.get(reverse("municipalities:home", kwargs={"mandant": "auental"}), **LOCAL)
    assert "Demo-Betrieb" in home.content.decode()


def test_an_ordinary_installation_shows_nothing_of_the_demo(people):
    page = Client().get("/", **LOCAL).content.decode()
    assert 'name="role"' not in page
    assert "Demo-Betrieb" not in page


def test_the_story_is_walked_by_whoever_may_take_a_role_and_only_in_a_demo(demo, settings):
    """Issue 7, item 5: a step makes the visitor the person whose step it is."""
    client = Client()
    page = client.get(reverse("demo:story"), **LOCAL)
    assert page.status_code == 200
    assert "Entwurf anlegen" in page.content.decode()
    step = reverse("demo:story_step", kwargs={"key": "find"})
    assert Client().post(step, **{**LOCAL, "REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    assert client.post(step, **LOCAL).url.endswith("#find")
    page = client.get(reverse("demo:story"), **LOCAL).content.decode()
    assert "getan" in page
    assert "/auental/pakete/durstige-baeume/" in page
    again = client.post(step, follow=True, **LOCAL).content.decode()
    assert "nicht an der Reihe" in again
    assert client.post(reverse("demo:story_step", kwargs={"key": "x"}), **LOCAL).status_code == 404
    settings.MEHRWERT = Changed(settings.MEHRWERT, demo=False)
    assert client.get(reverse("demo:story"), **LOCAL).status_code == 404
