"""The phone desk and the list it speaks from, as people use them."""

from datetime import date

import pytest
import time_machine

from mehrwert.base.clock import now_us
from mehrwert.base.models import AuditRow
from mehrwert.geodata import actions, queries
from mehrwert.geodata.errors import ClosureEndedError
from mehrwert.geodata.models import CallTally, Closure
from mehrwert.geodata.panels import home
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant

from .conftest import LENA

TODAY = date(2026, 11, 28)
FORM = {
    "street": "Bahnhofstraße",
    "section": "vor dem Bahnhof",
    "kind": "half",
    "starts_on": "2026-11-20",
    "ends_on": "2026-12-04",
    "is_estimated": "on",
    "reason": "Kanalbau",
    "detour": "über Gartenweg",
    "affected": ["bus", "residents"],
    "office": "Tiefbauamt",
    "contact": "Durchwahl 12",
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-28 13:05+00:00", tick=False):
        yield


def text(town, rest="", role="desk", status=200):
    answer = town.clients[role].get(town.path(rest))
    assert answer.status_code == status
    return answer.getvalue().decode().replace("\u00a0", " ")


def test_from_the_office_that_closes_a_street_to_the_sentence_for_the_caller(town):
    """CARD-2: until when, which way round, who is affected, as of when, which office."""
    answer = town.clients["editor"].post(town.path("neu/"), FORM, follow=True)
    assert "So wird es am Telefon gesagt" in answer.content.decode()
    page = text(town, "auskunft/?q=banhofstr")
    assert (
        "Bahnhofstraße, vor dem Bahnhof, ist halbseitig gesperrt, voraussichtlich bis "
        "4. Dezember 2026. Grund: Kanalbau. Umleitung: über Gartenweg."
    ) in page
    for shown in ("Anlieger, Buslinien", "Tiefbauamt, Durchwahl 12", "28. November 2026, 14:05"):
        assert shown in page
    file = text(town, "sperrungen.csv")
    assert "Bahnhofstraße;vor dem Bahnhof;halbseitig gesperrt" in file
    assert "Durchwahl" not in file
    assert "Durchwahl" not in str(AuditRow.objects.get(kind="closure").after)


def test_what_is_not_in_the_list_is_not_called_free(town):
    """CARD-3."""
    town.close()
    page = text(town, "auskunft/?q=Rosenweg")
    assert "Keine Sperrung bekannt, Stand 14:05 Uhr" in page
    assert " frei" not in page.split("<main")[1].split("Strichliste")[0]
    with town.scope():
        Closure.objects.all().delete()
    assert "In der Liste steht noch nichts" in text(town, "auskunft/?q=Rosenweg")


def test_an_end_that_nobody_confirmed_is_said(town):
    row = town.close(ends_on=date(2026, 11, 25))
    page = text(town, "auskunft/?q=Mühlgasse")
    assert "geplant bis 25. November 2026; ob sie wieder frei ist, ist nicht bestätigt" in page
    assert "Ende unbestätigt" in page
    town.clients["editor"].post(town.path(f"{row.pk}/beenden/"))
    assert "Keine Sperrung bekannt" in text(town, "auskunft/?q=Mühlgasse")
    assert "Mühlgasse" in text(town, "?stand=ended")
    with town.scope(), pytest.raises(ClosureEndedError):
        actions.check_closure(row, actor=LENA)


def test_what_holds_now_comes_before_what_is_planned(town):
    town.close("Ahornweg", starts_on=date(2026, 12, 10))
    town.close("Zeile")
    town.close("Buchenweg", starts_on=date(2027, 3, 1))
    with town.scope():
        assert [row.street for row in queries.search_closures("", TODAY).rows] == [
            "Zeile",
            "Ahornweg",
        ]
        assert queries.count_closures(TODAY, now_us()) == 1
    assert "Buchenweg" in text(town, "?stand=planned")


def test_a_written_sentence_wins_and_a_check_renews_the_day(town):
    row = town.close(spoken="Die Mühlgasse ist zu.", plain="Die Straße ist zu.")
    with town.scope():
        Closure.objects.update(checked_us=1_700_000_000_000_000)
    page = text(town, "auskunft/")
    assert "Die Mühlgasse ist zu." in page
    assert "In Einfacher Sprache" in page
    answer = town.clients["editor"].post(town.path(f"{row.pk}/stimmt-noch/"), follow=True)
    assert "Die Sperrung ist geprüft." in answer.content.decode()
    assert "28. November 2026, 14:05" in text(town, f"{row.pk}/")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"street": ""}, "Bitte füllen Sie „Welche Straße?“ aus"),
        ({"ends_on": "2026-11-01"}, "Das Ende liegt vor dem Beginn."),
        ({"starts_on": "bald"}, "Bitte ein Datum eingeben"),
        ({"office": ""}, "Welches Amt weiß Bescheid?"),
    ],
)
def test_wrong_input_is_answered_in_words_and_nothing_is_lost(town, wrong, said):
    answer = town.clients["editor"].post(town.path("neu/"), {**FORM, **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "über Gartenweg" in page
    with town.scope():
        assert not Closure.objects.exists()


def test_a_stroke_for_every_call_and_nothing_about_who_called(town):
    for kind in ("answered", "answered", "forwarded"):
        town.clients["desk"].post(town.path("auskunft/anruf/"), {"art": kind})
    assert "Heute 3 Anrufe, davon 1 weitergeleitet." in text(town, "auskunft/")
    back = {"art": "forwarded", "zurueck": "ja"}
    town.clients["desk"].post(town.path("auskunft/anruf/"), back)
    answer = town.clients["desk"].post(town.path("auskunft/anruf/"), back, follow=True)
    assert "noch kein solcher Anruf gezählt" in answer.content.decode()
    answer = town.clients["desk"].post(town.path("auskunft/anruf/"), {"art": "x"}, follow=True)
    assert "wie der Anruf ausging" in answer.content.decode()
    with town.scope():
        row = CallTally.objects.get()
        assert (row.day, row.answered, row.forwarded) == (TODAY, 2, 0)
    assert town.clients["editor"].post(town.path("auskunft/anruf/")).status_code == 403


def test_the_start_page_says_what_is_closed(town, rf):
    request = rf.get("/auental/")
    request.tenant, request.can = town.tenant, lambda capability: capability == "read"
    with town.scope():
        assert home(request, None) is None
    for street in ("Ahornweg", "Birkenweg", "Mühlgasse", "Zeile"):
        town.close(street)
    with town.scope():
        _, shown = home(request, None)
        streets = [line["row"].street for line in shown["lines"]]
        assert streets == ["Ahornweg", "Birkenweg", "Mühlgasse"]
        assert shown["has_more"]
        Closure.objects.all().delete()
        request.can = lambda capability: capability == "answer_phone"
        assert home(request, None)[1]["lines"] == []


def test_another_town_sees_nothing(town):
    row = town.close()
    client = town.clients["viewer"]
    client.force_login(make_member(make_tenant("erlbach"), "admin"))
    assert client.get(f"/erlbach/sperrungen/{row.pk}/").status_code == 404
    assert "Mühlgasse" not in client.get("/erlbach/sperrungen/").content.decode()
