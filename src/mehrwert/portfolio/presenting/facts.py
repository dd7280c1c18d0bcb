"""What is known of a project, and what is not, as its file says it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext

from mehrwert.figures.text import number
from mehrwert.portfolio.choices import (
    BENEFIT_LABELS,
    FINANCING_LABELS,
    YES_NO_LABELS,
    Financing,
)
from mehrwert.portfolio.models import Project
from mehrwert.portfolio.presenting.words import language


def project_facts(row: Project) -> list[tuple[str, str]]:
    """Return what is known as pairs of label and words, and in one pair all that is not."""
    said = [(label, words) for label, words in _facts(row) if words]
    unknown = [label for label, words in _facts(row) if not words]
    if unknown:
        said.append((gettext("Noch nicht bekannt"), ", ".join(unknown)))
    return [*said, (gettext("Kennung"), str(row.uuid))]


def _facts(row: Project) -> Iterator[tuple[str, str]]:
    """Yield label and words; empty words mean that nobody said it."""
    pays = "" if row.financing == Financing.UNKNOWN.value else FINANCING_LABELS[row.financing]
    yield gettext("Zuständig"), row.unit
    yield gettext("Handlungsfeld"), row.field_of_action
    yield gettext("Lösung"), row.solution.name if row.solution else gettext("keine")
    yield gettext("Betrieb später"), row.operator
    yield (
        gettext("Bezahlung auf Dauer"),
        gettext(pays) if pays else "",
    )
    yield gettext("Nützt"), row.beneficiaries
    yield gettext("Art des Nutzens"), _label(BENEFIT_LABELS, row.benefit_kind)
    yield gettext("Fachamt zuständig"), _yes_no(row.is_line_owned)
    yield gettext("Unbefristet im Haushalt"), _yes_no(row.budget_is_permanent)
    yield gettext("Standard"), _standard(row)
    yield gettext("Können es nutzen"), _percent(row.available_percent)
    yield gettext("Auftrag von"), row.sponsor
    yield gettext("Haushaltsstelle"), row.budget_line


def _label(labels: dict[str, str], code: str) -> str:
    return gettext(labels[code]) if code in labels else ""


def _yes_no(value: bool | None) -> str:
    return "" if value is None else gettext(YES_NO_LABELS[str(value)])


def _standard(row: Project) -> str:
    if not row.standard or row.is_conformant is None:
        return row.standard
    passed = gettext("Prüfung bestanden") if row.is_conformant else gettext("nicht geprüft")
    return f"{row.standard}, {passed}"


def _percent(share: Decimal | None) -> str:
    if share is None:
        return ""
    return gettext("%(n)s %% der Einwohner") % {"n": number(float(share), language=language())}
