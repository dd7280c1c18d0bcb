"""Public pages, and the page of the curator."""

import pytest
from django.test import Client

from mehrwert.accounts.models import User
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.evidence import actions
from mehrwert.evidence.rules.emmie import Known, emmie

from .factories import CURATOR, plan, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    client = Client()
    client.force_login(User.objects.create(email="k@example.org", is_operator=True))
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_curator_maps_an_own_name(operator):
    """Decisions 35."""
    assert "Nichts zuzuordnen" in text(operator.get("/belege/schluessel/"))
    plan(1, key="eigen-wasser")
    released(1, key="eigen-wasser")
    shared = released(2, town="Erlbach")
    assert "noch nicht geprüft" in text(operator.get("/belege/schluessel/"))
    here = "/belege/schluessel/1/indicator/eigen-wasser/"
    assert "giesswasser@1" in text(operator.get(here))
    wrong = operator.post(here, {"shared_key": "Wasser!", "reason": "x"})
    assert (wrong.status_code, "giesswasser@1“ für eine Kennzahl" in text(wrong)) == (422, True)
    operator.post(here, {"shared_key": "giesswasser@1", "reason": "Gleiche Zähler."})
    page = text(Client().get(f"/belege/{shared.pk}/"))
    assert "Gleiche Zähler." in page
    assert "Kommunen: 2, mit Vergleich: 2" in page
    assert operator.get("/belege/schluessel/1/indicator/eigen-x/").status_code == 404


def test_a_pool_without_findings_left_keeps_its_address():
    row = released(1)
    with tenant_scope(1):
        actions.withdraw_finding(row, reason="Falsch gezählt.", actor=CURATOR)
    page = text(Client().get(f"/belege/{row.pk}/"))
    assert "Falsch gezählt." in page
    assert "zusammenfassen lässt sich nichts" in page


def test_a_town_sees_what_its_size_makes_of_it():
    """EVI-57, EVI-157, EVI-164, EVI-165."""
    first = None
    for n in range(1, 11):
        size = 2_000 * n
        row = released(n, town=f"Ort {n}", theta=-0.4 + 0.03 * n, se=0.05, population=size)
        first = first or row
    here = f"/belege/{first.pk}/"
    page = text(Client().get(f"{here}?einwohner=4000"))
    assert "Eingerechnet ist, wie sich das Ergebnis mit der Größe" in page
    assert "Ort 2 (4.000 Einwohner)" in page
    assert "Neuer Ort, klassischer Bereich" in page
    assert "Annahme 0,25" in page
    assert "Doppelt so viele Einwohner (p = 0,0" in page
    far = text(Client().get(f"{here}?einwohner=4000000"))
    assert "Ihre Kommune liegt außerhalb des Erfahrungsbereichs." in far
    assert "außerhalb" not in text(Client().get(here))


def test_an_earlier_version_says_what_it_said():
    """EVI-61."""
    row = released(1, theta=-0.2)
    released(2, town="Erlbach", theta=-0.4)
    page = text(Client().get(f"/belege/{row.pk}/?version=1"))
    assert "Fassung 1 sagte: −18 % (−26 % bis −10 %)" in page
    assert "1 Kommune." in page
    assert "Nummer 2 vom" in page
    for other in ("", "2", "77", "x", "9" * 30):
        assert "sagte:" not in text(Client().get(f"/belege/{row.pk}/?version={other}"))


def test_the_page_of_a_solution_shows_the_full_line():
    """EVI-184, EVI-185: name, effect, new municipality, class, cost; unknown cost is said."""
    make_solution("app")
    released(1)
    page = text(Client().get("/loesungen/app/"))
    assert "Was gemessen wurde" in page
    assert "2 von 4, Hinweise (Kommunen: 1, mit Vergleich: 1)" in page
    assert "Kosten je Einwohner und Jahr: keine Angabe" in page


def test_five_marks_stand_beside_the_effect():
    """EVI-38: quality of evidence is not its size; EVI-176: what came otherwise is public."""
    first = released(1, lesson="Vorher den Bauhof fragen.")
    differs = [{"code": "comparisons", "planned": 3, "used": 0}]
    released(2, town="Erlbach", population=30_000, study={"differences": differs})
    page = text(Client().get(f"/belege/{first.pk}/"))
    assert "Kommunen, die vollständige Kosten nennen: 0 von 2" in page
    assert "was andere lernen können: 1" in page
    assert "Vergleichsorte: geplant 3, verwendet 0" in page
    assert page.count(" von 4</span></td>") == 5


def test_a_plan_that_says_how_it_should_come_about_counts_for_the_mechanism():
    """EVI-38: told is one, nothing more without a study of it."""
    first = released(1)
    plan(1, document={"mechanism": "Gegossen wird nur, wo es trocken ist."})
    plan(2, document={"indicator_name": "Gießwasser"}, town="Erlbach")
    page = text(Client().get(f"/belege/{first.pk}/"))
    assert "wie es dazu kommen soll: 1; untersucht hat es niemand" in page


@pytest.mark.parametrize(
    ("known", "marks"),
    [
        (Known(0, 0, (), 0, 0), (0, 0, 0, 0, 0)),
        (Known(2, 4, (0, 1), 1, 2), (2, 0, 1, 1, 2)),
        (Known(4, 10, (0, 1, 2), 9, 10), (4, 0, 4, 4, 4)),
        (Known(3, 3, (1,), 0, 9, told=2), (3, 1, 0, 0, 4)),
    ],
)
def test_the_five_marks_are_computed(known, marks):
    found = emmie(known)
    assert (
        found.effect, found.mechanism, found.moderators, found.implementation, found.economics
    ) == marks  # fmt: skip
