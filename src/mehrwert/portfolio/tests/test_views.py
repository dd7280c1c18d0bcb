"""Pages of the room as people use them."""

from mehrwert.portfolio.models import Project

from .factories import make_project

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
