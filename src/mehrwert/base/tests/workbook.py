"""Makes small Excel workbooks for tests, as a spreadsheet writes them."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy"/>'
    '<numFmt numFmtId="171" formatCode="0.00 &quot;Std&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
    "</styleSheet>"
)
Cell = str | float | tuple[float, int]


def write_workbook(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: str = ""
) -> Path:
    """Write sheets of rows; a pair is a number with its style, an empty text is no cell."""
    texts: list[str] = []
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{i}" r:id="r{i}" state="{state}"/>'
            for i, name in enumerate(names, 1)
            for state in ["hidden" if name == hidden else "visible"]
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{i}" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(names) + 1)
        )
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        for i, name in enumerate(names, 1):
            rows = "".join(_row(row, n, texts) for n, row in enumerate(sheets[name], 1) if row)
            book.writestr(
                f"xl/worksheets/sheet{i}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            )
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
        book.writestr("xl/styles.xml", STYLES)
    return path


def _row(row: Sequence[Cell], number: int, texts: list[str]) -> str:
    cells = "".join(_cell(value, number, column, texts) for column, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _cell(value: Cell, row: int, column: int, texts: list[str]) -> str:
    place = f"{chr(65 + column)}{row}"
    if isinstance(value, str):
        if not value:
            return ""
        texts.append(value)
        return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
    number, style = value if isinstance(value, tuple) else (value, 0)
    return f'<c r="{place}" s="{style}"><v>{number!r}</v></c>'
