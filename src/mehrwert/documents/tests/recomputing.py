"""Works the formulas of a workbook out again, from the file alone: sums, products, counts."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

_NAME = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_RANGE = re.compile(r"SUM\(([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\)")
_COUNT = re.compile(r"COUNT\(([A-Z]+[0-9]+):([A-Z]+[0-9]+)\)")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_xlsx(data):
    """Return (cell → text or number, cell → formula) of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    values, formulas = {}, {}
    for cell in root.iter(f"{_MAIN}c"):
        name = cell.get("r")
        text = cell.findtext(f"{_MAIN}v")
        values[name] = float(text) if text is not None else "".join(cell.itertext())
        if (formula := cell.findtext(f"{_MAIN}f")) is not None:
            formulas[name] = formula
    return values, formulas


def read_ods(data):
    """Return the same of an ODS; formulas in the spelling of cells without brackets."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("content.xml"))
    values, formulas = {}, {}
    table = next(root.iter(f"{_TABLE}table"))
    for row, cells in enumerate(table.iter(f"{_TABLE}table-row"), 1):
        for place, cell in enumerate(cells):
            name = f"{chr(65 + place)}{row}"
            number = cell.get(f"{_OFFICE}value")
            text = "".join(cell.itertext())
            if number is not None or text:
                values[name] = float(number) if number is not None else text
            if (formula := cell.get(f"{_TABLE}formula")) is not None:
                assert formula.startswith("of:=")
                formulas[name] = formula[4:].replace("[.", "").replace(":.", ":").replace("]", "")
    return values, formulas


def recomputed(values, formulas):
    """Return cell → number, every formula worked out anew from what was typed."""
    typed = {name: value for name, value in values.items() if name not in formulas}

    def value_of(name):
        if name in formulas:
            return evaluate(formulas[name])
        found = typed.get(name, 0.0)
        return found if isinstance(found, float) else 0.0

    def evaluate(formula):
        counted = _COUNT.sub(
            lambda found: str(sum(isinstance(typed.get(name), float) for name in found.groups())),
            formula,
        )
        spread = _RANGE.sub(_spread, counted)
        numbers = _NAME.sub(lambda found: repr(value_of(found[1] + found[2])), spread)
        assert re.fullmatch(r"[-+*/()>.e0-9]+", numbers), numbers
        return eval(numbers)  # only digits and signs

    return {name: evaluate(formula) for name, formula in formulas.items()}


def _spread(found):
    rows = range(int(found[2]), int(found[4]) + 1)
    return "(" + "+".join(f"{found[1]}{row}" for row in rows) + ")"
