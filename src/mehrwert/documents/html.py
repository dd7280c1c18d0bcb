"""A document as HTML: a fragment for a page of ours, or a file that stands alone.

Texts are escaped; a drawing is put in as it is and must come from our own figures.
"""

from html import escape
from itertools import count
from pathlib import Path

from mehrwert.documents.model import (
    Box,
    Document,
    Fields,
    Figure,
    Listing,
    PageBreak,
    Paragraph,
    Runs,
    Table,
)
from mehrwert.documents.outline import Flat, Heading, flat, notes
from mehrwert.documents.words import word

_STYLE = Path(__file__).with_name("paper.css")
_MARKS = {"strong": "strong", "emphasis": "em"}


def html(document: Document) -> bytes:
    """Return the document as a file of its own, without script and without outside addresses."""
    metadata = document.metadata
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title>"
        f'<meta name="author" content="{escape(metadata.author)}">'
        f'<meta name="description" content="{escape(metadata.subject)}">'
        f'<meta name="dcterms.created" content="{escape(metadata.created)}">'
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style>"
    )
    furniture = document.furniture
    top = f"<header><p>{escape(furniture.header)}</p></header>" if furniture.header else ""
    bottom = f"<footer><p>{escape(furniture.footer)}</p></footer>" if furniture.footer else ""
    text = (
        f'<!doctype html>\n<html lang="{document.language}"><head>{head}</head><body>'
        f"{top}<main>{fragment(document)}</main>{bottom}</body></html>\n"
    )
    return text.encode("utf-8")


def fragment(document: Document, *, level: int = 1) -> str:
    """Return the document as part of a page.

    Args:
        document: What is shown.
        level: Heading level of the title; sections follow below it.
    """
    return _Writer(document, level).written()


class _Writer:
    """Writes one document; counts footnotes and tables for ids."""

    def __init__(self, document: Document, level: int) -> None:
        self.document = document
        self.level = level
        self.note_numbers = count(1)
        self.ids = count(1)

    def written(self) -> str:
        document = self.document
        parts = [f"<h{self.level}>{escape(document.title)}</h{self.level}>"]
        if document.subtitle:
            parts.append(f'<p class="doc-subtitle">{escape(document.subtitle)}</p>')
        if document.furniture.banner:
            parts.append(f'<p class="doc-banner">{escape(document.furniture.banner)}</p>')
        blocks = flat(document)
        if document.contents:
            parts.append(self._contents(blocks))
        parts.extend(self._block(block) for block in blocks)
        parts.append(self._notes())
        return f'<article class="doc" lang="{document.language}">{"".join(parts)}</article>'

    def _contents(self, blocks: tuple[Flat, ...]) -> str:
        name = word("contents", self.document.language)
        items = "".join(
            f'<li><a href="#doc-{escape(block.key)}">{escape(block.text)}</a></li>'
            for block in blocks
            if isinstance(block, Heading) and block.level == 1
        )
        return f'<nav class="doc-contents" aria-label="{name}"><ol>{items}</ol></nav>'

    def _block(self, block: Flat) -> str:
        if isinstance(block, Heading):
            tag = f"h{min(block.level + self.level, 6)}"
            return f'<{tag} id="doc-{escape(block.key)}">{escape(block.text)}</{tag}>'
        if isinstance(block, Paragraph):
            return f'<p class="doc-{block.role}">{self._runs(block.runs)}</p>'
        if isinstance(block, Listing):
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>{self._items(block.items)}</{tag}>"
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Box):
            return self._box(block)
        if isinstance(block, Fields):
            return self._fields(block)
        assert isinstance(block, PageBreak)
        return '<hr class="doc-break">'

    def _runs(self, runs: Runs) -> str:
        parts = []
        for run in runs:
            text = escape(run.text)
            if tag := _MARKS.get(run.style):
                text = f"<{tag}>{text}</{tag}>"
            if run.link:
                text = f'<a href="{escape(run.link)}">{text}</a>'
            if run.note:
                n = next(self.note_numbers)
                place = f'id="doc-ref-{n}" href="#doc-note-{n}" role="doc-noteref"'
                text += f"<sup><a {place}>{n}</a></sup>"
            parts.append(text)
        return "".join(parts)

    def _items(self, items: tuple[Runs, ...]) -> str:
        return "".join(f"<li>{self._runs(item)}</li>" for item in items)

    def _source(self, source: str) -> str:
        if not source:
            return ""
        text = word("source", self.document.language, source=source)
        return f'<p class="doc-small">{escape(text)}</p>'

    def _table(self, table: Table) -> str:
        name = f"doc-table-{next(self.ids)}"
        ends = [' class="doc-end"' if c.align == "end" else "" for c in table.columns]
        head = "".join(
            f'<th scope="col"{end}>{escape(column.header)}</th>'
            for column, end in zip(table.columns, ends, strict=True)
        )
        rows = []
        for row in table.rows:
            cells = [f"<td{end}>{escape(cell)}</td>" for cell, end in zip(row, ends, strict=True)]
            if table.row_headers:
                cells[0] = f'<th scope="row"{ends[0]}>{escape(row[0])}</th>'
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return (
            f'<div class="doc-scroll" role="region" tabindex="0" aria-labelledby="{name}"><table>'
            f'<caption id="{name}">{escape(table.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
            f"{self._source(table.source)}"
        )

    def _figure(self, figure: Figure) -> str:
        return (
            f"<figure><figcaption>{escape(figure.caption)}</figcaption>"
            f'<div role="img" aria-label="{escape(figure.alternative)}">{figure.svg}</div>'
            f"{self._source(figure.source)}</figure>"
        )

    def _box(self, box: Box) -> str:
        parts = []
        for part in box.parts:
            name = f"doc-box-{next(self.ids)}"
            parts.append(
                f'<div><p class="doc-box-title" id="{name}">{escape(part.title)}</p>'
                f'<ul aria-labelledby="{name}">{self._items(part.items)}</ul></div>'
            )
        return f'<div class="doc-box">{"".join(parts)}</div>'

    def _fields(self, block: Fields) -> str:
        rows = "".join(
            f"<div><dt>{escape(field.label)}</dt><dd>{escape(field.value)}</dd></div>"
            for field in block.fields
        )
        return f"<dl>{rows}</dl>"

    def _notes(self) -> str:
        language = self.document.language
        found = notes(self.document)
        if not found:
            return ""
        items = "".join(
            f'<li id="doc-note-{n}">{escape(text)} '
            f'<a href="#doc-ref-{n}" role="doc-backlink">{word("back", language)}</a></li>'
            for n, text in enumerate(found, 1)
        )
        title = word("notes", language)
        return f'<section role="doc-endnotes" aria-label="{title}"><ol>{items}</ol></section>'
