"""A workbook as OpenDocument spreadsheet (ODF 1.3, formulas in OpenFormula)."""

import re
from string import Template

from mehrwert.documents.packing import clean, packed

from .model import Book, Cell, Formula, Look, Sheet, plain_number

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_CELL = r"\$?[A-Z]{1,3}\$?[0-9]+"
_REFERENCE = re.compile(rf"(?<![A-Z$])({_CELL})(:{_CELL})?")
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
_CONTENT = Template(
    f'{_XML}<office:document-content {_SPACES} xmlns:of="urn:oasis:names:tc:opendocument:'
    'xmlns:of:1.2" office:version="1.3"><office:automatic-styles>'
    '<number:number-style style:name="N2"><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>$columns"
    '<style:style style:name="c0" style:family="table-cell"/>'
    '<style:style style:name="c1" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#e6ebf0"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="c3" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#fff6d6"/></style:style>'
    '<style:style style:name="c4" style:family="table-cell" style:data-style-name="N2">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>$sheets"
    "</office:spreadsheet></office:body></office:document-content>"
)
_META = Template(
    f'{_XML}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
    "<dc:title>$title</dc:title><dc:language>$language</dc:language><dc:date>${day}T00:00:00"
    "</dc:date></office:meta></office:document-meta>"
)
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    f'manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CM_PER_CHARACTER = 0.19


def ods(book: Book) -> bytes:
    """Return the book; an office works all formulas out again when asked to."""
    widths = sorted({width for sheet in book.sheets for width in sheet.widths})
    columns = "".join(
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _CM_PER_CHARACTER:.2f}cm"/>'
        "</style:style>"
        for width in widths
    )
    content = _CONTENT.substitute(columns=columns, sheets="".join(map(_sheet, book.sheets)))
    meta = _META.substitute(title=clean(book.title), language=book.language, day=book.created)
    return packed(
        [
            ("mimetype", ODS_TYPE),
            ("content.xml", content),
            ("meta.xml", meta),
            ("META-INF/manifest.xml", _MANIFEST),
        ],
        book.created,
    )


def open_formula(text: str) -> str:
    """Return a formula as OpenFormula spells it: cells in brackets, arguments by semicolon."""
    inner = _REFERENCE.sub(_bracketed, text.removeprefix("=").replace(",", ";"))
    return f"of:={inner}"


def _bracketed(found: re.Match[str]) -> str:
    last = found[2]
    return f"[.{found[1]}{':.' + last[1:] if last else ''}]"


def _sheet(sheet: Sheet) -> str:
    columns = "".join(f'<table:table-column table:style-name="w{w}"/>' for w in sheet.widths)
    rows = "".join(
        f"<table:table-row>{''.join(map(_cell, row)) or '<table:table-cell/>'}</table:table-row>"
        for row in sheet.rows
    )
    return f'<table:table table:name="{clean(sheet.name)}">{columns}{rows}</table:table>'


def _cell(cell: Cell) -> str:
    value = cell.value
    if value == "":
        return "<table:table-cell/>"
    start = f'<table:table-cell table:style-name="c{cell.look.value}"'
    if isinstance(value, str):
        kind = 'office:value-type="string"'
        return f"{start} {kind}><text:p>{clean(value)}</text:p></table:table-cell>"
    formula = ""
    if isinstance(value, Formula):
        formula = f' table:formula="{clean(open_formula(value.text))}"'
        value = value.value
    number = plain_number(value)
    shown = f"{float(value):.2f}" if cell.look in {Look.AMOUNT, Look.SUM} else number
    return (
        f'{start}{formula} office:value-type="float" office:value="{number}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
