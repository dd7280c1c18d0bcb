"""The paper of a house: its own ODT and Word templates, and files written on them."""

from dataclasses import dataclass

from mehrwert.base.marks import mark
from mehrwert.documents.docx import docx, read_docx_template
from mehrwert.documents.errors import TemplateError
from mehrwert.documents.model import Document
from mehrwert.documents.odt import odt, read_odt_template
from mehrwert.documents.unpacking import Package
from mehrwert.evaluation.choices import PaperState
from mehrwert.evaluation.models import CouncilPaper, HouseTemplate

KINDS = ("odt", "docx")
# code of a ``TemplateError`` → sentence
REFUSALS: dict[str, str] = {
    "too_large": mark("Die Datei ist zu groß; erlaubt sind %(limit)s."),
    "no_package": mark("Das ist keine ODT- oder Word-Datei (.odt, .ott, .docx, .dotx)."),
    "locked": mark("Die Datei ist mit einem Kennwort geschützt."),
    "wrong_kind": mark("Das ist keine Textdatei der Art %(kind)s."),
    "part_missing": mark(
        "In der Datei fehlt „%(part)s“. Bitte in LibreOffice oder Word öffnen und neu speichern."
    ),
    "not_xml": mark(
        "„%(part)s“ lässt sich nicht lesen. Bitte in LibreOffice oder Word öffnen und neu"
        " speichern."
    ),
    "picture": mark(
        "Ein Bild im Kopf oder Fuß liegt nicht in der Datei oder hat eine andere Art: „%(part)s“."
        " Bitte als PNG oder JPG einfügen."
    ),
    "embedded": mark(
        "Kopf oder Fuß enthalten etwas, das nicht mitkommen kann: „%(part)s“. Bitte entfernen."
    ),
    "too_narrow": mark("Zwischen den Rändern ist zu wenig Platz; nötig sind %(least)s."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of template as the page shows it; ``row`` is None where there is none."""

    kind: str
    row: HouseTemplate | None


def kind_of(content: bytes) -> str:
    """Return ``odt`` or ``docx`` of a file that can be used.

    Raises:
        TemplateError: It cannot; the code says why.
    """
    names = Package(content).names
    if "word/document.xml" in names:
        read_docx_template(content)
        return "docx"
    if "mimetype" not in names:
        raise TemplateError("no_package")
    read_odt_template(content)
    return "odt"


def list_templates() -> list[Shown]:
    """Return the template of each kind that drafts take."""
    return [Shown(kind, newest(kind)) for kind in KINDS]


def newest(kind: str) -> HouseTemplate | None:
    """Return the newest template of a kind; None where there is none, or none any more."""
    row = HouseTemplate.objects.filter(kind=kind).order_by("-pk").first()
    return row if row is not None and row.content else None


def pinned() -> dict[str, int]:
    """Return what a paper that is released now stands on for good: kind → row."""
    return {one.kind: one.row.pk for one in list_templates() if one.row is not None}


def template_of(paper: CouncilPaper | None, kind: str) -> bytes:
    """Return the template of a paper; a released one keeps what it was released on."""
    if paper is None or paper.state == PaperState.DRAFT.value:
        row = newest(kind)
    else:
        row = HouseTemplate.objects.filter(pk=paper.templates.get(kind)).first()
    return bytes(row.content) if row is not None else b""


def write(document: Document, kind: str, paper: CouncilPaper | None) -> bytes:
    """Return a paper as ODT or DOCX, on the paper of the house where there is one."""
    content = template_of(paper, kind)
    if kind == "odt":
        return odt(document, template=read_odt_template(content) if content else None)
    return docx(document, template=read_docx_template(content) if content else None)
