"""A workbook as Office Open XML (ECMA-376)."""

from collections.abc import Iterator, Sequence

from mehrwert.documents.packing import clean, packed

from .model import Book, Cell, Formula, Sheet, column_name, plain_number

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# fonts plain, bold; fills none, grey (fixed by the format), head, input; five looks of ``Look``
_STYLES = (
    f"{_XML}<styleSheet {_MAIN}>"
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE6EBF0"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF6D6"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>'
    '<xf numFmtId="4" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fillId="3" applyFill="1"/>'
    '<xf numFmtId="4" fontId="1" applyFont="1" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def xlsx(book: Book) -> bytes:
    """Return the book; a spreadsheet works all formulas out again when it opens it."""
    numbers = range(1, len(book.sheets) + 1)
    sheets = [
        (f"xl/worksheets/sheet{n}.xml", _sheet(sheet))
        for n, sheet in zip(numbers, book.sheets, strict=True)
    ]
    members: list[tuple[str, bytes | str]] = [
        ("[Content_Types].xml", _types(numbers)),
        ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", _workbook(book)),
        ("xl/_rels/workbook.xml.rels", _relations(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
             ("styles", "styles.xml")]
        )),
        ("xl/styles.xml", _STYLES),
        *sheets,
    ]  # fmt: skip
    return packed(members, book.created)


def _types(numbers: range) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="{name}" ContentType="{_CONTENT}.{kind}+xml"/>'
            for name, kind in parts
        )
        + "</Types>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet name="{clean(sheet.name)}" sheetId="{n}" r:id="r{n}"/>'
        for n, sheet in enumerate(book.sheets, 1)
    )
    return (
        f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        '<calcPr calcId="0" fullCalcOnLoad="1"/></workbook>'
    )


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(
        f'<row r="{n}">{"".join(_cells(n, row))}</row>' for n, row in enumerate(sheet.rows, 1)
    )
    return (
        f"{_XML}<worksheet {_MAIN}><cols>{columns}</cols><sheetData>{rows}</sheetData></worksheet>"
    )


def _cells(row: int, cells: Sequence[Cell]) -> Iterator[str]:
    for place, cell in enumerate(cells):
        if cell.value != "":
            yield _cell(f"{column_name(place)}{row}", cell)


def _cell(name: str, cell: Cell) -> str:
    start = f'<c r="{name}" s="{cell.look.value}"'
    value = cell.value
    if isinstance(value, str):
        text = f'<t xml:space="preserve">{clean(value)}</t>'
        return f'{start} t="inlineStr"><is>{text}</is></c>'
    if isinstance(value, Formula):
        formula = clean(value.text.removeprefix("="))
        return f"{start}><f>{formula}</f><v>{plain_number(value.value)}</v></c>"
    return f"{start}><v>{plain_number(value)}</v></c>"
