"""A monthly report as a document: the portfolio in front, then one page for each project."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import msgspec
from django.utils.translation import get_language, gettext

from mehrwert.base.marks import mark
from mehrwert.documents.building import fields, listing, paragraph, strong, table
from mehrwert.documents.canonical import canonical
from mehrwert.documents.model import (
    Attachment,
    Block,
    Document,
    Field,
    Furniture,
    Language,
    Metadata,
    PageBreak,
    Section,
)
from mehrwert.figures.text import MONTHS, NBSP, number
from mehrwert.portfolio.monthly_report.facts import Amount, PortfolioReport, ProjectReport

# a light is a sign and a word, never colour alone (DOC-192)
LIGHTS: dict[str, tuple[str, str]] = {
    "green": ("[+]", mark("grün")),
    "incomplete": ("[+]", mark("grün, unvollständig")),
    "yellow": ("[~]", mark("gelb")),
    "red": ("[!]", mark("rot")),
    "unknown": ("[?]", mark("unbekannt")),
    "late": ("[…]", mark("verspätet geliefert")),
    "not_delivered": ("[×]", mark("nicht geliefert")),
}
RANK = {"green": 0, "incomplete": 0, "yellow": 1, "red": 2}
# a page holds this much (DOC-191): lines of a list, letters of a line that people typed
MOST_LINES, MOST_LETTERS = 5, 160


def compose(report: PortfolioReport) -> Document:
    """Return the report of a month, in the language that is active."""
    blocks: list[Block] = list(_portfolio(report))
    for one in report.projects:
        blocks += [PageBreak(), Section(f"project-{one.key}", one.title, tuple(_project(one)))]
    title = gettext("Monatsbericht %(month)s") % {"month": report.month}
    written = canonical(msgspec.to_builtins(asdict(report))).decode("utf-8")
    return Document(
        title=title,
        kind="monthly_report",
        language=_language(),
        subtitle=report.municipality,
        metadata=Metadata(author=report.municipality, created=report.created.isoformat()),
        furniture=Furniture(
            header=f"{report.municipality} · {title}",
            banner=gettext("Demo: Alle Angaben sind erfunden") if report.is_demo else "",
        ),
        blocks=tuple(blocks),
        attachments=(
            Attachment(
                "bericht.json", "application/json", written, gettext("Alle Werte des Berichts")
            ),
        ),
        provenance=tuple(Field(label, value) for label, value in report.provenance),
    )


def counted(one: ProjectReport) -> str:
    """Return under which light a project is counted: late is never green (PF-103)."""
    return "late" if one.is_late and one.stated == "green" else one.stated


def short(text: str) -> str:
    """Return a text that people typed, cut behind a word if it is too long for the page."""
    if len(text) <= MOST_LETTERS:
        return text
    return text[:MOST_LETTERS].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def few(lines: list[str]) -> list[str]:
    """Return as many lines as the page holds, and how many more there are."""
    if len(lines) <= MOST_LINES:
        return lines
    more = gettext("und %(n)s weitere") % {"n": len(lines) - MOST_LINES}
    return [*lines[:MOST_LINES], more]


def light(name: str) -> str:
    """Return sign and word of a light."""
    sign, word = LIGHTS[name]
    return f"{sign}{NBSP}{gettext(word)}"


def _portfolio(report: PortfolioReport) -> Iterator[Block]:
    stated: Counter[str] = Counter(counted(one) for one in report.projects)
    computed: Counter[str] = Counter(one.computed for one in report.projects)
    yield Section(
        "lights",
        gettext("Alle Vorhaben"),
        (
            table(
                gettext("Ampeln, gezählt"),
                [gettext("Ampel"), f">{gettext('gemeldet')}", f">{gettext('berechnet')}"],
                [[light(name), str(stated[name]), str(computed[name])] for name in LIGHTS],
            ),
            fields(
                [
                    (gettext("Euro im Risiko"), _euro(report.at_risk)),
                    (gettext("Ältestes offenes Risiko"), report.oldest_risk or _unknown()),
                ]
            ),
        ),
    )
    yield from _titled("missing", gettext("Nicht geliefert"), _missing(report))
    yield from _titled("watermelons", gettext("Wassermelonen-Hinweis"), _watermelons(report))
    yield from _titled(
        "funding", gettext("Förderungen, die in 24 Monaten enden"), report.funding_ends
    )
    yield from _titled("decisions", gettext("Anstehende Entscheidungen"), _all_decisions(report))
    yield from _titled("phases", gettext("Wechsel der Phase"), report.phase_changes)


def _titled(key: str, title: str, lines: tuple[str, ...]) -> Iterator[Block]:
    """Yield a section; an empty one says so."""
    block: Block = listing(lines) if lines else paragraph(gettext("keine"))
    yield Section(key, title, (block,))


def _missing(report: PortfolioReport) -> tuple[str, ...]:
    return tuple(one.title for one in report.projects if one.stated == "not_delivered")


def _watermelons(report: PortfolioReport) -> tuple[str, ...]:
    return tuple(one.title for one in report.projects if is_watermelon(one))


def _all_decisions(report: PortfolioReport) -> tuple[str, ...]:
    return tuple(
        f"{one.title}: {needed.text}, {needed.body}, {_day(needed.until)}"
        for one in report.projects
        for needed in one.decisions
    )


def is_watermelon(one: ProjectReport) -> bool:
    """Say whether a project states green and is computed red (PF-105)."""
    return one.stated == "green" and one.computed == "red"


def _project(one: ProjectReport) -> Iterator[Block]:
    if one.stated == "not_delivered":
        last = one.last_delivered or gettext("noch keiner")
        yield paragraph(strong(light("not_delivered")))
        yield paragraph(gettext("Letzter gelieferter Bericht: %(month)s.") % {"month": last})
        return
    yield fields(_facts(one))
    if one.is_late:
        yield paragraph(strong(light("late")), gettext(": zählt nicht als grün."))
    if is_watermelon(one):
        yield paragraph(
            strong(gettext("Wassermelonen-Hinweis: ")),
            gettext("als grün gemeldet, als rot berechnet."),
        )
    elif RANK.get(one.stated, 0) < RANK.get(one.computed, 0):
        yield paragraph(gettext("Die gemeldete Ampel ist besser als die berechnete."))
    yield _indicators(one)
    yield from _lines(one)
    yield fields(
        [
            (gettext("Wirkung"), one.evidence or gettext("Wirkung nicht prüfbar")),
            (gettext("Geliefert am"), _day(one.delivered_on)),
            (gettext("Rolle"), one.role or _unknown()),
            (gettext("Prüfsumme"), one.content_hash or _unknown()),
            (gettext("Vorige Prüfsumme"), one.previous_hash or gettext("keine")),
        ]
    )


def _facts(one: ProjectReport) -> list[tuple[str, str]]:
    parts = ", ".join(f"{name} {light(value)}" for name, value in (one.parts or {}).items())
    computed = light(one.computed)
    gate = f"{one.next_gate}, {_day(one.gate_on)}" if one.next_gate else _unknown()
    return [
        (gettext("Kennung"), one.key),
        (gettext("Verantwortlich"), one.owner),
        (gettext("Phase"), one.phase),
        (gettext("Gemeldet"), f"{light(one.stated)}. {one.sentence}".strip()),
        (gettext("Berechnet"), f"{computed} ({parts})" if parts else computed),
        (gettext("Kosten: Plan, Ist, Vorausschau"), " / ".join(map(_euro, _costs(one)))),
        (gettext("Nächstes Tor"), gate),
        (gettext("Vorlauf"), one.lead_time or _unknown()),
        (gettext("Vorausschau"), one.forecast or _unknown()),
        (gettext("Datenlieferung, 30 Tage"), one.data_delivery or _unknown()),
    ]


def _costs(one: ProjectReport) -> tuple[Amount, Amount, Amount]:
    return one.planned_cost, one.actual_cost, one.forecast_cost


def _indicators(one: ProjectReport) -> Block:
    head = [
        gettext("Kennzahl"),
        f">{gettext('Wert')}",
        gettext("Zeitraum"),
        f">{gettext('Ziel')}",
        gettext("Frische"),
    ]
    rows = [[i.name, i.value, i.period, i.target, i.freshness] for i in one.indicators]
    return table(gettext("Kennzahlen"), head, rows or [[gettext("keine"), "–", "–", "–", "–"]])


def _lines(one: ProjectReport) -> Iterator[Block]:
    risks = [
        gettext("%(text)s, seit %(days)s Tagen, Gegenmaßnahme: %(measure)s")
        % {
            "text": short(risk.text),
            "days": risk.age_days,
            "measure": short(risk.countermeasure) or gettext("keine"),
        }
        for risk in one.risks
    ]
    needed = [f"{short(d.text)}, {d.body}, {_day(d.until)}" for d in one.decisions]
    alerts = [f"{label}: {words}" for label, words in one.alerts]
    for title, lines in (
        (gettext("Risiken"), risks),
        (gettext("Nötige Entscheidungen"), needed),
        (gettext("Meldungen"), alerts),
        (gettext("Berichtigungen früherer Berichte"), [short(text) for text in one.corrections]),
    ):
        yield paragraph(strong(f"{title}: "), "" if lines else gettext("keine"))
        if lines:
            yield listing(few(lines))


def _language() -> Language:
    return "en" if (get_language() or "de").startswith("en") else "de"


def _unknown() -> str:
    return gettext("nicht bekannt")


def _euro(amount: Amount) -> str:
    if amount is None:
        return _unknown()
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{number(float(amount), places, language=_language())}{NBSP}€"


def _day(given: object) -> str:
    if given is None:
        return _unknown()
    month = MONTHS[_language()].split()[given.month - 1]  # type: ignore[attr-defined]
    dot = "." if _language() == "de" else ""
    return f"{given.day}{dot}{NBSP}{month}{NBSP}{given.year}"  # type: ignore[attr-defined]
