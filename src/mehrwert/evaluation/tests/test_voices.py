"""People without an account answer by a link (EVI-32)."""

import re

import pytest
import time_machine
from django.test import Client

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.models import AuditRow
from mehrwert.evaluation import actions
from mehrwert.evaluation.actions.voices import DAY_US
from mehrwert.evaluation.models import Answer, Voice

from .conftest import LENA

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def row(town):
    made = town.frozen()
    town.estimate(made)
    return made


def invite(town, row, role="politics", **changes):
    """Invite as the editor does; return the link that the page shows once."""
    given = {"label": "Stadtrat", "role": role, "moment": "end", **changes}
    here = town.path(f"{row.pk}/rueckschau/")
    page = text(town.clients["editor"].post(f"{here}einladen/", given, follow=True))
    found = re.search(r"http://testserver(/rueckschau/[^<]+/)<", page)
    return found[1] if found else page


def test_somebody_without_an_account_answers_for_one_role(town, row):
    link = invite(town, row)
    stranger = Client()
    page = text(stranger.get(link))
    assert "fragt, wie Sie es sehen." in page
    assert "Sie antworten für: Politik." in page
    assert "Der Bauhof verbraucht weniger Gießwasser." in page
    answer = stranger.post(link, {"role": "politics", "B1": "Hat sich gelohnt."}, follow=True)
    assert "Danke. Ihre Antworten sind angekommen." in text(answer)
    assert "Hat sich gelohnt." in text(answer)
    inside = text(town.clients["viewer"].get(town.path(f"{row.pk}/rueckschau/")))
    assert "Politik, eingeladen: Stadtrat:" in inside
    assert "Hat sich gelohnt." in inside


def test_the_link_is_shown_once_and_only_its_fingerprint_is_kept(town, row):
    link = invite(town, row)
    secret = link.rstrip("/").rpartition("/")[2]
    again = text(town.clients["editor"].get(town.path(f"{row.pk}/rueckschau/")))
    assert secret not in again
    assert "Stadtrat (Politik, Am Ende): noch keine Antwort" in again
    kept = Voice.by_link.get()
    assert secret not in str(vars(kept))
    assert AuditRow.objects.filter(kind="voice", verb="invite").count() == 1


def test_two_invited_voices_of_a_role_and_the_role_itself_stand_side_by_side(town, row):
    with town.scope():
        actions.answer_questions(row, "politics", {"B1": ("", "Aus dem Haus.")}, actor=LENA)
    for words in ("Fraktion A sagt ja.", "Fraktion B sagt nein."):
        Client().post(invite(town, row, label=words[:10]), {"role": "politics", "B1": words})
    with town.scope():
        said = {one.text for one in Answer.objects.filter(question="B1")}
    assert said == {"Aus dem Haus.", "Fraktion A sagt ja.", "Fraktion B sagt nein."}
    exported = town.clients["viewer"].get(town.path(f"{row.pk}/rueckschau.json")).json()
    assert len(exported["answers"]) == 3
    assert 'Fraktion A"' not in str(exported)


def test_nobody_speaks_for_another_role_than_the_invited_one(town, row):
    link = invite(town, row)
    answer = Client().post(link, {"role": "treasury", "B1": "Zu teuer."})
    assert answer.status_code == 422
    assert not Answer.counted.exists()


def test_claims_that_the_measurement_does_not_carry_are_refused_here_too(town):
    weak = town.frozen(comparisons={})
    town.estimate(weak)
    link = invite(town, weak)
    answer = Client().post(link, {"role": "politics", "B1": "Das wirkt nachweislich."})
    assert answer.status_code == 422
    assert "nachweislich" in text(answer)
    assert not Answer.counted.exists()


def test_a_link_ends_when_somebody_ends_it_and_what_was_said_stays(town, row):
    link = invite(town, row)
    Client().post(link, {"role": "politics", "B1": "Gut."})
    path = town.path(f"{row.pk}/rueckschau/einladung/{Voice.by_link.get().pk}/")
    town.clients["editor"].post(path)
    assert Client().get(link).status_code == 404
    assert "gilt nicht mehr" in text(Client().get(link))
    assert Answer.counted.count() == 1


def test_a_link_ends_after_thirty_days(town, row):
    link = invite(town, row)
    with time_machine.travel(from_us(now_us() + 31 * DAY_US)):
        assert Client().get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "unbekannt", "0" * 64])
def test_a_guessed_link_opens_nothing(town, row, token):
    invite(town, row)
    assert Client().get(f"/rueckschau/{token}/").status_code == 404


def test_only_those_who_edit_invite(town, row):
    here = town.path(f"{row.pk}/rueckschau/einladen/")
    given = {"label": "Stadtrat", "role": "politics", "moment": "end"}
    assert town.clients["viewer"].post(here, given).status_code == 403
    assert "Link für jemanden ohne Konto" not in text(
        town.clients["viewer"].get(town.path(f"{row.pk}/rueckschau/"))
    )


def test_an_invitation_without_a_name_of_the_office_is_explained(town, row):
    page = invite(town, row, label="")
    assert "Wen laden Sie ein?" in page
    assert not Voice.by_link.exists()


def test_the_page_is_neither_kept_nor_told_to_others(town, row):
    answer = Client().get(invite(town, row))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
