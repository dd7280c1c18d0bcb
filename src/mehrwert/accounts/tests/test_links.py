"""Links that work once: invitation, first administrator."""

import pytest
import time_machine
from django.urls import reverse

from mehrwert.accounts.actions import (
    accept_first_admin,
    accept_invitation,
    create_first_admin_link,
    create_user,
    deactivate_person,
    invite_person,
)
from mehrwert.accounts.errors import LinkInvalidError
from mehrwert.accounts.models import OneTimeLink, User
from mehrwert.accounts.queries import has_operator
from mehrwert.base.actor import Actor
from mehrwert.base.models import AuditRow

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
ANNA = Actor("user", 501, "Anna")
BERND = Actor("user", 502, "Bernd")


def invite(actor=ANNA, email="neu@auental.example"):
    return invite_person(email=email, display_name="Nele Uhl", actor=actor)


def answer(client, url, **given):
    return client.post(
        url, {"display_name": "Nele", "password": PASSWORD, "again": PASSWORD, **given}
    )


def test_an_invited_person_chooses_a_password_and_is_in(client):
    user, token = invite()
    url = reverse("accounts:invitation", kwargs={"token": token})
    assert b"neu@auental.example" in client.get(url).content
    assert answer(client, url)["Location"] == "/"
    assert client.get("/konto/").status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.display_name == "Nele"


def test_a_link_works_once(client):
    _, token = invite()
    url = reverse("accounts:invitation", kwargs={"token": token})
    answer(client, url)
    client.logout()
    assert client.get(url).status_code == 404
    assert answer(client, url).status_code == 404


def test_an_invitation_ends_after_seven_days():
    with time_machine.travel("2026-05-01T10:00Z", tick=False) as clock:
        _, token = invite()
        clock.shift(7 * 24 * 3600)
        with pytest.raises(LinkInvalidError):
            accept_invitation(token, password=PASSWORD, display_name="")


def test_an_unknown_link_is_answered_like_an_old_one(client):
    answer = client.get("/konto/einladung/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "gilt nicht mehr" in answer.content.decode()


def test_the_link_of_a_deactivated_person_is_dead(operator):
    user, token = invite()
    deactivate_person(user.pk, actor=ANNA)
    with pytest.raises(LinkInvalidError):
        accept_invitation(token, password=PASSWORD, display_name="")


def test_who_can_sign_in_already_gets_no_link_that_would_change_the_password(person):
    again, token = invite(email=person.email)
    assert again == person
    assert token == ""


def test_somebody_else_s_invitation_gives_no_link_into_the_same_account(operator):
    first, token = invite(ANNA)
    assert token
    assert invite(BERND) == (first, "")
    assert invite(ANNA)[1]
    assert invite(Actor("user", operator.pk, "Olga"))[1]


def test_of_two_links_only_the_first_used_one_sets_the_password():
    user, first = invite()
    _, second = invite()
    accept_invitation(second, password=PASSWORD, display_name="")
    with pytest.raises(LinkInvalidError):
        accept_invitation(first, password="etwas ganz anderes", display_name="")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("zu kurz", "mindestens 12 Zeichen"),
        ("Nele Uhl Nele", "zu ähnlich"),
        ("qwertyqwerty", "zu üblich"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(client, password, sentence):
    _, token = invite()
    url = reverse("accounts:invitation", kwargs={"token": token})
    page = answer(client, url, display_name="Nele Uhl Nele", password=password, again=password)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not User.objects.get().has_usable_password()


def test_two_different_passwords_are_refused(client):
    _, token = invite()
    url = reverse("accounts:invitation", kwargs={"token": token})
    page = answer(client, url, again="vier graue Esel im Wald")
    assert page.status_code == 422
    assert "zwei verschiedene" in page.content.decode()


def test_the_first_administrator_takes_over_an_empty_installation(client):
    url = reverse("accounts:first_steps", kwargs={"token": create_first_admin_link()})
    assert client.get(url).status_code == 200
    assert not has_operator()
    answer(client, url, email="Olga@Auental.example")
    olga = User.objects.get(email="olga@auental.example")
    assert olga.is_operator
    assert client.get("/betrieb/personen/").status_code == 200
    client.logout()
    assert client.get(url).status_code == 404


def test_the_first_administrator_s_link_ends_after_24_hours():
    with time_machine.travel("2026-05-01T10:00Z", tick=False) as clock:
        token = create_first_admin_link()
        clock.shift(24 * 3600)
        with pytest.raises(LinkInvalidError):
            accept_first_admin(token, email="x@y.example", password=PASSWORD, display_name="X")
    assert not User.objects.exists()


def test_a_new_link_for_the_first_administrator_ends_the_one_before():
    old, new = create_first_admin_link(), create_first_admin_link()
    with pytest.raises(LinkInvalidError):
        accept_first_admin(old, email="x@y.example", password=PASSWORD, display_name="X")
    assert accept_first_admin(new, email="x@y.example", password=PASSWORD, display_name="X")


def test_an_invitation_is_not_a_link_for_the_first_administrator():
    _, token = invite()
    with pytest.raises(LinkInvalidError):
        accept_first_admin(token, email="x@y.example", password=PASSWORD, display_name="X")


def test_a_reset_lets_a_locked_out_operator_in_again(operator):
    create_user(email="zwei@auental.example", is_operator=True, password=PASSWORD)
    deactivate_person(operator.pk, actor=ANNA)
    accept_first_admin(
        create_first_admin_link(),
        email=operator.email,
        password="fünf rote Hasen im Feld",
        display_name="",
    )
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.display_name == "Olga Petersen"
    assert operator.check_password("fünf rote Hasen im Feld")


def test_no_link_and_no_password_is_stored_or_audited():
    _, token = invite()
    first = create_first_admin_link()
    accept_invitation(token, password=PASSWORD, display_name="")
    kept = repr([list(OneTimeLink.objects.values()), list(AuditRow.objects.values())])
    assert token not in kept
    assert first not in kept
    assert PASSWORD not in kept
