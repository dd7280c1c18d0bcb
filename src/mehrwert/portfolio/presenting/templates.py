"""The template of one line of a checklist as a document, filled with what is known (TRF-208)."""

from django.utils import timezone
from django.utils.translation import get_language, gettext

from mehrwert.documents.building import fields, paragraph
from mehrwert.documents.model import Block, Document, Furniture, Metadata, Section
from mehrwert.portfolio.choices.templates import ROADMAP_NAME, TEMPLATES
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.portfolio.presenting.words import day_words
from mehrwert.portfolio.queries import ChecklistRow

BLANK = "____________________________________________"


def has_template(key: str) -> bool:
    """Say whether a line has a template; the gates themselves have none."""
    return key in TEMPLATES


def compose_template(row: DeclaredAdoption, line: ChecklistRow, *, municipality: str) -> Document:
    """Return the template of a line in the language that is active.

    Args:
        row: The adoption it belongs to.
        line: A line that has a template.
        municipality: Who writes it.
    """
    label = gettext(line.line.label)
    today = timezone.localdate()
    known = fields(
        [
            (gettext("Lösung"), row.solution.name),
            (gettext("Wer"), line.owner or BLANK),
            (gettext("Bis wann"), day_words(line.day) if line.day else BLANK),
            (gettext("Nachweis"), gettext(line.line.help)),
        ]
    )
    questions = [
        Section(f"q{number}", gettext(text), (paragraph(BLANK), paragraph(BLANK)))
        for number, text in enumerate(TEMPLATES[line.line.key], 1)
    ]
    attribution = paragraph(
        gettext("Reihenfolge nach dem Fahrplan auf %(site)s, Wortlaut eigen. Keine Rechtsberatung.")
        % {"site": ROADMAP_NAME}
    )
    blocks: tuple[Block, ...] = (known, *questions, attribution)
    return Document(
        title=f"{gettext('Vorlage')}: {label}",
        kind="checklist_template",
        language="en" if (get_language() or "de").startswith("en") else "de",
        subtitle=row.solution.name,
        metadata=Metadata(author=municipality, created=today.isoformat()),
        furniture=Furniture(header=f"{municipality} · {label}"),
        blocks=blocks,
    )
