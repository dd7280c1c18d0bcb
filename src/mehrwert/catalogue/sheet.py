"""The comparison as one sheet of paper, A4 landscape: a document as data (CAT-604)."""

from collections.abc import Sequence

from django.utils.translation import gettext

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue import wording
from mehrwert.catalogue.comparing import Line
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.rules import shorten
from mehrwert.documents.building import runs, table
from mehrwert.documents.model import Document, Furniture, Metadata, Paragraph

LONGEST_ADDRESS = 26
# so that five columns fit on one page; the page on the web has the whole text
LONGEST = 110


def sheet_of(
    chosen: Sequence[Solution], lines: Sequence[Line], *, address: str, author: str
) -> Document:
    """Return the comparison as a document.

    Args:
        chosen: The solutions in the order of the columns.
        lines: The rows.
        address: Where the same comparison is on the web.
        author: The organisation that runs the installation.
    """
    today = from_us(now_us()).date()
    heads = [f"{s.name} ({gettext('Fassung %(n)s') % {'n': s.version}})" for s in chosen]
    origins = [gettext("Herkunft der Angaben"), *(wording.origin_text(s) for s in chosen)]
    rows = [origins, *([line.label, *map(_cell, line.texts)] for line in lines)]
    title = gettext("Vergleich von Lösungen")
    values = {"day": wording.short_day(today), "address": address}
    note = gettext(
        "Stand der Zusammenstellung: %(day)s. Lange Texte sind gekürzt; ganze Texte und Quellen:"
        " %(address)s"
    )
    register = gettext(
        "Namen, Größe und Lage der Kommunen: Gemeindeverzeichnis, © Statistisches Bundesamt"
        " (Destatis), Gebietsstand 30.11.2025, Bevölkerung 31.12.2024; © GeoBasis-DE / BKG (2025),"
        " dl-de/by-2-0."
    )
    return Document(
        title=title,
        kind="comparison",
        language="en" if wording.language() == "en" else "de",
        metadata=Metadata(
            author=author,
            created=today.isoformat(),
            subject=", ".join(solution.name for solution in chosen),
        ),
        furniture=Furniture(header=author, footer=gettext("Keine Gesamtnote, keine Rangfolge")),
        blocks=(
            table(gettext("Angaben je Lösung"), [gettext("Angabe"), *heads], rows),
            Paragraph(runs(f"{note % values} {register}"), role="small"),
        ),
    )


def _cell(text: str) -> str:
    """Return a text that fits into a narrow column: an address as its beginning."""
    if text.startswith(("https://", "http://")):
        plain = text.partition("://")[2]
        return plain if len(plain) <= LONGEST_ADDRESS else f"{plain[: LONGEST_ADDRESS - 1]}…"
    return shorten(text, LONGEST)
