"""Financial effects: the whole grid, in every layout; 0 is „0 €“ and unknown is „nicht bekannt“."""

from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.documents.building import fields, listing, paragraph, table
from mehrwert.documents.model import Block
from mehrwert.evaluation.council_paper.facts import COST_POSITIONS, CostLine, Finance, Funding
from mehrwert.evaluation.council_paper.wording import (
    day,
    euro,
    euro_exact,
    hours,
    said,
    unknown,
)

_PLANNED = {"": "", "yes": mark("ja"), "partly": mark("teilweise"), "no": mark("nein")}
_STATES = {"": "", "applied": mark("beantragt"), "granted": mark("bewilligt")}


def finance_blocks(finance: Finance, *, layout: str) -> tuple[Block, ...]:
    """Return the financial block; the layout changes its form, never what is said (DOC-82, 83)."""
    rows = _rows(finance)
    first: Block = (
        fields(rows)
        if layout == "grid"
        else paragraph(". ".join(f"{a}: {b}" for a, b in rows), ".")
    )
    return (first, _follow_up(finance), *_later(finance), _positions(finance), _hours(finance))


def _rows(finance: Finance) -> list[tuple[str, str]]:
    planned = _PLANNED[finance.planned]
    rows = [
        (gettext("Konsumtiv"), euro(finance.consumptive)),
        (gettext("Investiv"), euro(finance.investive)),
        (gettext("Finanzstelle, Produkt, Sachkonto"), said(finance.account)),
        (gettext("Veranschlagt"), gettext(planned) if planned else unknown()),
        (gettext("Deckung"), said(finance.cover)),
        (gettext("Fördermittel"), _funding(finance.funding)),
        (gettext("Abschreibung je Jahr"), euro(finance.depreciation)),
        (gettext("Kosten je Einwohner und Jahr"), euro_exact(finance.per_inhabitant)),
    ]
    if finance.funding != ():
        rows.append(
            (gettext("Eigenanteil nach Förderende, je Jahr"), euro(finance.own_share_after_funding))
        )
    return rows


def _funding(funding: tuple[Funding, ...] | None) -> str:
    if funding is None:
        return unknown()
    return "; ".join(map(_one_funding, funding)) or gettext("keine")


def _one_funding(one: Funding) -> str:
    state = _STATES[one.state]
    return gettext(
        "%(programme)s, Anteil %(share)s, %(state)s, Ende %(ends)s, Zweckbindung bis %(committed)s"
    ) % {
        "programme": one.programme,
        "share": said(one.share),
        "state": gettext(state) if state else gettext("Stand nicht bekannt"),
        "ends": day(one.ends),
        "committed": day(one.committed_until),
    }


def _follow_up(finance: Finance) -> Block:
    head = [
        gettext("Jahr"),
        ">" + gettext("Aufwendungen"),
        ">" + gettext("Erträge"),
        ">" + gettext("Einsparungen"),
    ]
    rows = [
        [str(one.year), euro(one.expense), euro(one.income), euro(one.savings)]
        for one in finance.years
    ]
    if not rows:
        rows = [[gettext("je Jahr"), unknown(), unknown(), unknown()]]
    return table(gettext("Jährliche Folgen"), head, rows)


def _later(finance: Finance) -> tuple[Block, ...]:
    """Return the costs that only arise later; none and unknown are different words (DOC-82)."""
    title = gettext("Folgekosten, die erst später entstehen:")
    if finance.later is None:
        return (paragraph(title, " ", unknown(), "."),)
    if not finance.later:
        return (paragraph(title, " ", gettext("keine"), "."),)
    lines = [f"{one.year}: {one.what}, {euro(one.amount)}" for one in finance.later]
    return (paragraph(title), listing(lines))


def _positions(finance: Finance) -> Block:
    """Return the fourteen positions; a sum with an unknown part is a lower bound and says so."""
    lines = {key: finance.positions.get(key, CostLine()) for key in COST_POSITIONS}
    rows = [
        [gettext(COST_POSITIONS[key]), euro(line.once), euro(line.yearly), line.reason or "–"]
        for key, line in lines.items()
    ]
    sums = []
    for values in (
        [line.once for line in lines.values()],
        [line.yearly for line in lines.values()],
    ):
        known = [value for value in values if value is not None]
        text = euro(sum(known[1:], known[0])) if known else unknown()
        is_bound = bool(known) and len(known) < len(values)
        sums.append(gettext("mindestens %(sum)s") % {"sum": text} if is_bound else text)
    rows.append([gettext("Summe"), *sums, "–"])
    head = [gettext("Kosten"), ">" + gettext("einmalig"), ">" + gettext("je Jahr")]
    return table(gettext("Kosten nach Positionen"), [*head, gettext("Anmerkung")], rows)


def _hours(finance: Finance) -> Block:
    return paragraph(
        gettext(
            "Arbeitszeit eigener Beschäftigter je Jahr: %(hours)s."
            " Sie ist in keiner Summe enthalten."
        )
        % {"hours": hours(finance.hours_per_year)}
    )
