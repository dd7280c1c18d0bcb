"""Workbooks: both formats hold the same cells, and their formulas give what stands there."""

from fractions import Fraction

import pytest

from mehrwert.documents.workbook import Book, Cell, Formula, Look, Sheet, column_name, ods, xlsx
from mehrwert.documents.workbook.ods import open_formula

from .recomputing import read_ods, read_xlsx, recomputed

ROWS = [
    [Cell("Einwohner & <Zahl>", Look.HEAD), Cell(10_000, Look.INPUT)],
    [],
    [Cell("Summe"), Cell(""), Cell(Formula("=$B$1*(B4+5*B5)", Fraction(35_000)), Look.SUM)],
    [Cell("einmalig"), Cell(Fraction(1))],
    [Cell("jährlich"), Cell(Fraction(1, 2)), Cell(Formula("=SUM(B4:B5)", Fraction(3, 2)))],
]
BOOK = Book("Kosten", [Sheet("Fünf Jahre", ROWS, (20, 10, 12))], "2026-11-28")


@pytest.mark.parametrize(("write", "read"), [(xlsx, read_xlsx), (ods, read_ods)])
def test_formulas_give_the_values_that_stand_beside_them(write, read):
    data = write(BOOK)
    values, formulas = read(data)
    assert values["A1"] == "Einwohner & <Zahl>"
    assert values["B1"] == 10_000
    assert recomputed(values, formulas) == {"C3": 35_000, "C5": 1.5}
    assert {name: values[name] for name in formulas} == {"C3": 35_000, "C5": 1.5}
    assert write(BOOK) == data


def test_open_formula_puts_cells_in_brackets():
    assert open_formula("=SUM(N12:N21)-$B$4") == "of:=SUM([.N12:.N21])-[.$B$4]"


def test_columns_have_letters():
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
