"""Operator's people: shut out at once, never without an operator; lists paged and searchable."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from mehrwert.accounts.actions import (
    activate_person,
    clear_old_sign_ins,
    create_user,
    deactivate_person,
    end_sessions,
    invite_person,
    set_operator,
    update_profile,
)
from mehrwert.accounts.errors import AddressTakenError, LastOperatorError
from mehrwert.accounts.models import OneTimeLink, User
from mehrwert.accounts.queries import list_users, read_session_user
from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import NotFoundError
from mehrwert.base.models import AuditRow

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def others_browser(person):
    browser = Client()
    browser.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    assert browser.get("/konto/").status_code == 200
    return browser


@pytest.fixture
def desk(client, operator):
    client.post("/konto/anmelden/", {"login": operator.email, "password": PASSWORD})
    return client


def test_an_address_belongs_to_one_person_whatever_its_case(person):
    with pytest.raises(AddressTakenError):
        create_user(email="MARA@auental.example")


def test_deactivation_shuts_out_at_once(desk, person, others_browser):
    key = others_browser.session.session_key
    assert read_session_user(key) == person
    answer = desk.post(f"/betrieb/personen/{person.pk}/deaktivieren/", follow=True)
    assert "deaktiviert und abgemeldet" in answer.content.decode()
    assert others_browser.get("/konto/")["Location"].startswith("/konto/anmelden/")
    assert read_session_user(key) is None
    refused = others_browser.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    assert refused["Location"] == "/konto/deaktiviert/"
    assert others_browser.get("/konto/deaktiviert/").status_code == 200


def test_activation_lets_in_again(desk, person, others_browser):
    deactivate_person(person.pk, actor=SYSTEM)
    desk.post(f"/betrieb/personen/{person.pk}/aktivieren/")
    others_browser.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    assert others_browser.get("/konto/").status_code == 200


def test_ending_sessions_signs_a_person_out_everywhere_and_nobody_else(
    desk, person, others_browser
):
    desk.post(f"/betrieb/personen/{person.pk}/abmelden/")
    assert others_browser.get("/konto/").status_code == 302
    assert desk.get("/konto/").status_code == 200
    assert not UserSession.objects.filter(user=person).exists()


@pytest.mark.parametrize("step", ["deaktivieren", "nicht-betreiben"])
def test_the_last_operator_stays(desk, operator, step):
    answer = desk.post(f"/betrieb/personen/{operator.pk}/{step}/")
    operator.refresh_from_db()
    assert answer.status_code == 409
    assert "letzte Person" in answer.content.decode()
    assert operator.is_active
    assert operator.is_operator
    assert desk.get("/konto/").status_code == 200


def test_a_deactivated_operator_does_not_count_as_one(operator, person):
    set_operator(person.pk, is_operator=True, actor=SYSTEM)
    deactivate_person(operator.pk, actor=SYSTEM)
    with pytest.raises(LastOperatorError):
        set_operator(person.pk, is_operator=False, actor=SYSTEM)
    activate_person(operator.pk, actor=SYSTEM)
    set_operator(person.pk, is_operator=False, actor=SYSTEM)
    assert not User.objects.get(pk=person.pk).is_operator


def test_operation_is_handed_over_by_two_buttons(desk, operator, person):
    desk.post(f"/betrieb/personen/{person.pk}/betreiben/")
    desk.post(f"/betrieb/personen/{operator.pk}/nicht-betreiben/")
    assert list(User.objects.filter(is_operator=True)) == [person]
    assert desk.get("/betrieb/personen/").status_code == 403


def test_an_operator_takes_a_lost_second_factor_away(desk, person):
    TOTP.activate(person, generate_totp_secret())
    assert "Zweiten Faktor entfernen" in desk.get("/betrieb/personen/").content.decode()
    desk.post(f"/betrieb/personen/{person.pk}/zweiter-faktor-weg/")
    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    "path",
    [
        "/betrieb/personen/",
        "/betrieb/personen/einladen/",
        "/betrieb/mail/",
    ],
)
def test_pages_of_the_operator_are_closed_to_others(client, person, path):
    assert client.get(path)["Location"].startswith("/konto/anmelden/?next=/betrieb/")
    client.force_login(person)
    assert client.get(path).status_code == 403


def test_steps_need_the_operator_and_a_post(client, person, operator):
    url = f"/betrieb/personen/{operator.pk}/deaktivieren/"
    client.force_login(person)
    assert client.post(url).status_code == 403
    client.force_login(operator)
    assert client.get(url).status_code == 405
    operator.refresh_from_db()
    assert operator.is_active


def test_an_unknown_person_or_step_is_not_found(desk):
    assert desk.post("/betrieb/personen/99999/deaktivieren/").status_code == 404
    assert desk.post("/betrieb/personen/1/loeschen/").status_code == 404
    with pytest.raises(NotFoundError):
        end_sessions_of_nobody()


def end_sessions_of_nobody():
    deactivate_person(99999, actor=SYSTEM)


def test_the_list_is_paged_and_asks_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    for number in range(60):
        create_user(email=f"p{number:02}@auental.example", display_name=f"Person {number}")
    with django_assert_max_num_queries(8):
        page = desk.get("/betrieb/personen/").content.decode()
    assert "1 bis 50 von 61" in page
    second = desk.get("/betrieb/personen/?seite=2").content.decode()
    assert "51 bis 61 von 61" in second


def test_people_are_found_by_part_of_name_or_address(person, operator):
    assert list(list_users("LIND")) == [person]
    assert list(list_users("olga@")) == [operator]
    assert list(list_users("  ")) == [person, operator]


def test_a_search_without_hit_says_so(desk):
    assert "Niemand gefunden" in desk.get("/betrieb/personen/?suche=xyz").content.decode()


def test_an_invitation_shows_its_link_once_and_mails_it(desk, mailoutbox):
    answer = desk.post(
        "/betrieb/personen/einladen/", {"email": "neu@auental.example", "display_name": "Nele"}
    )
    page = answer.content.decode()
    assert "http://testserver/konto/einladung/" in page
    assert mailoutbox[0].to == ["neu@auental.example"]
    assert "/konto/einladung/" in mailoutbox[0].body


def test_inviting_somebody_known_says_so(desk, person, mailoutbox):
    answer = desk.post(
        "/betrieb/personen/einladen/", {"email": person.email, "display_name": "Mara"}
    )
    assert "hat schon ein Konto" in answer.content.decode()
    assert mailoutbox == []


def test_every_change_of_a_person_is_audited(operator, person):
    update_profile(person, display_name="Mara L.", language="en", actor=SYSTEM)
    deactivate_person(person.pk, actor=SYSTEM)
    activate_person(person.pk, actor=SYSTEM)
    set_operator(person.pk, is_operator=True, actor=SYSTEM)
    end_sessions(person.pk, actor=SYSTEM)
    verbs = set(AuditRow.objects.filter(object_id=str(person.pk)).values_list("verb", flat=True))
    assert verbs >= {"create", "update", "deactivate", "activate", "make_operator", "end_sessions"}
    assert Session.objects.count() == 0


def test_old_sessions_and_links_are_cleared_and_running_ones_stay(others_browser, person):
    with time_machine.travel(timezone.now() - timedelta(days=60)):
        invite_person(email="alt@auental.example", display_name="Alt", actor=SYSTEM)
        Client().post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    assert UserSession.objects.count() == Session.objects.count() == 2
    clear_old_sign_ins()
    clear_old_sign_ins()
    assert UserSession.objects.count() == Session.objects.count() == 1
    assert not OneTimeLink.objects.exists()
    assert others_browser.get("/konto/").status_code == 200
