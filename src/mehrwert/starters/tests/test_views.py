"""Pages: from the solution to a running package and away again; wrong input gets a sentence."""

import io

import pytest
from django.test import Client

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.base.tests.workbook import write_workbook
from mehrwert.observations.tests.pages import text_of
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.starters import actions, queries
from mehrwert.starters.library import bundled_package
from mehrwert.starters.models import Installation, InstalledPiece

from .factories import SLUG, fingerprint, live

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
BASE = f"/auental/pakete/{SLUG}/"
START = {"lizenz": "ja", "stand": "live"}
FORM = {
    "goal": "Weniger Gießwasser",
    "sesoi_percent": "12,5",
    "start_month": "04/2027",
    "p_places": "Linde am Markt\nAhorn Schule\n",
    "p_moisture_limit": "0,25",
    "p_silent_h": "48",
    "p_mail": "",
}


def test_from_the_solution_to_a_running_package_and_away_again(place):
    actions.list_in_catalogue()
    before = fingerprint()
    page = text_of(place.client.get("/loesungen/paket-durstige-baeume/"))
    assert f'href="{BASE}"' in page
    assert "In Auental einrichten" in text_of(place.client.get(BASE))
    assert "Baum 1" in text_of(place.client.get(f"{BASE}einrichten/"))
    answer = place.client.post(f"{BASE}einrichten/", FORM, follow=True)
    page = text_of(answer)
    assert "Entwurf: das wird angelegt" in page
    assert "Trocken: Linde am Markt" in page
    refused = text_of(place.client.post(f"{BASE}starten/", {}, follow=True))
    assert "Bitte nehmen Sie die Lizenz des Pakets an." in refused
    page = text_of(place.client.post(f"{BASE}starten/", START, follow=True))
    assert "Das Paket läuft." in page
    assert "Noch keine Messwerte." in page
    assert "vom Entwurf zum Betrieb in" in page
    with tenant_scope(place.tenant.pk):
        row = Installation.objects.get()
        assert row.parameters["moisture_limit"] == 0.25
        assert row.answers["sesoi_percent"] == 12.5
        assert DeclaredAdoption.objects.get().status == "live"
        task = InstalledPiece.objects.filter(kind="task").first()
    page = text_of(place.client.post(f"{BASE}aufgaben/{task.pk}/", {"erledigt": "ja"}, follow=True))
    assert "1 von 9 erledigt" in page
    assert "läuft" in text_of(place.client.get("/auental/pakete/"))
    page = text_of(place.client.post(f"{BASE}entfernen/", {"reason": "completed"}, follow=True))
    assert "Das Paket ist entfernt." in page
    assert fingerprint() == before
    with tenant_scope(place.tenant.pk):
        declared = DeclaredAdoption.objects.get()
    assert (declared.status, declared.end_reason) == ("ended", "completed")


def test_removal_asks_about_readings_and_hands_them_out_first(place):
    with tenant_scope(place.tenant.pk):
        row = live(bundled_package(SLUG))
        actions.load_demo_readings(row, actor=SYSTEM)
        n = queries.count_measured(row)
    lines = b"".join(place.client.get(f"{BASE}messwerte.csv")).decode("utf-8-sig").splitlines()
    assert len(lines) == n + 1
    assert "Messwerten geschehen" in text_of(place.client.get(f"{BASE}entfernen/"))
    answer = place.client.post(f"{BASE}entfernen/", {})
    assert answer.status_code == 422
    assert "Bitte sagen Sie, was mit den Messwerten geschehen soll." in text_of(answer)
    page = text_of(
        place.client.post(f"{BASE}entfernen/", {"measured": "keep", "reason": "cost"}, follow=True)
    )
    assert "Das Paket ist entfernt." in page


WRONG = {
    "p_places": ("", "Bitte füllen Sie „"),
    "p_moisture_limit": ("7", "kleiner oder gleich 1"),
    "p_mail": ("bauhof", "Bitte eine Mailadresse eingeben"),
    "start_month": ("bald", "Bitte einen Monat eingeben"),
    "sesoi_percent": ("99", "kleiner oder gleich 90"),
}


def test_wrong_input_is_refused_with_a_sentence_and_makes_no_draft(place):
    for name, (value, sentence) in WRONG.items():
        answer = place.client.post(f"{BASE}einrichten/", {**FORM, name: value})
        assert (name, answer.status_code) == (name, 422)
        assert sentence in text_of(answer)
    answer = place.client.post(f"{BASE}einrichten/", {**FORM, "p_places": "Linde\nlinde"})
    assert "heißen gleich" in text_of(answer)
    with tenant_scope(place.tenant.pk):
        assert not Installation.objects.exists()


def upload(place, text, name="werte.csv"):
    file = io.BytesIO(text.encode())
    file.name = name
    series = "series/baum/baum-1/bodenfeuchte"
    return place.client.post(f"{BASE}probe/", {"series": series, "file": file})


def test_an_own_table_is_tried_and_forgotten(place, outgoing):
    """TRF-202: result out, everything marked, nothing left behind, nothing leaves the house."""
    before = fingerprint()
    rows = [f"2026-06-{day:02} 12:00;0,{30 - day}" for day in range(1, 25)]
    page = text_of(upload(place, "Zeit;Feuchte\n" + "\n".join(rows)))
    assert "Mit Ihren Werten" in page
    assert "Probe" in page
    assert "24 Messwerte." in page
    assert "1 Mal" in page
    assert fingerprint() == before
    assert outgoing == []
    for wrong in ("nur Text\nohne Zahlen", "%PDF-1.7", "Zeit;Wort\n2026-06-01 12:00;nass\n"):
        answer = upload(place, wrong)
        assert answer.status_code == 422
        assert "In dieser Tabelle finden wir keine Messwerte." in text_of(answer)


def test_other_towns_and_visitors_see_nothing(place, elsewhere):
    with tenant_scope(place.tenant.pk):
        live(bundled_package(SLUG))
    assert elsewhere.client.get(BASE).status_code == 404
    other = text_of(elsewhere.client.get(f"/nebenan/pakete/{SLUG}/"))
    assert "In Nebenan einrichten" in other
    assert Client().get("/pakete/package.schema.json").json()["title"]
    assert elsewhere.client.get(f"/nebenan/pakete/{SLUG}/entfernen/").status_code == 404
    assert place.clients["viewer"].post(f"{BASE}starten/", {}).status_code == 403
    assert place.client.get("/auental/pakete/gibt-es-nicht/").status_code == 404


def test_a_workbook_and_an_own_series_are_tried_as_well(place, tmp_path, outgoing):
    """TRF-202: XLSX, or what a sensor delivers already; nothing leaves the house."""
    rows = [["Zeit", "Feuchte"], *([f"2026-06-{d:02} 12:00", (30 - d) / 100] for d in range(1, 25))]
    file = write_workbook(tmp_path / "werte.xlsx", {"Messung": rows}).open("rb")
    series = "series/baum/baum-1/bodenfeuchte"
    page = text_of(place.client.post(f"{BASE}probe/", {"series": series, "file": file}))
    assert "24 Messwerte." in page
    assert "1 Mal" in page
    with tenant_scope(place.tenant.pk):
        row = live(bundled_package(SLUG))
        actions.load_demo_readings(row, actor=SYSTEM)
        (own, _) = queries.own_series(place.tenant.pk)[0]
    before = fingerprint()
    page = text_of(place.client.post(f"{BASE}probe/", {"series": series, "own": own}))
    assert "Mit Ihren Werten" in page
    assert fingerprint() == before
    assert page.count("Probe") >= 2
    assert outgoing == []
    answer = place.client.post(f"{BASE}probe/", {"series": series})
    assert "eine Messreihe wählen oder eine Tabelle" in text_of(answer)
