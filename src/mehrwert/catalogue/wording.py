"""How values of the catalogue are said to people; everything goes through the translations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

from mehrwert.catalogue import choices
from mehrwert.catalogue.choices import EntryOrigin, Status
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.catalogue.profile import Field
from mehrwert.catalogue.search.documents import Order
from mehrwert.figures.text import clock, number
from mehrwert.municipalities.choices import LANDS

NOT_SAID = ""
CLOSED: dict[str, Mapping[str, str]] = {
    "status": choices.STATUS_LABELS,
    "component_type": choices.COMPONENT_TYPE_LABELS,
    "solution_type": choices.SOLUTION_TYPE_LABELS,
    "stage": choices.STAGE_LABELS,
    "evidence": choices.EVIDENCE_LABELS,
    "size_class": choices.SIZE_CLASS_LABELS,
    "origin": choices.ENTRY_ORIGIN_LABELS,
    "freshness": choices.FRESHNESS_LABELS,
    "end_reason": choices.END_REASON_LABELS,
}


def language() -> str:
    """Return the language of the page."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def not_said() -> str:
    """Return what stands where nobody said anything."""
    return gettext("keine Angabe")


def short_day(day: date) -> str:
    """Return a day as dense lists show it."""
    return day.strftime("%Y-%m-%d") if language() == "en" else day.strftime("%d.%m.%Y")


def field_name(code: str) -> str:
    """Return the name of a field of action."""
    field = choices.FIELD_BY_CODE.get(code)
    return field.english if field and language() == "en" else code


def status_word(status: str) -> str:
    """Return the bare status."""
    label = choices.STATUS_LABELS.get(Status(status)) if status else None
    return gettext(label) if label else not_said()


def status_text(solution: Solution) -> str:
    """Return the status with its date: that of the source for imported entries."""
    profile: dict[str, Any] = solution.profile
    if not solution.status:
        return gettext("Status: keine Angabe")
    if solution.status == Status.ENDED:
        return _ended_text(solution)
    if solution.entry_origin == EntryOrigin.IMPORTED:
        if solution.source_date is None:
            return gettext("%(status)s (ohne Datum)") % {"status": status_word(solution.status)}
        values = {"status": status_word(solution.status), "year": solution.source_date.year}
        return gettext("%(status)s (Stand %(year)d)") % values
    since = profile.get("status_since")
    word = status_word(solution.status)
    return (
        gettext("%(status)s seit %(since)s") % {"status": word, "since": since} if since else word
    )


def _ended_text(solution: Solution) -> str:
    on = (solution.profile.get("ended") or {}).get("on")
    is_told = solution.entry_origin == EntryOrigin.IMPORTED
    if on and is_told:
        return gettext("beendet %(on)s laut Quelle") % {"on": on}
    if on:
        return gettext("beendet %(on)s") % {"on": on}
    return gettext("beendet laut Quelle") if is_told else gettext("beendet")


def carried_out_text(ended: Mapping[str, Any]) -> str:
    """Say whether an end was announced, carried out, or nobody checked."""
    return gettext(choices.CARRIED_OUT_LABELS.get(str(ended.get("carried_out")), "unknown"))


def contradiction_text(solution: Solution) -> str:
    """Return what a record says against itself, empty for nothing (CAT-406)."""
    ended = solution.profile.get("ended") or {}
    if ended and solution.status and solution.status != Status.ENDED:
        return gettext(
            "Widerspruch in der Quelle: Status „%(status)s“, aber Ende %(on)s. Wir zeigen beides."
        ) % {"status": status_word(solution.status), "on": ended.get("on") or gettext("ohne Jahr")}
    return ""


def origin_text(solution: Solution) -> str:
    """Return the label that every entry carries wherever it is shown (CAT-802)."""
    if solution.entry_origin == EntryOrigin.DEMO:
        return gettext("Erfunden · Teil der Demo")
    dated = (
        gettext("Stand %(day)s") % {"day": short_day(solution.source_date)}
        if solution.source_date
        else gettext("Alter der Quelle unbekannt")
    )
    if solution.entry_origin == EntryOrigin.IMPORTED:
        return gettext("Übernommen · Selbstauskunft, nicht geprüft") + f" · {dated}"
    if solution.entry_origin == EntryOrigin.PEER:
        return gettext("Von einer anderen Installation") + f" · {dated}"
    return gettext("Von der Kommune erklärt") + f" · {dated}"


LEVEL_ORDER = ("demo", "gemeinde", "gemeindeverband", "kreis", "land", "region", "stadtbezirk")


def age_word(solution: Solution) -> str:
    """Say how old status and contact are; empty where the label says that nobody knows."""
    if solution.freshness == choices.Freshness.UNDATED:
        return ""
    return gettext(choices.FRESHNESS_LABELS[solution.freshness])


def level_count(level: str, n: int) -> str:
    """Return ``4 Gemeinden``."""
    words = {
        "gemeinde": ngettext("%(n)s Gemeinde", "%(n)s Gemeinden", n),
        "gemeindeverband": ngettext("%(n)s Gemeindeverband", "%(n)s Gemeindeverbände", n),
        "kreis": ngettext("%(n)s Kreis", "%(n)s Kreise", n),
        "land": ngettext("%(n)s Land", "%(n)s Länder", n),
        "region": ngettext("%(n)s Region", "%(n)s Regionen", n),
        "stadtbezirk": ngettext("%(n)s Stadtbezirk", "%(n)s Stadtbezirke", n),
        "demo": ngettext("%(n)s erfundener Ort", "%(n)s erfundene Orte", n),
    }
    return words.get(level, "%(n)s") % {"n": number(n, language=language())}


def counts_text(counts: Mapping[str, int]) -> str:
    """Return ``4 Gemeinden, 1 Land``; levels are never added. Empty for none."""
    order = {level: place for place, level in enumerate(LEVEL_ORDER)}
    named = sorted(counts.items(), key=lambda pair: order.get(pair[0], len(order)))
    return ", ".join(level_count(level, n) for level, n in named if n)


def level_word(level: str) -> str:
    """Return how complete a profile is."""
    return gettext(choices.PROFILE_LEVEL_LABELS[choices.ProfileLevel(level)])


def relation_text(adoption: Adoption) -> str:
    """Return how a place is connected with a solution."""
    return gettext(choices.RELATION_LABELS[choices.Relation(adoption.relation)])


def since_text(adoption: Adoption) -> str:
    """Return when that began, as far as anybody said."""
    return adoption.since or gettext("Jahr unbekannt")


def evidence_text(solution: Solution) -> str:
    """Return how sure we are, in words; real entries have no measurement (decision 37)."""
    if solution.evidence_class is None:
        return gettext("keine Messung")
    return gettext(choices.EVIDENCE_LABELS[str(solution.evidence_class)])


def facet_value(facet: str, value: str) -> str:
    """Return a value of a facet in words."""
    if value == NOT_SAID:
        return not_said()
    if facet == "field":
        return field_name(value)
    if facet == "land":
        return LANDS.get(value, value)
    if facet == "urbanisation":
        return {
            "1": gettext("dicht besiedelt"),
            "2": gettext("mittlere Dichte"),
            "3": gettext("gering besiedelt"),
        }.get(value, value)
    if facet in {"declared_use", "documented_reuse"}:
        return _use_value(value)
    label = CLOSED.get(facet, {}).get(value)
    return gettext(label) if label else value


def _use_value(value: str) -> str:
    size, _, least = value.rpartition(":")
    text = ngettext(
        "in mindestens %(n)s Gemeinde", "in mindestens %(n)s Gemeinden", int(least or 1)
    ) % {"n": least}
    if not size:
        return text
    return f"{text}, {gettext(choices.SIZE_CLASS_LABELS[choices.SizeClass(size)])}"


def facet_names() -> dict[str, str]:
    """Return the headline of every facet, in the order of the page."""
    return {
        "field": gettext("Handlungsfeld"),
        "status": pgettext("Lösung", "Status"),
        "documented_reuse": gettext("Nachgenutzt, dokumentiert"),
        "declared_use": gettext("In Betrieb, von Kommunen erklärt"),
        "size_class": gettext("Größe der Orte"),
        "land": gettext("Land der Orte"),
        "component_type": gettext("Art des Bausteins"),
        "technology": gettext("Technik"),
        "evidence": gettext("Belege"),
        "licence": gettext("Lizenz"),
        "freshness": gettext("Aktualität"),
        "end_reason": gettext("Grund des Endes"),
        "solution_type": gettext("Art der Lösung"),
        "stage": gettext("Stufe"),
        "urbanisation": gettext("Siedlungsdichte der Orte"),
        "origin": gettext("Herkunft des Eintrags"),
    }


def order_names(*, has_words: bool) -> dict[Order, str]:
    """Return what the orders of a list are called; the usual one differs with words."""
    return {
        Order.BEST: gettext("Beste Treffer") if has_words else gettext("Nützliches zuerst"),
        Order.EVIDENCE: gettext("Belege"),
        Order.REUSE: gettext("Nachnutzung"),
        Order.FRESH: gettext("Aktualität"),
        Order.NAME: gettext("Name"),
    }


def list_name(asked: Any) -> str:
    """Return what a list asks for in words, for its name."""
    parts = [f"„{asked.text}“"] if asked.text else []
    parts += [
        facet_value(facet, value)
        for facet in facet_names()
        for value in sorted(asked.filters.get(facet, ()))
    ]
    return " · ".join(parts) or gettext("alle Lösungen")


def value_text(field: Field, value: Any) -> list[str]:
    """Return a value of the profile as lines of text; nothing for what nobody said."""
    if value is None or value in ("", [], {}):
        return []
    if isinstance(value, list):
        return [line for item in value for line in value_text(field, item)]
    if isinstance(value, dict):
        return [", ".join(str(part) for part in value.values() if part)]
    if isinstance(value, bool):
        return [gettext("ja") if value else gettext("nein")]
    if isinstance(value, int | float):
        return [number(float(value), language=language())]
    words = field.choices.get(str(value))
    if words:
        return [words[1] if language() == "en" else words[0]]
    return [gettext("keines") if field.pointer == "/programme" and value == "none" else str(value)]


def adoption_status(adoption: Adoption) -> str:
    """Return how far an adoption is."""
    return gettext(choices.ADOPTION_STATUS_LABELS[choices.AdoptionStatus(adoption.status)])


def clock_now() -> str:
    """Return the present as people read a clock."""
    return clock(timezone.localtime(), language=language())
