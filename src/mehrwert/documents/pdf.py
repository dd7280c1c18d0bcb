"""A document as PDF/A-3a and PDF/UA-1, with its own data attached.

Typst draws; it refuses to write what breaks the promised standards as far as it can see. It
prints empty pages when a font is missing, so that is checked before and after.
"""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mehrwert.documents.errors import DocumentError, MissingFontError
from mehrwert.documents.model import Attachment, Document, Table
from mehrwert.documents.outline import Flat, document_json, flat
from mehrwert.documents.sheets import LETTER, Paper
from mehrwert.documents.widths import shares
from mehrwert.documents.words import word

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
FAMILY = "Fira Sans"
STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
TREE_NAME = "document.json"
_STAND_INS = {"\u202f": "\u00a0", "\u2011": "-", "\u2009": "\u00a0"}
_UNKNOWN = "\u00bf"


def pdf(document: Document, *, paper: Paper = LETTER) -> bytes:
    """Return the document as PDF; the same document gives the same bytes.

    Besides its attachments the file carries ``document.json``, the canonical tree, whose SHA-256
    is the checksum printed at its end.

    Raises:
        MissingFontError: The fonts are not installed.
        DocumentError: Typst refuses the document, for example a drawing that is no SVG.
    """
    day = date.fromisoformat(document.metadata.created)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    data = {**_handed_over(document, day), "paper": _paper(paper)}
    given = json.dumps(data, ensure_ascii=False)
    return _compiled(HERE.joinpath("pdf.typ").read_bytes(), given, moment)


@lru_cache(maxsize=1)
def fonts() -> "typst.Fonts":
    """Return the installed fonts, read once per process.

    Raises:
        MissingFontError: No file of the family was found.
    """
    import typst

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    if FAMILY not in found.families():
        raise MissingFontError(f"{FAMILY} is not installed; run tools/vendor")
    return found


def _compiled(source: bytes, given: str, moment: datetime) -> bytes:
    import typst

    compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    try:
        written, warnings = compiler.compile_with_warnings(
            source,
            format="pdf",
            sys_inputs={"document": given},
            pdf_standards=STANDARDS,
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise DocumentError(error.message) from error
    if any("font" in warning.message for warning in warnings):
        raise MissingFontError("; ".join(warning.message for warning in warnings))
    if not isinstance(written, bytes):
        raise DocumentError("typst returned no single file")
    return written


def _handed_over(document: Document, day: date) -> dict[str, Any]:
    """Return what the template reads; characters that the font lacks are replaced."""
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "author": document.metadata.author,
        "subject": document.metadata.subject,
        "keywords": list(document.metadata.keywords),
        "date": [day.year, day.month, day.day],
        "header": document.furniture.header,
        "footer": document.furniture.footer,
        "banner": document.furniture.banner,
        "contents": document.contents,
        "contents-word": word("contents", document.language),
        "continued-words": word("continued", document.language, title="{title}"),
        "page-words": word("page", document.language, n="{n}", total="{total}"),
        "blocks": [_block(block, document) for block in flat(document)],
    }
    printable: dict[str, Any] = _printable(data)
    own = Attachment(
        TREE_NAME, "application/json", document_json(document).decode(), document.title
    )
    printable["attachments"] = msgspec.to_builtins((*document.attachments, own))
    return printable


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "is-sheet": paper.orientation == "landscape",
        "left": paper.left_mm,
        "right": paper.right_mm,
        "table": paper.table_pt,
    }


def _block(block: Flat, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(block)
    if isinstance(block, Table):
        data["shares"] = shares(block)
    if data.get("source"):
        data["source"] = word("source", document.language, source=data["source"])
    return data


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


def _printable_text(text: str) -> str:
    known = _characters()
    if all(ord(letter) in known for letter in text):
        return text
    return "".join(
        letter if ord(letter) in known else _STAND_INS.get(letter, _UNKNOWN) for letter in text
    )


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    """Return the code points that the font can show, as written down when it was installed."""
    try:
        ranges = json.loads((FONTS / "characters.json").read_bytes())
    except FileNotFoundError as error:
        raise MissingFontError("characters.json is missing; run tools/vendor") from error
    listed = {code for first, last in ranges for code in range(first, last + 1)}
    return frozenset(listed | {0x0A, 0xA0, 0xAD})
