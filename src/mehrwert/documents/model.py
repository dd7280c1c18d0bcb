"""A document as data: a tree of frozen values, in the order in which it is read.

A composer makes the tree, a writer turns it into bytes; neither knows the other. Headings come
from nested sections, so that no level is ever skipped. Texts are final: numbers are already
written as people write them, and nothing is rounded again.
"""

from typing import Literal

import msgspec

Language = Literal["de", "en"]


class Run(msgspec.Struct, frozen=True):
    """A piece of text with one look.

    Args:
        text: What is read.
        style: ``strong`` and ``emphasis`` carry meaning, not decoration.
        link: Address that the text leads to.
        note: Footnote behind the text.
    """

    text: str
    style: Literal["plain", "strong", "emphasis"] = "plain"
    link: str = ""
    note: str = ""


Runs = tuple[Run, ...]


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """A paragraph; ``lead`` stands out, ``small`` steps back, ``typed`` was written by a person."""

    runs: Runs
    role: Literal["body", "lead", "small", "typed"] = "body"


class Listing(msgspec.Struct, frozen=True, tag="list"):
    """A list of short texts."""

    items: tuple[Runs, ...]
    ordered: bool = False


class Column(msgspec.Struct, frozen=True):
    """One column of a table: header, side of its values, share of the width."""

    header: str
    align: Literal["start", "end"] = "start"
    weight: int = 1


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A table of values; the first row names the columns, the first cell of a row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_headers: bool = True
    source: str = ""


class Figure(msgspec.Struct, frozen=True, tag="figure"):
    """A drawing with its text alternative and the numbers it shows.

    Args:
        caption: Its name.
        svg: The drawing; fixed colours, font ``Fira Sans``.
        alternative: What the drawing says, for people who do not see it.
        table: The numbers; printed below the drawing.
        source: Where the numbers come from, with date.
    """

    caption: str
    svg: str
    alternative: str
    table: Table
    source: str = ""


class BoxPart(msgspec.Struct, frozen=True):
    """One column of a box: a title and its lines."""

    title: str
    items: tuple[Runs, ...]


class Box(msgspec.Struct, frozen=True, tag="box"):
    """Parts that are compared side by side and stay together."""

    parts: tuple[BoxPart, ...]


class Field(msgspec.Struct, frozen=True):
    """A label and its value."""

    label: str
    value: str


class Fields(msgspec.Struct, frozen=True, tag="fields"):
    """Labelled values, one below the other."""

    fields: tuple[Field, ...]


class PageBreak(msgspec.Struct, frozen=True, tag="page_break"):
    """What follows begins on a new page."""


class Section(msgspec.Struct, frozen=True, tag="section"):
    """A heading and what stands below it; ``key`` is stable and becomes an anchor."""

    key: str
    title: str
    blocks: "tuple[Block, ...]" = ()


Block = Paragraph | Listing | Table | Figure | Box | Fields | PageBreak | Section


class Source(msgspec.Struct, frozen=True):
    """Where something comes from."""

    text: str
    link: str = ""
    as_of: str = ""
    licence: str = ""


class Attachment(msgspec.Struct, frozen=True):
    """A text file that travels inside the PDF: the numbers, so that anybody can recalculate."""

    name: str
    media_type: Literal["application/json", "text/csv"]
    text: str
    description: str


class Metadata(msgspec.Struct, frozen=True):
    """What a file says about itself.

    Args:
        author: The organisation, never a person.
        created: Day of the paper, ``YYYY-MM-DD``; also the date inside every file.
        subject: One sentence.
        keywords: Terms for the filing system.
    """

    author: str
    created: str
    subject: str = ""
    keywords: tuple[str, ...] = ()


class Furniture(msgspec.Struct, frozen=True):
    """What stands on every page: ``banner`` says draft or demo and cannot be overlooked."""

    header: str = ""
    footer: str = ""
    banner: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole paper."""

    title: str
    kind: str
    language: Language = "de"
    subtitle: str = ""
    metadata: Metadata
    furniture: Furniture = Furniture()
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    provenance: tuple[Field, ...] = ()
    contents: bool = False
