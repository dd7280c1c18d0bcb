"""Excel workbooks in the wizard (OBS-11): sheets asked, headers of two rows, dates, bombs."""

import zipfile

import pytest

from mehrwert.base.tables import workbooks
from mehrwert.base.tests.workbook import write_workbook
from mehrwert.connectors.table_files.choices import ImportState
from mehrwert.connectors.table_files.rules.sheets import look_at

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
DAY = 46_143.0  # 1 May 2026
LEVELS = [
    ["Logger Mühlbach"],
    [],
    ["", "Pegel", "", "Luft"],
    ["Datum", "Wasserstand", "Temperatur", "Temperatur"],
    *[[(DAY + n, 1), 1.5 + n, 12.25, "" if n == 2 else 20.0] for n in range(4)],
    *[[""] for _ in range(30)],
]
OLD = [["Tag", "Menge"], *[[(DAY + n, 1), n + 0.5] for n in range(3)]]
NAMES = ["Datum", "Pegel Wasserstand", "Pegel Temperatur", "Luft Temperatur"]


@pytest.fixture
def book(tmp_path):
    def make(sheets):
        return write_workbook(tmp_path / "werte.xlsx", sheets).read_bytes()

    return make


def names_in(answer):
    return [column.name for column in answer.context["preview"].columns]


def test_names_of_two_rows_are_joined_and_titles_left_out():
    head = [["Titel"], [], ["", "Pegel", "", "Luft"], ["Datum", "W", "T", "T"]]
    layout = look_at([*head, ["1.5.2026", "1,5", "2"]])
    assert layout.names == ["Datum", "Pegel W", "Pegel T", "Luft T"]
    assert (layout.header_row, layout.first_row, layout.decimal) == (4, 5, ",")
    plain = look_at([["2026-05-01", "1.5"], ["2026-05-02", "2"]])
    assert (plain.header_row, plain.first_row, plain.names) == (0, 1, [])


def test_one_sheet_is_read_like_a_table_and_doing_it_twice_changes_nothing(town, book):
    data = book({"Werte": LEVELS})
    first = town.take(data)
    assert (first.state, first.tally["created"]) == (ImportState.STORED.value, 11)
    assert town.values("Pegel Wasserstand") == [
        ("2026-04-30 22:00", 1.5),
        ("2026-05-01 22:00", 2.5),
        ("2026-05-02 22:00", 3.5),
        ("2026-05-03 22:00", 4.5),
    ]
    assert set(town.series()) == set(NAMES[1:])
    again = town.take(data)
    assert (again.tally["created"], again.state) == (0, ImportState.STORED.value)


def test_of_several_sheets_it_is_asked_which(town, book, media):
    data = book({"Hinweise": [["Nur Text"]], "Werte": LEVELS, "Alt": OLD})
    answer = town.upload(data, "werte.xlsx")
    (row,) = town.rows()
    page = town.path(f"{row.pk}/blatt/")
    assert answer["Location"] == page
    assert (row.sheets, row.sheet) == (["Hinweise", "Werte", "Alt"], "Werte")
    assert "Welches Blatt?" in town.client.get(page).content.decode()
    assert town.client.post(page, {"sheet": "Gibt es nicht"}).status_code == 422
    assert town.client.post(page, {"sheet": "Hinweise"}).status_code == 422
    kept = town.client.get(town.path(f"{row.pk}/spalten/"))
    assert names_in(kept) == NAMES
    chosen = town.client.post(page, {"sheet": "Alt"}, follow=True)
    assert names_in(chosen) == ["Tag", "Menge"]
    town.client.post(town.path(f"{row.pk}/verwerfen/"))
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("kind", ["bomb", "broken", "empty", "old"])
def test_no_honest_workbook_is_refused_in_a_sentence(town, book, kind, monkeypatch, media):
    data = book({"Werte": [["x"]] if kind == "empty" else LEVELS})
    if kind == "bomb":
        monkeypatch.setattr(workbooks, "MOST_BYTES", 500)
    elif kind == "broken":
        part = media.parent / "b.xlsx"
        with zipfile.ZipFile(part, "w") as archive:
            archive.writestr("xl/workbook.xml", "<workbook")
        data = part.read_bytes()
    elif kind == "old":
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600
    refused = town.upload(data, "werte.xlsx")
    assert refused.status_code == 422
    assert refused.context["form"].errors["file"]
    assert town.rows() == []
    assert [path for path in media.rglob("*") if path.is_file()] == []
