"""The pages: where we stand, a question, what changed."""

import csv
import io

import pytest

from mehrwert.portfolio.models import Project
from mehrwert.portfolio.tests.factories import make_project
from mehrwert.provision.models import PhaseAnswer, PhaseAssessment

pytestmark = pytest.mark.django_db(databases=["default", "observations"])


def path(town, rest=""):
    return f"/{town.tenant.slug}/phase/{rest}"


def text(answer):
    return " ".join(answer.content.decode().split())


def test_an_empty_town_is_told_what_to_do_first(town):
    page = text(town.clients["lead"].get(path(town)))
    assert "Hier gibt es noch nichts einzuschätzen" in page
    assert "nicht bestimmbar" in page
    assert "9 Fragen sind offen" in page


def test_from_a_question_to_a_stored_state(town):
    make_project(town.tenant.pk)
    editor, lead = town.clients["editor"], town.clients["lead"]
    answer = editor.post(
        path(town, "fragen/E3/"),
        {"answer": "2", "document_title": "Beschluss 14", "document_on": "2026-02-03"},
        follow=True,
    )
    assert "Die Antwort ist gespeichert." in text(answer)
    assert "Beschluss 14" in text(answer)
    assert "Es sind weniger als drei Vorhaben" in text(answer)
    assert "festgehalten" in text(lead.post(path(town, "festhalten/"), follow=True))
    assert "nichts geändert" in text(lead.post(path(town, "festhalten/"), follow=True))
    editor.post(path(town, "fragen/E3/"), {"answer": ""})
    lead.post(path(town, "festhalten/"))
    with town.scope():
        newest = PhaseAssessment.objects.order_by("-pk").first()
    page = text(lead.get(path(town, f"verlauf/{newest.pk}/")))
    assert "1, mit Beleg" in page
    assert "unbekannt" in page
    assert "Antwort" in page
    assert "nicht bestimmbar" in text(lead.get(path(town, "verlauf/")))


def test_wrong_input_is_explained_and_nothing_is_stored(town):
    editor = town.clients["editor"]
    answer = editor.post(path(town, "fragen/E3/"), {"answer": "2", "document_title": "Beschluss"})
    assert answer.status_code == 422
    assert "Ein Beleg braucht Bezeichnung und Datum." in text(answer)
    assert editor.post(path(town, "fragen/E3/"), {"answer": "7"}).status_code == 422
    assert editor.get(path(town, "fragen/E1/")).status_code == 404
    with town.scope():
        assert not PhaseAnswer.objects.exists()


def test_a_viewer_reads_and_does_not_answer(town):
    viewer = town.clients["viewer"]
    assert viewer.get(path(town)).status_code == 200
    assert viewer.get(path(town, "fragen/E3/")).status_code == 403
    assert viewer.post(path(town, "festhalten/")).status_code == 403


def test_every_indicator_is_in_the_table(town):
    answer = town.clients["viewer"].get(path(town, "werte.csv"))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]][:3] == ["E1", "E2", "E3"]
    assert len(rows) == 1 + 31
    assert rows[2][4] == "unbekannt"


def test_the_record_of_a_project_shows_its_phase_and_its_evaluations(town):
    """PF-01, PF-19, PF-117."""
    row = make_project(town.tenant.pk)
    page = text(town.clients["editor"].get(f"/auental/vorhaben/{row.pk}/"))
    assert "Phase: Erprobung" in page
    assert "mindestens Erprobung, höchstens" in page
    assert "Wirkung nicht prüfbar" in page
    answer = town.clients["editor"].post(f"/auental/bewertung/vorhaben/{row.pk}/", {}, follow=True)
    assert "Bitte wählen Sie eine Bewertung." in text(answer)
    with town.scope():
        assert Project.objects.count() == 1


def test_beside_the_projects_stands_where_the_municipality_is(town):
    """Decisions 48: nothing is said below three projects unless somebody kept a state."""
    lead, projects = town.clients["lead"], f"/{town.tenant.slug}/vorhaben/"
    make_project(town.tenant.pk)
    assert "Wo wir stehen" not in text(lead.get(projects))
    lead.post(path(town, "festhalten/"))
    assert "nicht bestimmbar. Stand" in text(lead.get(projects))


def test_regular_operation_can_be_reached_by_what_people_enter(town):
    """PF-01: every condition of the phase has a field, a value or a page of its own."""
    row = make_project(town.tenant.pk)
    editor = town.clients["editor"]
    form = {
        "title": row.title,
        "field_of_action": row.field_of_action,
        "goal": row.goal,
        "unit": row.unit,
        "starts_on": "2025-01-01",
        "financing": "budget",
        "operator": "Bauhof",
        "sponsor": "Rat",
        "beneficiaries": "alle",
        "rhythm_months": "3",
        "benefit_kind": "inside_administration",
        "strategy_goal": "Klima 2030",
        "is_line_owned": "True",
        "budget_is_permanent": "False",
    }
    page = f"/{town.tenant.slug}/vorhaben/{row.pk}/"
    assert editor.post(f"{page}bearbeiten/", form).status_code == 302
    shown = text(editor.get(f"{page}bearbeiten/"))
    assert '<option value="False" selected>nein</option>' in shown
    record = text(editor.get(page))
    assert "<dt>Fachamt zuständig</dt><dd>ja</dd>" in record
    assert 'ein Fachamt ist zuständig <span class="small muted">erfüllt</span>' in record
    with town.scope():
        row.refresh_from_db()
    assert (row.is_line_owned, row.budget_is_permanent) == (True, False)
