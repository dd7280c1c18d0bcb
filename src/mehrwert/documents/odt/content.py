"""The text of an ODT: ``content.xml`` and the pictures it names."""

from itertools import count

from mehrwert.documents.model import (
    Box,
    Document,
    Fields,
    Figure,
    Listing,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Table,
)
from mehrwert.documents.outline import Flat, Heading, flat
from mehrwert.documents.packing import clean, drawing
from mehrwert.documents.sheets import LETTER, Paper
from mehrwert.documents.widths import shares
from mehrwert.documents.words import word

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_ROLES = {"body": "Standard", "typed": "Typed", "lead": "Lead", "small": "Small"}
_TEXT_STYLES = {"strong": "Strong", "emphasis": "Emphasis"}
_CELLS = (
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
    'fo:padding="1.2mm" fo:border="none" fo:border-bottom="0.5pt solid #7f8ea0"/></style:style>'
    '<style:style style:name="CellHead" style:family="table-cell"><style:table-cell-properties '
    'fo:padding="1.2mm" fo:border="none" fo:border-bottom="1pt solid #0f2137" '
    'fo:background-color="#eef3f8"/></style:style>'
    '<style:style style:name="CellBox" style:family="table-cell"><style:table-cell-properties '
    'fo:padding="2mm" fo:border="1.2pt solid #0a4b8c"/></style:style>'
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties '
    'fo:keep-together="always"/></style:style>'
)


class Content:
    """Writes the text of one document and gathers its styles and pictures on the way."""

    def __init__(self, document: Document, paper: Paper = LETTER, *, first_page: str = "") -> None:
        self.document = document
        self._first_page = first_page
        self._width_mm = paper.text_mm
        self.pictures: list[tuple[str, bytes | str]] = []
        self._styles = [_CELLS]
        self._tables, self._notes = count(1), count(1)

    def written(self) -> str:
        """Return ``content.xml``."""
        document = self.document
        parts = [paragraph(self._title_style(), clean(document.title))]
        if document.subtitle:
            parts.append(paragraph("Subtitle", clean(document.subtitle)))
        if document.furniture.banner:
            parts.append(paragraph("Banner", clean(document.furniture.banner)))
        blocks = flat(document)
        if document.contents:
            parts.append(self._contents(blocks))
        parts.extend(self._block(block) for block in blocks)
        names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>'
            f'<office:document-content {names} office:version="1.3">'
            f"<office:automatic-styles>{''.join(self._styles)}</office:automatic-styles>"
            f"<office:body><office:text>{''.join(parts)}</office:text></office:body>"
            f"</office:document-content>"
        )

    def _title_style(self) -> str:
        """Return the style of the title; on a house's own first page it also names that page."""
        if not self._first_page:
            return "Title"
        self._styles.append(
            '<style:style style:name="FirstTitle" style:family="paragraph" '
            'style:parent-style-name="Title" '
            f'style:master-page-name="{clean(self._first_page)}"/>'
        )
        return "FirstTitle"

    def _block(self, block: Flat) -> str:
        if isinstance(block, Heading):
            return heading(block)
        if isinstance(block, Paragraph):
            return paragraph(_ROLES[block.role], self._runs(block.runs))
        if isinstance(block, Listing):
            return self._list(block.items, "Numbers" if block.ordered else "Bullets")
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Box):
            return self._box(block)
        if isinstance(block, Fields):
            return "".join(
                paragraph("Field", f"{clean(one.label)}<text:tab/>{clean(one.value)}")
                for one in block.fields
            )
        assert isinstance(block, PageBreak)
        return paragraph("Page_20_Break", "")

    def _contents(self, blocks: tuple[Flat, ...]) -> str:
        name = clean(word("contents", self.document.language))
        entries = "".join(
            paragraph(
                "List_20_Item",
                f'<text:a xlink:type="simple" xlink:href="#{clean(block.key)}">'
                f"{clean(block.text)}</text:a>",
            )
            for block in blocks
            if isinstance(block, Heading) and block.level == 1
        )
        return (
            '<text:table-of-content text:name="contents"><text:table-of-content-source '
            'text:outline-level="1"><text:index-title-template>'
            f"{name}</text:index-title-template></text:table-of-content-source>"
            f'<text:index-body><text:index-title text:name="contents-title">'
            f"{paragraph('Caption', name)}</text:index-title>{entries}</text:index-body>"
            "</text:table-of-content>"
        )

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        text = clean(run.text)
        if style := _TEXT_STYLES.get(run.style):
            text = f'<text:span text:style-name="{style}">{text}</text:span>'
        if run.link:
            text = (
                f'<text:a xlink:type="simple" xlink:href="{clean(run.link)}" '
                f'text:style-name="Internet_20_link">{text}</text:a>'
            )
        if run.note:
            n = next(self._notes)
            text += (
                f'<text:note text:id="note{n}" text:note-class="footnote">'
                f"<text:note-citation>{n}</text:note-citation><text:note-body>"
                f"{paragraph('Footnote', clean(run.note))}</text:note-body></text:note>"
            )
        return text

    def _list(self, items: tuple[Runs, ...], style: str) -> str:
        written = "".join(
            f"<text:list-item>{paragraph('List_20_Item', self._runs(item))}</text:list-item>"
            for item in items
        )
        return f'<text:list text:style-name="{style}">{written}</text:list>'

    def _columns(self, parts: tuple[float, ...]) -> tuple[str, str]:
        """Return the name of a new table and its columns, whose styles are noted down."""
        name = f"Table{next(self._tables)}"
        self._styles.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties '
            f'style:width="{self._width_mm}mm" table:align="left" fo:margin-bottom="3mm"/>'
            "</style:style>"
        )
        columns = []
        for index, part in enumerate(parts):
            width = f'style:column-width="{part * self._width_mm:.2f}mm"'
            self._styles.append(
                f'<style:style style:name="{name}.{index}" style:family="table-column">'
                f"<style:table-column-properties {width}/></style:style>"
            )
            columns.append(f'<table:table-column table:style-name="{name}.{index}"/>')
        return name, "".join(columns)

    def _table(self, table: Table) -> str:
        name, columns = self._columns(shares(table))
        ends = ["_20_End" if column.align == "end" else "" for column in table.columns]
        plain = ["Table_20_End" if end else "Table_20_Contents" for end in ends]
        head = "".join(
            cell("CellHead", paragraph(f"Table_20_Heading{end}", clean(column.header)))
            for column, end in zip(table.columns, ends, strict=True)
        )
        rows = []
        for values in table.rows:
            styles = [f"Table_20_Heading{ends[0]}", *plain[1:]] if table.row_headers else plain
            cells = zip(styles, values, strict=True)
            rows.append(row("".join(cell("Cell", paragraph(s, clean(v))) for s, v in cells)))
        return (
            f"{paragraph('Caption', clean(table.caption))}"
            f'<table:table table:name="{name}" table:style-name="{name}">'
            f"<table:title>{clean(table.caption)}</table:title>{columns}"
            f"<table:table-header-rows>{row(head)}</table:table-header-rows>{''.join(rows)}"
            f"</table:table>{self._source(table.source)}"
        )

    def _box(self, box: Box) -> str:
        name, columns = self._columns(tuple(1 / len(box.parts) for _ in box.parts))
        head = "".join(
            cell("CellBox", paragraph("Box_20_Heading", clean(part.title))) for part in box.parts
        )
        body = "".join(cell("CellBox", self._list(part.items, "Bullets")) for part in box.parts)
        title = " / ".join(part.title for part in box.parts)
        return (
            f'<table:table table:name="{name}" table:style-name="{name}">'
            f"<table:title>{clean(title)}</table:title>{columns}"
            f"<table:table-header-rows>{row(head)}</table:table-header-rows>"
            f"{row(body)}</table:table>"
        )

    def _figure(self, figure: Figure) -> str:
        drawn, n = drawing(figure.svg), len(self.pictures) // 2 + 1
        files: list[tuple[str, bytes | str]]
        files = [(f"Pictures/{n}.svg", drawn.svg), (f"Pictures/{n}.png", drawn.png)]
        self.pictures.extend(files)
        images = "".join(
            f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/>'
            for name, _content in files
        )
        frame = (
            f'<draw:frame draw:name="figure{n}" text:anchor-type="as-char" '
            f'svg:width="{drawn.width_mm:.2f}mm" svg:height="{drawn.height_mm:.2f}mm">{images}'
            f"<svg:title>{clean(figure.caption)}</svg:title>"
            f"<svg:desc>{clean(figure.alternative)}</svg:desc></draw:frame>"
        )
        caption = paragraph("Caption", clean(figure.caption))
        return f"{caption}{paragraph('Figure', frame)}{self._source(figure.source)}"

    def _source(self, source: str) -> str:
        if not source:
            return ""
        return paragraph("Small", clean(word("source", self.document.language, source=source)))


def heading(block: Heading) -> str:
    """Return a heading with its anchor."""
    mark = f'<text:bookmark text:name="{clean(block.key)}"/>'
    level = f'text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}"'
    return f"<text:h {level}>{mark}{clean(block.text)}</text:h>"


def paragraph(style: str, content: str) -> str:
    """Return a paragraph of a named style; the content is XML already."""
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def cell(style: str, content: str) -> str:
    """Return a cell of a table."""
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{content}'
        "</table:table-cell>"
    )


def row(cells: str) -> str:
    """Return a row that is not torn over two pages."""
    return f'<table:table-row table:style-name="Row">{cells}</table:table-row>'
