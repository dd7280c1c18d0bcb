"""The document as every writer sees it: one flat row of blocks with heading levels.

All formats are written from this row, so that they contain the same texts in the same order.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from mehrwert.documents.canonical import canonical, fingerprint
from mehrwert.documents.errors import DocumentError
from mehrwert.documents.model import (
    Block,
    Box,
    Document,
    Field,
    Fields,
    Figure,
    Listing,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Section,
    Source,
    Table,
)
from mehrwert.documents.words import word

DEEPEST = 4


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading; level 1 stands right below the title of the document."""

    level: int
    text: str
    key: str


Flat = Heading | Paragraph | Listing | Table | Figure | Box | Fields | PageBreak


def document_hash(document: Document) -> str:
    """Return the SHA-256 of the canonical tree: same input and versions, same hash."""
    return fingerprint(msgspec.to_builtins(document))


def document_json(document: Document) -> bytes:
    """Return the tree as canonical JSON, for storing."""
    return canonical(msgspec.to_builtins(document))


def read_document(stored: bytes) -> Document:
    """Return the tree stored by ``document_json``.

    Raises:
        DocumentError: The bytes are no document.
    """
    try:
        return msgspec.json.decode(stored, type=Document)
    except msgspec.DecodeError as error:
        raise DocumentError(str(error)) from error


def flat(document: Document) -> tuple[Flat, ...]:
    """Return the blocks in reading order, with sources and provenance at the end."""
    ending = [section for section in _endings(document) if section.blocks]
    return tuple(_flat((*document.blocks, *ending), level=1))


def plain_text(document: Document) -> list[str]:
    """Return every text a reader meets, one entry per heading, paragraph, item and cell."""
    texts = [text for text in (document.title, document.subtitle) if text]
    for block in flat(document):
        texts.extend(_texts(block))
    return texts


def joined(runs: Runs) -> str:
    """Return the text of runs without their footnotes."""
    return "".join(run.text for run in runs)


def notes(document: Document) -> list[str]:
    """Return the footnotes in order."""
    return [
        run.note for block in flat(document) for runs in _runs_of(block) for run in runs if run.note
    ]


def _flat(blocks: tuple[Block, ...], level: int) -> Iterator[Flat]:
    if level > DEEPEST + 1:
        raise DocumentError(f"sections are nested deeper than {DEEPEST}")
    for block in blocks:
        if isinstance(block, Section):
            yield Heading(level, block.title, block.key)
            yield from _flat(block.blocks, level + 1)
            continue
        yield block
        if isinstance(block, Figure):
            yield block.table


def _endings(document: Document) -> Iterator[Section]:
    language = document.language
    sources = tuple(_source(source, document) for source in document.sources)
    listed = (Listing(sources, ordered=True),) if sources else ()
    yield Section("sources", word("sources", language), listed)
    sums = tuple(
        (
            Run(
                word(
                    "checksum",
                    language,
                    name=one.name,
                    description=one.description,
                    sum=hashlib.sha256(one.text.encode()).hexdigest(),
                )
            ),
        )
        for one in document.attachments
    )
    yield Section("attachments", word("attachments", language), (Listing(sums),) if sums else ())
    own = Field(word("fingerprint", language), f"SHA-256 {document_hash(document)}")
    rows = (*document.provenance, own)
    yield Section("provenance", word("provenance", language), (Fields(rows),))


def _source(source: Source, document: Document) -> Runs:
    day = word("as_of", document.language, day=source.as_of) if source.as_of else ""
    tail = ", ".join(part for part in (day, source.licence) if part)
    first = Run(source.text, link=source.link)
    return (first, Run(f", {tail}")) if tail else (first,)


def _runs_of(block: Flat) -> Iterator[Runs]:
    if isinstance(block, Paragraph):
        yield block.runs
    elif isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Box):
        for part in block.parts:
            yield from part.items


def _texts(block: Flat) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Table):
        yield block.caption
        yield from (column.header for column in block.columns)
        yield from (cell for row in block.rows for cell in row)
        yield block.source
    elif isinstance(block, Figure):
        yield from (block.caption, block.source)
    elif isinstance(block, Fields):
        yield from (text for field in block.fields for text in (field.label, field.value))
    elif isinstance(block, Box):
        for part in block.parts:
            yield part.title
            yield from (joined(item) for item in part.items)
    else:
        yield from (joined(runs) for runs in _runs_of(block))
