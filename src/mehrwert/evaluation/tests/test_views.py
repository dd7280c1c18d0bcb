"""The pages: from the two questions to the learning report, in a browser without JavaScript."""

import hashlib
import json

import pytest
from django.test import Client

from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.evaluation.forms import MoneyForm
from mehrwert.evaluation.models import Evaluation
from mehrwert.evidence.models import Finding
from mehrwert.municipalities.tests.fixtures import make_member

from .conftest import work_off

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def form(town, **changes):
    given = {
        "goal": "Der Bauhof verbraucht weniger Gießwasser.",
        "solution": "bedarfsgerechtes Gießen",
        "datastream": town.own,
        "good_direction": "down",
        "sesoi_percent": "5",
        "start_month": "07/2023",
        "first_month": "01/2021",
        "last_month": "12/2024",
        "scale": "log_ratio",
        "shape": "level",
        "ramp_months": "1",
        "comparisons": town.others,
        "events": "03/2024 Trockenheit",
    }
    return {**given, **changes}


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("typed", "euros"),
    [("20.000", 20000.0), ("1.200,50", 1200.5), ("20 000 €", 20000.0), ("0,9", 0.9), ("", None)],
)
def test_amounts_of_a_decision_are_read_as_people_type_them(typed, euros):
    """Twenty thousand read as twenty would turn a capital value round."""
    form = MoneyForm({"invest": typed, "years": "5", "rate_percent": "0,9"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["invest"] == euros


def test_from_two_questions_to_the_decision(town):
    lead = town.clients["lead"]
    assert "Hier ist noch nichts bewertet" in text(lead.get(town.path()))
    answer = lead.post(town.path("neu/"), form(town))
    here = answer["Location"]
    assert "Plan in Arbeit" in text(lead.get(here))
    lead.post(f"{here}festschreiben/")
    page = text(lead.get(here))
    assert "Plan erst nach dem Start festgeschrieben" in page
    lead.post(f"{here}berechnen/")
    work_off()
    page = text(lead.get(here))
    assert "Erste Beobachtungen: Gießwasser −22 %" in page
    assert "Stufe 1 von 4" in page
    assert "Im März 2024: Trockenheit." in page
    assert page.count("<svg") > 2
    assert b"gemessen" in b"".join(lead.get(f"{here}werte.csv"))
    assert lead.get(f"{here}bild.svg")["Content-Type"] == "image/svg+xml"
    lead.post(f"{here}ergebnis/", {"deviations": ""})
    assert "Befund freigeben" in text(lead.get(here))
    lead.post(f"{here}freigeben/")
    finding = Finding.public.get()
    pool = text(lead.get(f"/belege/{finding.pk}/?einwohner=9000"))
    assert "Erfahrung aus nur einer Kommune" in pool
    assert "Neue Kommune" in pool
    decided = lead.post(f"{here}entscheidung/", decision())
    assert decided.status_code == 302
    assert "Entschieden am 1. März 2025: beenden." in text(lead.get(here))
    report = text(lead.get(f"{here}lernbericht/"))
    assert "Vorher genauer hinsehen." in report
    assert "Vorher genauer hinsehen." in text(lead.get(f"/belege/{finding.pk}/"))


def decision(**changes):
    given = {
        "decision": "end",
        "decided_on": "2025-03-01",
        "body": "Stadtrat",
        "override_reason": "Kein Personal.",
        "lesson": "Vorher genauer hinsehen.",
        "years": "5",
        "rate_percent": "0,9",
    }
    return {**given, **changes}


@pytest.fixture
def reported(town):
    row = town.frozen()
    town.estimate(row)
    town.clients["lead"].post(town.path(f"{row.pk}/ergebnis/"), {})
    return row


def test_costs_change_the_proposal_and_are_kept(town, reported):
    lead, here = town.clients["lead"], town.path(f"{reported.pk}/entscheidung/")
    assert "Die Kosten sind nicht bekannt" in text(lead.get(here))
    costs = "yearly_base=30000&invest=5000&yearly=1000&years=5&rate_percent=0,9&affordable=on"
    page = text(lead.get(f"{here}?{costs}"))
    assert "in 100 von 100 Fällen" in page
    assert "rechtlich nicht geprüft" in page


def test_another_decision_without_body_is_explained(town, reported):
    lead, here = town.clients["lead"], town.path(f"{reported.pk}/entscheidung/")
    answer = lead.post(here, decision(body=""))
    assert answer.status_code == 422
    assert "Bitte nennen Sie Grund und Gremium." in text(answer)


def test_reflection_shows_who_disagrees_and_exports_without_names(town, reported):
    editor, here = town.clients["editor"], town.path(f"{reported.pk}/rueckschau/")
    editor.post(here, {"role": "project", "B2_code": "yes", "B2": ""})
    editor.post(here, {"role": "treasury", "B2_code": "no", "B2": "zu teuer"})
    assert "Die Rollen sehen das verschieden" in text(editor.get(here))
    exported = json.loads(editor.get(town.path(f"{reported.pk}/rueckschau.json")).content)
    assert len(exported["questions"]) == 26
    assert {answer["role"] for answer in exported["answers"]} == {"project", "treasury"}
    assert "editor" not in json.dumps(exported)


def test_the_plan_page_gives_the_very_bytes_of_the_hash(town):
    row = town.frozen()
    nobody = Client()
    raw = nobody.get(f"/belege/plaene/{row.plan_hash}/plan.json").content
    assert hashlib.sha256(raw).hexdigest() == row.plan_hash
    assert row.plan_hash in text(nobody.get(f"/belege/plaene/{row.plan_hash}/"))
    assert "überfällig" in text(nobody.get("/belege/plaene/?nur=ueberfaellig"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start_month": "irgendwann"}, "Bitte einen Monat eingeben"),
        ({"events": "Trockenheit"}, "Bitte je Zeile einen Monat und Worte"),
        ({"goal": ""}, "Bitte füllen Sie „Was soll besser werden?“ aus."),
        ({"first_month": "07/2023"}, "Die Messwerte beginnen vor dem ersten Monat"),
        ({"last_month": "06/2023"}, "Die Messwerte enden nach dem ersten Monat"),
    ],
)
def test_wrong_input_is_explained_and_stores_nothing(town, changes, sentence):
    answer = town.clients["lead"].post(town.path("neu/"), form(town, **changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    with tenant_scope(town.tenant.pk):
        assert not Evaluation.objects.exists()


def test_a_draft_can_be_changed_and_forgotten(town):
    lead = town.clients["lead"]
    here = lead.post(town.path("neu/"), form(town))["Location"]
    assert 'value="2023-07"' in text(lead.get(f"{here}plan/"))
    lead.post(f"{here}plan/", form(town, goal="Weniger Fahrten."))
    assert "Weniger Fahrten." in text(lead.get(here))
    lead.post(f"{here}verwerfen/")
    assert lead.get(here).status_code == 404


def test_a_draft_says_what_is_missing_before_it_can_be_fixed(town):
    lead = town.clients["lead"]
    here = lead.post(town.path("neu/"), form(town, first_month="05/2023"))["Location"]
    page = text(lead.get(here))
    assert "Vor dem Start liegen nur 2 Monatswerte, nötig sind 4." in page
    assert "Der Start liegt schon zurück" in page
    assert f'action="{here}festschreiben/"' not in page
    lead.post(f"{here}plan/", form(town))
    assert f'action="{here}festschreiben/"' in text(lead.get(here))


def test_no_series_is_chosen_for_anybody(town):
    answer = town.clients["lead"].post(town.path("neu/"), form(town, datastream=""))
    assert answer.status_code == 422
    assert '<option value="" selected>bitte wählen</option>' in text(answer)


def test_a_finding_is_taken_back_with_a_public_reason(town):
    """EVI-36, EVI-61: nothing disappears."""
    row = town.frozen()
    town.estimate(row)
    lead, here = town.clients["lead"], town.path(f"{row.pk}/")
    lead.post(f"{here}ergebnis/", {"deviations": ""})
    assert "Nur ein öffentlicher Befund" in text(
        lead.post(f"{here}zurueckziehen/", {"reason": "x"})
    )
    lead.post(f"{here}freigeben/")
    pool = f"/belege/{Finding.public.get().pk}/"
    assert "Zurückgezogen" not in text(Client().get(pool))
    assert lead.post(f"{here}zurueckziehen/", {"reason": " "}).status_code == 422
    lead.post(f"{here}zurueckziehen/", {"reason": "Der Zähler war falsch."})
    assert "Der Zähler war falsch." in text(Client().get(pool))
    assert Client().get(f"{pool}befunde.csv").status_code == 200
    page = text(lead.get(here))
    assert "zurückgezogen" in page
    assert "Ergebnis melden" in page


def test_a_plan_names_an_entry_of_the_catalogue(town):
    """Decisions 35: the root of the entry is what is pooled; own names stand alone."""
    make_solution("demo-baum", entry_origin="demo", name="Demo: Baum")
    lead = town.clients["lead"]
    page = text(lead.get(town.path("neu/") + "?loesung=demo-baum"))
    assert '<option value="demo-baum" selected>Demo: Baum</option>' in page
    page = text(lead.get(town.path("neu/") + "?loesung=gibt-es-nicht"))
    assert 'value="gibt-es-nicht"' not in page
    lead.post(town.path("neu/"), form(town, entry="demo-baum"))
    with town.scope():
        assert Evaluation.objects.get().plan["solution_root"] == "demo-baum"
    assert lead.post(town.path("neu/"), form(town, entry="gibt-es-nicht")).status_code == 422
    asked = text(lead.get("/loesungen/demo-baum/"))
    assert f"{town.path('neu/')}?loesung=demo-baum" in asked


def test_every_role_speaks_for_itself_and_disagreement_is_shown(town):
    """EVI-32, PF-123: by invitation; nobody speaks for another role, no mean hides a split."""
    row = town.frozen()
    here = town.path(f"{row.pk}/rueckschau/")
    lead = town.clients["lead"]
    lead.post(here, {"role": "project", "B2_code": "yes", "B2": "Trägt sich."})
    treasurer = Client()
    treasurer.force_login(make_member(town.tenant, "treasurer"))
    assert "Andere einladen" not in text(treasurer.get(here))
    assert treasurer.post(here, {"role": "project", "B2_code": "no"}).status_code == 422
    assert treasurer.post(here, {"role": "treasury", "B2_code": "no"}).status_code == 302
    page = text(lead.get(here))
    assert "2 Rollen, Uneinigkeit 0,50" in page
    assert "Andere einladen" in page
    assert json.loads(lead.get(town.path(f"{row.pk}/rueckschau.json")).content)["dispersion"] == {
        "B1": None,
        "B2": 0.5,
        "T-2": None,
    }
    guide = Client()
    guide.force_login(make_member(town.tenant, "guide"))
    assert "Antworten speichern" not in text(guide.get(here))
    assert guide.post(here, {"role": "project", "B2_code": "no"}).status_code == 403
