"""The text of a DOCX: the body, its footnotes, its pictures and what it links to."""

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

EMU_PER_MM = 36_000
TWIPS_PER_MM = 1440 / 25.4
BULLETS = 1
_ROLES = {"body": "Normal", "typed": "Typed", "lead": "Lead", "small": "Small"}
_TEXT_STYLES = {"strong": "Strong", "emphasis": "Emphasis"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


class Body:
    """Writes the text of one document and gathers what other parts need on the way.

    Attributes:
        pictures: Names and contents below ``word/``.
        relations: Id, type, target, mode of everything the body points to.
        footnotes: XML of the footnotes.
        numberings: How many numbered lists there are; each begins at 1.
    """

    def __init__(self, document: Document, paper: Paper = LETTER) -> None:
        self.document = document
        self._width_mm = paper.text_mm
        self.pictures: list[tuple[str, bytes | str]] = []
        self.relations: list[tuple[str, str, str, str]] = []
        self.footnotes: list[str] = []
        self.numberings = 0
        self._ids = count(1)

    def written(self) -> str:
        """Return the content of ``w:body`` without the section at its end."""
        document = self.document
        parts = [styled("Title", text(document.title))]
        if document.subtitle:
            parts.append(styled("Subtitle", text(document.subtitle)))
        if document.furniture.banner:
            parts.append(styled("Banner", text(document.furniture.banner)))
        blocks = flat(document)
        if document.contents:
            parts.append(self._contents(blocks))
        parts.extend(self._block(block) for block in blocks)
        return "".join(parts)

    def _block(self, block: Flat) -> str:
        if isinstance(block, Heading):
            n = next(self._ids)
            mark = f'<w:bookmarkStart w:id="{n}" w:name="{anchor(block.key)}"/>'
            end = f'<w:bookmarkEnd w:id="{n}"/>'
            return styled(f"Heading{block.level}", f"{mark}{text(block.text)}{end}")
        if isinstance(block, Paragraph):
            return styled(_ROLES[block.role], self._runs(block.runs))
        if isinstance(block, Listing):
            return self._list(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Box):
            return self._box(block)
        if isinstance(block, Fields):
            return "".join(
                styled("Field", f"{text(one.label)}<w:r><w:tab/></w:r>{text(one.value)}")
                for one in block.fields
            )
        assert isinstance(block, PageBreak)
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def _contents(self, blocks: tuple[Flat, ...]) -> str:
        """Return a contents field with its entries written out; no page numbers to go stale."""
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            ' TOC \\o "1-1" \\n \\h </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        entries = [
            styled(
                "TOC1",
                (begin if index == 0 else "")
                + f'<w:hyperlink w:anchor="{anchor(one.key)}">{text(one.text)}</w:hyperlink>',
            )
            for index, one in enumerate(
                block for block in blocks if isinstance(block, Heading) and block.level == 1
            )
        ]
        end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        name = styled("Caption", text(word("contents", self.document.language)))
        return f"{name}{''.join(entries)}{end}"

    def _relation(self, kind: str, target: str, mode: str = "Internal") -> str:
        name = f"rId{len(self.relations) + 100}"
        self.relations.append((name, f"{_OFFICE}/{kind}", target, mode))
        return name

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        style = _TEXT_STYLES.get(run.style, "Hyperlink" if run.link else "")
        written = text(run.text, style)
        if run.link:
            name = self._relation("hyperlink", clean(run.link), "External")
            written = f'<w:hyperlink r:id="{name}" w:history="1">{written}</w:hyperlink>'
        if run.note:
            n = len(self.footnotes) + 1
            mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            body = styled("FootnoteText", f"{mark}<w:footnoteRef/></w:r>{text(f' {run.note}')}")
            self.footnotes.append(f'<w:footnote w:id="{n}">{body}</w:footnote>')
            written += f'{mark}<w:footnoteReference w:id="{n}"/></w:r>'
        return written

    def _list(self, block: Listing) -> str:
        number = BULLETS
        if block.ordered:
            self.numberings += 1
            number = BULLETS + self.numberings
        return "".join(self._item(item, number) for item in block.items)

    def _item(self, item: Runs, number: int) -> str:
        numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return styled("ListParagraph", self._runs(item), numbered)

    def _table(self, table: Table) -> str:
        ends = ['<w:jc w:val="right"/>' if c.align == "end" else "" for c in table.columns]
        widths = [round(part * self._width_mm * TWIPS_PER_MM) for part in shares(table)]
        head = "".join(
            cell(width, styled("TableHeading", text(column.header), end))
            for width, column, end in zip(widths, table.columns, ends, strict=True)
        )
        styles = ["TableText"] * len(widths)
        if table.row_headers:
            styles[0] = "TableHeading"
        rows = "".join(
            row("".join(
                cell(width, styled(style, text(value), end))
                for width, style, value, end in zip(widths, styles, values, ends, strict=True)
            ))
            for values in table.rows
        )  # fmt: skip
        grid = framed("PaperTable", table.caption, widths, row(head, is_head=True) + rows)
        after = self._source(table.source) or styled("Small", "")
        return styled("Caption", text(table.caption)) + grid + after

    def _box(self, box: Box) -> str:
        width = round(self._width_mm * TWIPS_PER_MM / len(box.parts))
        head = "".join(cell(width, styled("BoxHeading", text(part.title))) for part in box.parts)
        body = "".join(
            cell(width, "".join(self._item(item, BULLETS) for item in part.items))
            for part in box.parts
        )
        name = " / ".join(part.title for part in box.parts)
        rows = row(head, is_head=True) + f"<w:tr>{body}</w:tr>"
        return framed("PaperBox", name, [width] * len(box.parts), rows) + styled("Small", "")

    def _figure(self, figure: Figure) -> str:
        drawn, n = drawing(figure.svg), len(self.pictures) // 2 + 1
        self.pictures += [(f"media/{n}.png", drawn.png), (f"media/{n}.svg", drawn.svg)]
        png = self._relation("image", f"media/{n}.png")
        svg = self._relation("image", f"media/{n}.svg")
        width, height = (round(mm * EMU_PER_MM) for mm in (drawn.width_mm, drawn.height_mm))
        said = f'descr="{clean(figure.alternative)}" title="{clean(figure.caption)}"'
        picture = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{next(self._ids)}" name="figure{n}" {said}/>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
            f'<pic:cNvPr id="{n}" name="figure{n}" {said}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{png}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
            f'r:embed="{svg}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            f"</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
            f"</w:drawing></w:r>"
        )
        caption = styled("Caption", text(figure.caption))
        return caption + styled("Figure", picture) + self._source(figure.source)

    def _source(self, source: str) -> str:
        if not source:
            return ""
        return styled("Small", text(word("source", self.document.language, source=source)))


def anchor(key: str) -> str:
    """Return a bookmark name; Word allows letters, digits and the underscore, 40 at most."""
    return "s_" + "".join(c if c.isalnum() else "_" for c in key)[:38]


def text(content: str, style: str = "") -> str:
    """Return a run of text."""
    if not content:
        return ""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{clean(content)}</w:t></w:r>'


def styled(style: str, content: str, more: str = "") -> str:
    """Return a paragraph of a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>'


def cell(width: int, content: str) -> str:
    """Return a cell; an empty one still needs a paragraph."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content or "<w:p/>"}</w:tc>'


def row(cells: str, *, is_head: bool = False) -> str:
    """Return a row that is not torn; a head repeats on every page and names its columns."""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def framed(style: str, caption: str, widths: list[int], rows: str) -> str:
    """Return a table; its first row and, for values, its first column are headers."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    first = 1 if style == "PaperTable" else 0
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{first}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{clean(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
