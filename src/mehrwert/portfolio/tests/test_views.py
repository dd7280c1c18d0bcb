"""Pages of the room as people use them."""

from datetime import date

from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.portfolio import actions
from mehrwert.portfolio.models import Project

from .factories import LENA, make_project
from .test_indicators import definition

SIX = {
    "title": "Bach beobachten",
    "field_of_action": "Wasser",
    "goal": "Wir warnen früher.",
    "unit": "Bauamt",
    "starts_on": "2026-02-01",
    "solution": "",
}


def test_an_empty_list_says_what_to_do_first(town):
    said = town.clients["viewer"].get(town.path()).content.decode()
    assert "Sechs Angaben genügen" in said


def test_six_fields_lead_to_the_file_of_the_project(town):
    answer = town.clients["editor"].post(town.path("neu/"), SIX, follow=True)
    said = answer.content.decode()
    assert "Das Vorhaben ist angelegt." in said
    assert "Es ist offen, wer das Vorhaben später betreibt." in said


def test_what_is_not_known_of_a_project_is_said_in_one_line(town):
    row = make_project(town.tenant.pk)
    page = town.clients["lead"].get(town.path(f"{row.pk}/")).content.decode()
    facts = page.split('id="angaben"')[1].split("</dl>")[0]
    assert facts.count("<dt>Noch nicht bekannt</dt>") == 1
    assert "Art des Nutzens, Fachamt zuständig, Unbefristet im Haushalt, Standard" in facts
    assert "<dt>Haushaltsstelle</dt>" not in facts


def test_wrong_input_is_answered_in_words_and_stores_nothing(town):
    answer = town.clients["editor"].post(
        town.path("neu/"), {**SIX, "title": "", "solution": "gibt-es-nicht"}
    )
    assert answer.status_code == 422
    assert "Diese Lösung gibt es hier nicht." in answer.content.decode()
    with town.scope():
        assert Project.objects.count() == 0


def test_a_solution_is_named_as_people_know_it(town):
    solution = make_solution("app", name="Bürger-App")
    page = town.clients["editor"].get(town.path("neu/")).content.decode()
    assert '<option value="Bürger-App">' in page
    for given in ("bürger-app", "app", "https://mehrwert.example/loesungen/app/"):
        town.clients["editor"].post(town.path("neu/"), {**SIX, "solution": given})
    make_solution("app-2", name="Bürger-App")
    answer = town.clients["editor"].post(town.path("neu/"), {**SIX, "solution": "Bürger-App"})
    assert answer.status_code == 422
    with town.scope():
        assert set(Project.objects.values_list("solution", flat=True)) == {solution.pk}


def test_the_file_says_what_comes_next(town):
    """One thing at a time: the indicator, the order, a date, what is late."""
    row = make_project(town.tenant.pk)
    path = town.path(f"{row.pk}/")
    editor = town.clients["editor"]
    assert "Kennzahl der Wirkung anlegen" in editor.get(path).content.decode()
    assert "naechstes" not in town.clients["viewer"].get(path).content.decode()
    with town.scope():
        actions.define_indicator(definition(), project=row, actor=LENA)
    assert "Ist der Auftrag da?" in editor.get(path).content.decode()
    with town.scope():
        actions.advance_project(row, "P1", on=date(2026, 3, 1), actor=LENA)
    assert "Bis wann soll das nächste Tor erreicht sein?" in editor.get(path).content.decode()
    with town.scope():
        actions.plan_gates(row, {"P2": date(2026, 4, 1)}, actor=LENA)
    assert "P2 Aufbau fertig ist überfällig." in editor.get(path).content.decode()
    with town.scope():
        actions.advance_project(row, "P5", on=date(2026, 5, 1), note="vorbei", actor=LENA)
    assert "naechstes" not in editor.get(path).content.decode()


def test_a_gate_that_is_barred_says_why(town):
    row = make_project(town.tenant.pk)
    for gate in ("P1", "P2", "P3"):
        town.clients["editor"].post(town.path(f"{row.pk}/tore/{gate}/"), {"on": "2026-03-01"})
    answer = town.clients["editor"].post(town.path(f"{row.pk}/tore/P4/"), {"on": "2026-03-01"})
    assert answer.status_code == 422
    assert "noch nicht in Betrieb gehen" in answer.content.decode()


def test_who_reads_changes_nothing(town):
    row = make_project(town.tenant.pk)
    assert town.clients["viewer"].get(town.path(f"{row.pk}/bearbeiten/")).status_code == 403
