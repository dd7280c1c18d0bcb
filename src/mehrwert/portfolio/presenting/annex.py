"""The annex of a cooperation agreement: key, data, example, votes, day of review (TRF-506).

Written from stored inputs alone and dated with their last change, so that the same inputs give the
same file whenever it is asked for.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import get_language, gettext

from mehrwert.base.clock import from_us
from mehrwert.documents.building import fields, listing, paragraph, table
from mehrwert.documents.model import Block, Document, Furniture, Metadata, Section
from mehrwert.figures.text import number
from mehrwert.portfolio.choices import LEGAL_NOTES, CostKey
from mehrwert.portfolio.models import CostShare
from mehrwert.portfolio.presenting.costs import euros
from mehrwert.portfolio.presenting.keys import key_label
from mehrwert.portfolio.presenting.money import percent
from mehrwert.portfolio.presenting.words import day_words
from mehrwert.portfolio.rules.keys import KeyResult, Payer


def compose_annex(
    row: CostShare, payers: Sequence[Payer], chosen: KeyResult, *, municipality: str
) -> Document:
    """Return the annex in the language that is active.

    Args:
        row: The common cost.
        payers: Its partners; candidates are left out.
        chosen: The key of the agreement, with shares.
        municipality: Who writes it.
    """
    members = [payer for payer in payers if not payer.is_candidate]
    title = gettext("Anlage: Kostenschlüssel")
    return Document(
        title=title,
        kind="cost_key_annex",
        language="en" if (get_language() or "de").startswith("en") else "de",
        subtitle=row.title,
        metadata=Metadata(author=municipality, created=from_us(row.changed_us).date().isoformat()),
        furniture=Furniture(
            header=f"{municipality} · {title}",
            banner=gettext("Demo: Alle Angaben sind erfunden") if row.is_demo else "",
        ),
        blocks=tuple(_blocks(row, members, chosen)),
    )


def _blocks(row: CostShare, members: Sequence[Payer], chosen: KeyResult) -> Iterator[Block]:
    day = day_words(row.review_on) if row.review_on else gettext("nicht festgelegt")
    yield Section(
        "key",
        gettext("1 Schlüssel"),
        (
            fields(
                [
                    (gettext("Gemeinsame Kosten"), euros(row.total_eur)),
                    (gettext("Schlüssel"), key_label(chosen, row)),
                    (gettext("Rechenweg"), _formula(chosen.key)),
                    (gettext("Neu gerechnet wird am"), day),
                ]
            ),
            paragraph(
                gettext(
                    "Gerundet wird auf den Cent nach dem größten Rest, bei Gleichstand nach dem"
                    " amtlichen Schlüssel. Die Anteile ergeben genau die gemeinsamen Kosten."
                )
            ),
        ),
    )
    yield Section("data", gettext("2 Verwendete Zahlen"), (_data(members),))
    yield Section("shares", gettext("3 Anteile"), (_shares(members, chosen),))
    if row.note:
        yield Section("note", gettext("4 Bemerkung"), (paragraph(row.note),))
    yield Section(
        "law",
        gettext("Fragen an die Rechtsstelle"),
        (listing(gettext(note) for note in LEGAL_NOTES),),
    )


def _formula(key: CostKey) -> str:
    """Return how a share is worked out, in words."""
    return {
        CostKey.EQUAL: gettext("Kosten geteilt durch die Zahl der Beteiligten"),
        CostKey.PER_HEAD: gettext("Kosten × eigene Einwohner ÷ Einwohner aller"),
        CostKey.PER_USE: gettext("Kosten × eigene Nutzungen ÷ Nutzungen aller"),
        CostKey.MIXED: gettext(
            "die drei Teile je nach gleichen Teilen, Einwohnern und Nutzung, zusammengezählt"
        ),
        CostKey.BENEFIT: gettext("Kosten × eigener gemessener Nutzen ÷ Nutzen aller"),
        CostKey.SHAPLEY: gettext(
            "Mittel der zusätzlichen Kosten über alle Reihenfolgen, in denen man beitreten könnte"
        ),
    }[key]


def _data(members: Sequence[Payer]) -> Block:
    head = [
        gettext("Beteiligte"),
        gettext("Amtlicher Schlüssel"),
        f">{gettext('Einwohner')}",
        f">{gettext('Nutzungen')}",
        f">{gettext('Kosten allein')}",
    ]
    rows = [
        [
            one.name,
            one.key,
            _count(one.inhabitants),
            _count(one.uses),
            gettext("nicht bekannt") if one.alone_eur is None else euros(one.alone_eur),
        ]
        for one in members
    ]
    return table(gettext("Zahlen der Beteiligten"), head, rows)


def _shares(members: Sequence[Payer], chosen: KeyResult) -> Block:
    """Return share, VAT, levy in per cent and vote beside it."""
    cents, gross = chosen.cents or {}, chosen.cents_vat or {}
    whole = sum(cents.values())
    votes = sum((one.votes for one in members if one.votes is not None), Decimal(0))
    head = [
        gettext("Beteiligte"),
        f">{gettext('Anteil ohne Umsatzsteuer')}",
        f">{gettext('mit 19 %')}",
        f">{gettext('Anteil an der Umlage')}",
        f">{gettext('Anteil an den Stimmen')}",
    ]
    rows = [
        [
            one.name,
            euros(Decimal(cents[one.key]) / 100),
            euros(Decimal(gross[one.key]) / 100),
            percent(Decimal(cents[one.key]) / whole) if whole else "–",
            percent(one.votes / votes)
            if one.votes is not None and votes
            else gettext("nicht bekannt"),
        ]
        for one in members
    ]
    return table(gettext("Anteile nach dem Schlüssel"), head, rows)


def _count(value: Decimal | int | None) -> str:
    if value is None:
        return gettext("nicht bekannt")
    return number(float(value), language=get_language() or "de")
