"""Excel workbooks as rows of text."""

import zipfile

import pytest

from mehrwert.base.tables.errors import BrokenWorkbookError, OldWorkbookError
from mehrwert.base.tables.workbooks import is_workbook, list_sheets, read_sheet

from .workbook import MAIN, write_workbook


def test_cells_are_read_as_a_spreadsheet_shows_them(tmp_path):
    rows = [
        ["Name", "", "Beginn"],
        [],
        ["Müll & Co", 0.1, (45_429.0, 1)],
        [7, (45_429.5, 2), (2.5, 3)],
    ]
    path = write_workbook(tmp_path / "a.xlsx", {"Maßnahmen": rows})
    assert is_workbook(path)
    assert list(read_sheet(path)) == [
        ["Name", "", "Beginn"],
        [],
        ["Müll & Co", "0.1", "2024-05-17"],
        ["7", "2024-05-17 12:00:00", "2.5"],
    ]


def test_hidden_sheets_are_left_out_and_one_is_chosen_by_name(tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx", {"Hilfe": [["x"]], "Liste": [["a"]], "Andere": [["b"]]}, hidden="Hilfe"
    )
    assert list_sheets(path) == ["Liste", "Andere"]
    assert list(read_sheet(path, "Andere")) == [["b"]]
    with pytest.raises(BrokenWorkbookError):
        list(read_sheet(path, "Hilfe"))


def test_old_and_damaged_files_say_what_to_do(tmp_path):
    old, broken, plain = (tmp_path / name for name in ("a.xls", "b.xlsx", "c.zip"))
    old.write_bytes(b"\xd0\xcf\x11\xe0rest")
    broken.write_bytes(write_workbook(tmp_path / "d.xlsx", {"A": [["x"]]}).read_bytes()[:-30])
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "x")
    assert is_workbook(old)
    assert not is_workbook(plain)
    with pytest.raises(OldWorkbookError, match="alten Format"):
        list_sheets(old)
    for path in (broken, plain):
        with pytest.raises(BrokenWorkbookError):
            list(read_sheet(path))


def test_entities_are_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook xmlns="{MAIN}"/>'
        book.writestr("xl/workbook.xml", bomb)
    with pytest.raises(BrokenWorkbookError):
        list_sheets(path)
