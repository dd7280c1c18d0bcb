"""Rows of a list as profiles (CAT-213)."""

import pytest

from mehrwert.base.tests.workbook import write_workbook
from mehrwert.catalogue.errors import EmptyListError, ListTooLongError
from mehrwert.catalogue.list_files import read_list
from mehrwert.catalogue.rules.measures import (
    keep_told,
    propose_targets,
    read_day,
    read_measure,
)


def measure(row: dict[str, str], targets: list[str], words=None):
    return read_measure(7, list(row), list(row.values()), targets, words or {})


def test_headings_tell_what_stands_below_them():
    names = ["Lfd. Nr.", "Maßnahme", "Kurzbeschreibung", "Handlungsfeld", "Status", "Beginn", "Amt"]
    assert propose_targets(names) == [
        "key",
        "/name",
        "/short_description",
        "/fields_of_action",
        "/status",
        "/status_since",
        "/contact/unit",
    ]
    assert propose_targets(["Name", "Projektname", "Farbe"]) == ["/name", "", ""]


def test_known_words_become_values_and_unknown_ones_are_asked_for():
    row = {"Name": "Rufbus", "Feld": "Verkehr; Umwelt", "Status": "läuft gut"}
    targets = ["/name", "/fields_of_action", "/status"]
    found = measure(row, targets)
    assert found.profile == {
        "name": "Rufbus",
        "fields_of_action": ["Mobilität", "Umwelt & Klimaschutz"],
    }
    assert found.asked == [("/status", "läuft gut")]
    assert (found.row, found.problems[0].column) == (7, "Status")
    answered = measure(row, targets, {"/status": {"läuft gut": "operation"}})
    assert answered.profile["status"] == "operation"
    assert not answered.problems
    left_out = measure(row, targets, {"/status": {"läuft gut": ""}})
    assert "status" not in left_out.profile
    assert not left_out.problems


def test_nothing_said_stays_unknown_and_persons_do_not_get_in():
    row = {"Name": "Bus", "Text": "Fragen an anna@ort.example, 0921 / 123456", "Status": "k. A."}
    found = measure(row, ["/name", "/note", "/status"])
    assert found.profile == {"name": "Bus", "note": "Fragen an [entfernt], [entfernt]"}
    assert measure({"Name": "", "Note": "x"}, ["/name", "/note"]).key == ""


def test_long_texts_dates_and_addresses():
    text = "Wort " * 60
    row = {"Name": "A", "Kurz": text, "Seit": "17.05.2024", "Quelle": "www.ort.example/a"}
    found = measure(row, ["/name", "/short_description", "/status_since", "/sources"])
    assert found.profile["description"] == text.strip()
    assert found.profile["short_description"].endswith("…")
    assert found.profile["status_since"] == "2024-05-17"
    assert found.profile["sources"] == [{"url": "https://www.ort.example/a"}]
    wrong = measure(
        {"Name": "A", "Seit": "bald", "Q": "Rathaus"}, ["/name", "/status_since", "/sources"]
    )
    assert [told.text for told in wrong.problems] == ["bald", "Rathaus"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024", "2024"),
        ("05/2024", "2024-05"),
        ("5.2024", "2024-05"),
        ("1.2.2024", "2024-02-01"),
        ("2024-05-17 00:00:00", "2024-05-17"),
        ("13/2024", ""),
        ("Q3", ""),
    ],
)
def test_days_are_read_as_offices_write_them(text, day):
    assert read_day(text) == day


def test_what_people_wrote_stays():
    old = {"name": "A", "problem": "von Hand", "note": "alt"}
    new = {"name": "B", "note": "neu"}
    merged = keep_told(old, ["/problem"], new, ["/name", "/problem", "/note"])
    assert merged == {"name": "B", "problem": "von Hand", "note": "neu"}


def test_files_of_three_kinds_give_the_same_table(tmp_path):
    rows = [["Name", "Status"], ["Rufbus", "Pilot"], ["Müll; App", ""]]
    csv = 'Liste der Stadt;\n\nName;Status\nRufbus;Pilot\n"Müll; App";\n'.encode("cp1252")
    excel = write_workbook(tmp_path / "a.xlsx", {"Blatt": [["Liste der Stadt"], [], *rows]})
    json = '{"data": [{"Name": "Rufbus", "Status": "Pilot"}, {"Name": "Müll; App"}]}'.encode()
    tables = [read_list(csv)[""], read_list(excel.read_bytes())["Blatt"], read_list(json)[""]]
    assert [table.rows for table in tables] == [rows[1:]] * 3
    assert [table.first_row for table in tables] == [4, 4, 2]


def test_line_breaks_inside_cells_stay():
    table = read_list(b'Name;Text\nA;"eins\nzwei"\nB;drei\n')[""]
    assert table.rows[0] == ["A", "eins\nzwei"]


def test_what_is_no_list_says_so():
    for data in (b"[1, 2]", b"{", b"Name;Status\n"):
        with pytest.raises(EmptyListError):
            read_list(data)
    with pytest.raises(ListTooLongError):
        read_list(b"Name;Status\n" + b"A;B\n" * 1001)
