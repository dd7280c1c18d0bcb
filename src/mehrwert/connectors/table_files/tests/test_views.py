"""The way of a table through the pages, and everything that can be wrong with it."""

import csv
import io

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings

from mehrwert.base.dispatcher import body_limit_mb
from mehrwert.base.models import AuditRow
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files import actions
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.queries import list_problems

from .conftest import last_job, work_off

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])

WEATHER = (
    "Zeit;Lufttemperatur [°C];Regen (mm);Bemerkung\n"
    "01.07.2025 00:00;15,5;0,2;trocken\n"
    "01.07.2025 00:15;15,25;;nass\n"
    "01.07.2025 00:30;defekt;0,4;nass\n"
)
OCTOBER = "Zeit;Rad\n26.10.2025 01:45;1\n26.10.2025 02:00;2\n26.10.2025 02:00;3\n"
PAGES = ["", "{n}/", "{n}/spalten/", "{n}/rueckgaengig/", "{n}/hinweise.csv"]
STEPS = [
    "",
    "{n}/spalten/",
    "{n}/schreibweise/",
    "{n}/zeitumstellung/",
    "{n}/uebernehmen/",
    "{n}/rueckgaengig/",
    "{n}/abbrechen/",
    "{n}/verwerfen/",
]


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def number_of(response) -> int:
    return int(response["Location"].split("/")[4])


def test_from_file_to_series_and_back(town):
    number = number_of(town.upload(WEATHER))
    page = text_of(town.client.get(town.path(f"{number}/spalten/")))
    assert "sieht aus wie Niederschlag in Millimetern" in page
    assert "sieht aus wie die Zeit" in page
    town.describe(number)
    page = text_of(town.client.get(town.path(f"{number}/")))
    assert "„defekt“ ist keine Zahl." in page
    assert town.series() == {}
    town.client.post(town.path(f"{number}/uebernehmen/"))
    assert "wird übernommen" in text_of(town.client.get(town.path(f"{number}/")))
    work_off()
    page = text_of(town.client.get(town.path(f"{number}/")))
    assert "4 neue Werte sind gespeichert" in page
    assert town.values("Lufttemperatur") == [
        ("2025-06-30 22:00", 15.5),
        ("2025-06-30 22:15", 15.25),
    ]
    assert town.values("Regen") == [("2025-06-30 22:00", 0.2), ("2025-06-30 22:30", 0.4)]
    assert "Import rückgängig machen?" in text_of(
        town.client.get(town.path(f"{number}/rueckgaengig/"))
    )
    assert town.undo(number).state == "undone"
    assert town.series() == {}
    verbs = list(AuditRow.objects.filter(kind="import").values_list("verb", "actor_label"))
    assert verbs == [("import", "editor"), ("undo_import", "editor")]


def test_nothing_is_stored_before_uebernehmen_and_the_file_goes_away(town, media):
    number = number_of(town.upload(WEATHER))
    town.describe(number)
    assert town.series() == {}
    assert len([p for p in media.rglob("*") if p.is_file()]) == 1
    town.client.post(town.path(f"{number}/verwerfen/"))
    assert town.rows() == []
    assert [p for p in media.rglob("*") if p.is_file()] == []


def test_the_file_is_removed_after_it_was_taken_over(town, media):
    assert town.take(WEATHER).path == ""
    assert [p for p in media.rglob("*") if p.is_file()] == []


def test_reading_the_same_file_again_changes_nothing(town):
    town.take(WEATHER)
    before = town.values("Regen")
    again = town.take(WEATHER)
    assert (again.tally["created"], again.tally["values"]) == (0, 4)
    assert "4 waren schon da" in text_of(town.client.get(town.path(f"{again.pk}/")))
    assert town.values("Regen") == before
    assert len(town.series()) == 2


def test_a_different_value_is_kept_and_reported_or_replaced_and_restored(town):
    town.take(WEATHER)
    changed = WEATHER.replace("0,2", "0,9")
    kept = town.take(changed)
    assert "Er wurde behalten" in text_of(town.client.get(town.path(f"{kept.pk}/")))
    assert town.values("Regen")[0][1] == 0.2
    replaced = town.take(changed, difference="replace")
    assert town.values("Regen")[0][1] == 0.9
    town.undo(replaced.pk)
    assert town.values("Regen")[0][1] == 0.2


def test_values_go_into_a_series_that_exists(town):
    town.take(WEATHER)
    series = town.series()["Regen"].id
    row = town.take(
        "Zeit;n\n01.08.2025 00:00;7\n", role_1=str(series), thing="neu", thing_name="ganz anders"
    )
    assert row.tally["created"] == 1
    assert town.values("Regen")[-1] == ("2025-07-31 22:00", 7.0)
    town.undo(row.pk)
    assert len(town.values("Regen")) == 2


def test_the_question_of_the_repeated_hour_is_asked_only_when_it_matters(town):
    number = number_of(town.upload(OCTOBER))
    town.describe(number)
    page = text_of(town.client.get(town.path(f"{number}/")))
    assert "Was steht in diesen Zeilen?" in page
    town.client.post(town.path(f"{number}/uebernehmen/"))
    assert town.row(number).state == "checked"
    town.client.post(town.path(f"{number}/zeitumstellung/"), {"change": "both"})
    town.client.post(town.path(f"{number}/uebernehmen/"))
    work_off()
    assert town.values("Rad") == [
        ("2025-10-25 23:45", 1.0),
        ("2025-10-26 00:00", 2.0),
        ("2025-10-26 01:00", 3.0),
    ]
    plain = number_of(town.upload(WEATHER))
    town.describe(plain)
    assert "Was steht in diesen Zeilen?" not in text_of(town.client.get(town.path(f"{plain}/")))


def test_another_way_of_reading_can_be_chosen(town):
    number = number_of(town.upload("a|b\n2025-01-01 00:00|1.234\n"))
    page = text_of(town.client.get(town.path(f"{number}/spalten/")))
    assert "Ob das Komma oder der Punkt" not in page
    given = {
        "encoding": "utf-8-sig",
        "delimiter": "|",
        "decimal": ".",
        "header_row": 1,
        "first_row": 2,
    }
    town.client.post(town.path(f"{number}/schreibweise/"), given)
    town.describe(number)
    town.client.post(town.path(f"{number}/uebernehmen/"))
    work_off()
    assert town.values("b") == [("2024-12-31 23:00", 1.234)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer"),
        (b"PK\x03\x04", "Das ist eine Excel-Arbeitsmappe"),
        (b"\x89PNG\r\n\x1a\n", "Die Datei enthält keinen Text"),
        (b"Hallo\nWelt\n", "keine Spalten mit Zeit und Werten"),
        (b"\x1f\x8bkaputt", "Die gepackte Datei ist beschädigt"),
    ],
)
def test_what_is_no_table_gets_one_sentence_and_leaves_nothing(town, media, content, sentence):
    answer = town.upload(content)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert town.rows() == []
    assert [p for p in media.rglob("*") if p.is_file()] == []


def test_a_file_in_the_wrong_encoding_names_row_and_column(town):
    late = "Zeit;Wert\n" + "01.07.2025 00:00;1\n" * 20_000 + "01.07.2025 00:15;4ü\n"
    number = number_of(town.upload(late.encode("cp1252")))
    town.describe(number)
    work_off()
    with tenant_scope(town.tenant.pk):
        codes = set(list_problems(town.row(number)).values_list("row", "code"))
    assert (20_002, "encoding") in codes


def test_a_comma_in_a_file_with_points_names_row_and_column(town):
    number = number_of(town.upload("t;v\n2025-01-01;1.5\n2025-01-02;2.5\n2025-01-03;3,5\n"))
    town.describe(number)
    page = text_of(town.client.get(town.path(f"{number}/")))
    assert "„3,5“ passt nicht zum gewählten Dezimalzeichen" in page
    assert "Zeile 4" in page


def test_an_unknown_unit_names_its_column_and_can_be_allowed(town):
    number = number_of(town.upload("Zeit;Zufluss [Foo]\n2025-01-01 00:00;1\n"))
    answer = town.describe(number)
    assert answer.status_code == 422
    assert "Spalte B: Die Einheit „Foo“ ist nicht bekannt." in text_of(answer)
    town.describe(number, own_units="on")
    town.client.post(town.path(f"{number}/uebernehmen/"))
    work_off()
    assert town.series()["Zufluss"].unit_symbol == "Foo"


def test_a_file_without_one_readable_value_is_not_taken_over(town):
    number = number_of(town.upload("t;v\n2025-01-01;x\n2025-01-02;y\n"))
    town.describe(number, role_1="new")
    page = town.client.get(town.path(f"{number}/"))
    assert "kein einziger Wert" in text_of(page)
    town.client.post(town.path(f"{number}/uebernehmen/"))
    assert town.row(number).state == "checked"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role_0": "ignore"}, "genau eine Spalte als Zeit"),
        ({"role_1": "time"}, "genau eine Spalte als Zeit"),
        ({"role_1": "ignore", "role_2": "ignore"}, "mindestens eine Spalte mit Werten"),
        ({"name_1": " "}, "einen Namen"),
        ({"name_2": "Lufttemperatur"}, "Diesen Namen hat schon eine andere Spalte"),
        ({"thing_name": ""}, "Messstelle einen Namen"),
        ({"covers": "from", "interval_s": "0"}, "wie lang der Zeitraum ist"),
        ({"role_1": "4711"}, "Das steht nicht zur Wahl."),
    ],
)
def test_a_wrong_form_says_what_to_do(town, changes, sentence):
    number = number_of(town.upload(WEATHER))
    answer = town.describe(number, **changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_all_remarks_can_be_downloaded_and_no_cell_becomes_a_formula(town):
    number = number_of(town.upload("Zeit;=cmd\n2025-01-01 00:00;=1+1\n2025-01-02 00:00;2\n"))
    town.describe(number, role_1="new")
    answer = town.client.get(town.path(f"{number}/hinweise.csv"))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Zeile", "Spalte", "Name der Spalte", "Art", "Was ist damit?"]
    assert rows[1] == ["2", "B", "'=cmd", "Fehler", "„=1+1“ ist keine Zahl."]


def test_a_job_that_died_can_be_continued_or_taken_back(town):
    number = number_of(town.upload(WEATHER))
    town.describe(number)
    town.client.post(town.path(f"{number}/uebernehmen/"))
    job = last_job()
    job.state, job.error = "failed", "Der Auftrag brach mehrmals ab und wurde aufgegeben."
    job.save()
    page = text_of(town.client.get(town.path(f"{number}/")))
    assert "nichts wird doppelt gespeichert" in page
    town.client.post(town.path(f"{number}/uebernehmen/"))
    work_off()
    assert town.row(number).tally["created"] == 4


def test_a_large_file_is_checked_by_a_job(town, monkeypatch):
    monkeypatch.setattr("mehrwert.connectors.table_files.actions.steps.SMALL_BYTES", 10)
    number = number_of(town.upload(WEATHER))
    town.describe(number)
    assert "wird geprüft" in text_of(town.client.get(town.path(f"{number}/")))
    fragment = town.client.get(town.path(f"{number}/"), headers={"HX-Request": "true"})
    assert "<html" not in text_of(fragment)
    work_off()
    assert town.row(number).state == "checked"


def test_the_list_is_paged(town):
    for _ in range(21):
        town.upload(WEATHER)
    first = town.client.get(town.path())
    assert len(first.context["lines"]) == 20
    assert len(town.client.get(town.path(), {"seite": 2}).context["lines"]) == 1


@pytest.mark.parametrize("rest", PAGES)
def test_another_town_sees_nothing(town, elsewhere, rest):
    number = town.take(WEATHER).pk
    town.upload(WEATHER)
    page = elsewhere.client.get(elsewhere.path(rest.format(n=number)))
    assert page.status_code == (200 if rest == "" else 404)
    assert "Wetter_Bauhof" not in text_of(page)
    assert elsewhere.client.get(town.path(rest.format(n=number))).status_code == 404


@pytest.mark.parametrize("rest", STEPS[1:])
def test_another_town_changes_nothing(town, elsewhere, rest):
    row = town.take(WEATHER)
    answer = elsewhere.client.post(elsewhere.path(rest.format(n=row.pk)), {"change": "both"})
    assert answer.status_code == 404
    assert town.row(row.pk).state == "stored"


@pytest.mark.parametrize("rest", STEPS)
def test_who_only_reads_may_not_import(town, rest):
    number = number_of(town.upload(WEATHER))
    assert town.clients["viewer"].get(town.path()).status_code == 403
    assert town.clients["viewer"].post(town.path(rest.format(n=number))).status_code == 403


@pytest.mark.parametrize("rest", STEPS)
def test_a_town_that_is_only_shown_takes_nothing(town, frozen, rest):
    answer = frozen.client.post(frozen.path(rest.format(n=1)))
    assert answer.status_code == 403


def test_nobody_signed_in_is_led_to_the_sign_in(town):
    assert "/konto/anmelden/" in Client().get(town.path())["Location"]


def test_uploads_may_be_larger_than_other_requests_but_not_endless():
    limit = django_settings.MEHRWERT.upload_limit_mb
    assert body_limit_mb("/auental/daten/einlesen/") == limit
    assert body_limit_mb("/auental/daten/") == django_settings.MEHRWERT.body_limit_mb
    assert limit < 2048


def test_drafts_that_nobody_took_up_are_cleared_away(town, media):
    number = number_of(town.upload(WEATHER))
    assert actions.clear_old_files() == 0
    with tenant_scope(town.tenant.pk):
        TableImport.objects.filter(pk=number).update(created_us=0)
    assert actions.clear_old_files() == 1
    assert town.rows() == []
    assert [p for p in media.rglob("*") if p.is_file()] == []


@override_settings(LANGUAGE_CODE="de")
def test_the_pages_speak_english_too(town):
    number = number_of(town.upload(WEATHER))
    page = text_of(town.client.get(f"/en{town.path(f'{number}/spalten/')}"))
    assert "looks like precipitation in millimetres" in page.lower()
