"""The report to a funder: rows of the page, and the same as a document (PF-116)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.documents.building import fields, listing, paragraph, table
from mehrwert.documents.model import (
    Attachment,
    Block,
    Document,
    Field,
    Fields,
    Furniture,
    Metadata,
    Section,
    Table,
)
from mehrwert.figures.text import number
from mehrwert.portfolio.choices.funder import PERIOD_RULES
from mehrwert.portfolio.models import Funding
from mehrwert.portfolio.presenting.words import day_words, language
from mehrwert.portfolio.queries import FunderValue
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

LIMITS = mark(
    "Es ersetzt nicht das Formular des Fördergebers und keinen zahlenmäßigen Nachweis. Ob alles"
    " gefordert ist und genügt, bitte am Zuwendungsbescheid prüfen."
)


@dataclass(frozen=True, slots=True)
class FunderRow:
    """One field as people read it."""

    name: str
    value: str
    own: str
    how: str
    is_open: bool


def rows_of(found: Sequence[FunderValue]) -> list[FunderRow]:
    """Return the fields in the funder's order; an open one says why."""
    return [
        FunderRow(
            name=one.name,
            value=f"{number(one.value, language=language())} {one.unit}".strip()
            if one.value is not None
            else gettext("offen"),
            own=one.own.name if one.own else "–",
            how=_how(one),
            is_open=one.value is None,
        )
        for one in found
    ]


def _how(one: FunderValue) -> str:
    if one.own is None:
        return gettext("keine eigene Kennzahl zugeordnet")
    if one.is_broken:
        return gettext("Die Kennzahl wurde im Zeitraum neu bestimmt; Werte passen nicht zusammen.")
    if not one.n_values:
        return gettext("kein Wert im Zeitraum")
    words = gettext("%(rule)s aus %(n)s Werten") % {
        "rule": gettext(PERIOD_RULES[one.rule]),
        "n": one.n_values,
    }
    return words if one.factor == "1" else f"{words} × {one.factor.replace('.', ',')}"


def compose_funder_report(
    funding: Funding, found: Sequence[FunderValue], span: tuple[date, date], *, author: str,
    created: date, is_demo: bool,
) -> Document:  # fmt: skip
    """Return the report: values for the funder's form, what is open, where it comes from."""
    rows = rows_of(found)
    period = f"{day_words(span[0])} – {day_words(span[1])}"
    return Document(
        title=gettext("Sachbericht: Werte für den Verwendungsnachweis"),
        kind="funder_report",
        language="en" if language() == "en" else "de",
        subtitle=f"{funding.programme}, {period}",
        metadata=Metadata(author=author, created=created.isoformat(), subject=funding.programme),
        furniture=Furniture(
            header=f"{author} · {funding.project.title}",
            banner=gettext("Demo: Alle Angaben sind erfunden") if is_demo else "",
        ),
        blocks=(
            Section("funding", gettext("Förderung"), (_known(funding, period),)),
            Section("values", gettext("Werte"), (_grid(rows, created),)),
            Section("open", gettext("Noch offen"), (_still_open(rows),)),
            Section("note", gettext("Was dieses Papier nicht ist"), (paragraph(gettext(LIMITS)),)),
        ),
        attachments=(_values_csv(found),),
        provenance=(Field(gettext("Regeln"), f"portfolio {PORTFOLIO.version}"),),
    )


def _known(funding: Funding, period: str) -> Fields:
    percent = number(float(funding.share) * 100, language=language())
    until = funding.committed_until
    return fields(
        [
            (gettext("Vorhaben"), funding.project.title),
            (gettext("Förderprogramm"), funding.programme),
            (gettext("Anteil"), f"{percent} %"),
            (gettext("Zeitraum"), period),
            (gettext("Letzter geförderter Tag"), day_words(funding.ends_on)),
            (gettext("Zweckbindung bis"), day_words(until) if until else gettext("nicht bekannt")),
        ]
    )


def _grid(rows: Sequence[FunderRow], created: date) -> Table:
    head = [gettext("Feld"), ">" + gettext("Wert"), gettext("eigene Kennzahl"), gettext("Weg")]
    source = gettext("eigene Kennzahlen des Vorhabens, Stand %(day)s") % {"day": day_words(created)}
    cells = [[row.name, row.value, row.own, row.how] for row in rows]
    return table(gettext("Felder des Fördergebers"), head, cells, source=source)


def _still_open(rows: Sequence[FunderRow]) -> Block:
    lines = [f"{row.name}: {row.how}" for row in rows if row.is_open]
    return listing(lines) if lines else paragraph(gettext("nichts"))


def csv_rows(found: Sequence[FunderValue]) -> list[tuple[object, ...]]:
    """Return the fields with unrounded values; an open one has none."""
    return [
        (
            one.name, one.value, one.unit, one.own.indicator.key if one.own else "", one.factor,
            one.rule if one.own else "", one.n_values,
        )
        for one in found
    ]  # fmt: skip


CSV_HEAD = ("feld", "wert", "einheit", "kennzahl", "faktor", "regel", "werte")


def _values_csv(found: Sequence[FunderValue]) -> Attachment:
    lines = [CSV_HEAD, *csv_rows(found)]
    text = "\n".join(";".join(_cell(value) for value in line) for line in lines) + "\n"
    return Attachment("werte.csv", "text/csv", text, gettext("Alle Werte dieses Berichts"))


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & set('";\n') else text
