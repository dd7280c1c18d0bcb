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
from mehrwert.catalogue.rules.matching import Exclusion, Factor
from mehrwert.catalogue.rules.moves import Move, Way
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
            return gettext("%(status)s (Alter der Quelle unbekannt)") % {
                "status": status_word(solution.status)
            }
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


LEVEL_WORDS = {
    "gemeinde": ("Gemeinde", "Gemeinden"),
    "gemeindeverband": ("Gemeindeverband", "Gemeindeverbände"),
    "kreis": ("Kreis", "Kreise"),
    "land": ("Land", "Länder"),
    "region": ("Region", "Regionen"),
    "stadtbezirk": ("Stadtbezirk", "Stadtbezirke"),
}


def level_count(level: str, n: int) -> str:
    """Return ``4 Gemeinden``."""
    words = {
        "gemeinde": ngettext("%(n)s Gemeinde", "%(n)s Gemeinden", n),
        "gemeindeverband": ngettext("%(n)s Gemeindeverband", "%(n)s Gemeindeverbände", n),
        "kreis": ngettext("%(n)s Kreis", "%(n)s Kreise", n),
        "land": ngettext("%(n)s Land", "%(n)s Länder", n),
        "region": ngettext("%(n)s Region", "%(n)s Regionen", n),
        "stadtbezirk": ngettext("%(n)s Stadtbezirk", "%(n)s Stadtbezirke", n),
    }
    return words.get(level, "%(n)s") % {"n": number(n, language=language())}


def counts_text(counts: Mapping[str, int]) -> str:
    """Return ``4 Gemeinden, 1 Land``; levels are never added. Empty for none."""
    order = list(LEVEL_WORDS)
    named = sorted(counts.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 9)
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


def factor_name(name: str) -> str:
    """Return what a factor of the fit is called."""
    return {
        "similarity": gettext("Ähnliche Orte nutzen es"),
        "evidence": gettext("Belege"),
        "need": gettext("Passt zu Ihren Zielen"),
        "preconditions": gettext("Voraussetzungen"),
        "cost": gettext("Kosten"),
        "freshness": gettext("Aktualität"),
    }[name]


def factor_sentence(factor: Factor, nearest: str) -> str:
    """Return why a factor has its value, one sentence with its source."""
    sentences = {
        "declared": gettext("Am ähnlichsten unter den Nutzern, die es selbst erklären: %(name)s."),
        "documented": gettext(
            "Am ähnlichsten: %(name)s (dokumentiert, nicht bestätigt; zählt halb)."
        ),
        "nobody": gettext("Kein Ort auf Ihrer Ebene ist als Nachnutzer bekannt."),
        "unmeasured": gettext("Keine Messung bekannt."),
        "unclear": gettext("Gemessen, aber die Richtung ist unklar."),
        "better": gettext("Gemessen: verbessert."),
        "worse": gettext("Gemessen: verschlechtert. Das gibt keine Punkte."),
        "no_relevant_difference": gettext("Gemessen: kein relevanter Unterschied. Keine Punkte."),
        "no_wishes": gettext("Sie haben kein Ziel gewählt."),
        "overlap": gettext("Anteil Ihrer Ziele, die im Profil der Lösung stehen."),
        "met": gettext("Anteil der Voraussetzungen aus dem Profil, die Sie erfüllen."),
        "unknown": gettext("Im Profil steht nichts, oder Sie haben nicht geantwortet."),
        "no_costs": gettext("Weniger als drei Angaben aus Ihrer Größenklasse."),
        "no_ceiling": gettext("Sie haben keine Obergrenze genannt."),
        "ceiling": gettext("Mitte der Angaben aus Ihrer Größenklasse gegen Ihre Obergrenze."),
        "freshness": gettext("Alter der Angaben zu Status und Kontakt."),
    }
    return sentences[factor.reason] % {"name": nearest}


def exclusion_words(rule: Exclusion) -> dict[str, str]:
    """Return a rule in words, and what would have to change."""
    values = {"detail": rule.detail}
    sentence, change = {
        "ended": (
            gettext("Die Lösung ist laut Quelle beendet."),
            gettext("Jemand müsste sie weiterführen. Lesen Sie zuerst, warum sie endete."),
        ),
        "base_component": (
            gettext("Sie braucht: %(detail)s."),
            gettext("Fragen Sie Kreis und Nachbarn, ob es dort einen Anschluss gibt."),
        ),
        "staff": (
            gettext("Sie braucht rund %(detail)s Stunden Arbeit je Woche."),
            gettext("Mehr Arbeitszeit, oder ein gemeinsamer Betrieb mit Nachbarn."),
        ),
        "network": (
            gettext("Sie braucht das Netz: %(detail)s."),
            gettext("Ein Netz aufbauen oder das eines Nachbarn mitnutzen."),
        ),
        "it_provider": (
            gettext("Sie läuft nur bei: %(detail)s."),
            gettext("Ihr IT-Dienstleister müsste sie aufnehmen. Fragen Sie dort."),
        ),
        "land_law": (
            gettext("Das Recht, auf dem sie beruht, gilt nur dort: %(detail)s."),
            gettext(
                "Ihr Land bräuchte eine entsprechende Regel, oder sie müsste angepasst werden."
            ),
        ),
        "licence": (
            gettext("Für den Quelltext ist keine Lizenz bekannt.")
            if rule.is_open
            else gettext("Der Quelltext hat keine Lizenz, niemand darf ihn nachnutzen."),
            gettext("Wer die Rechte hat, müsste ihn unter eine Lizenz stellen."),
        ),
    }[rule.rule]
    if rule.rule == "land_law":
        values = {"detail": ", ".join(LANDS.get(x, x) for x in rule.detail.split(", "))}
    return {"rule": rule.rule, "sentence": sentence % values, "change": change}


def way_word(way: Way) -> str:
    """Return how a solution moved when an answer changed."""
    return {
        Way.CLOSED: gettext("kommt nicht mehr in Frage"),
        Way.OPENED: gettext("kommt wieder in Frage"),
        Way.ENTERED: gettext("neu unter den besten"),
        Way.LEFT: gettext("nicht mehr unter den besten"),
        Way.UP: gettext("weiter oben"),
        Way.DOWN: gettext("weiter unten"),
    }[way]


def places_text(move: Move) -> str:
    """Return from which place to which a solution moved, empty for one that a rule shut out."""
    if move.rule is not None:
        return ""
    return gettext("Platz %(before)d → %(after)d") % {"before": move.before, "after": move.after}


def move_text(move: Move) -> str:
    """Return why a solution moved, in one sentence."""
    if move.rule is not None:
        words = exclusion_words(move.rule)["sentence"]
        return words if move.way == Way.CLOSED else gettext("Das hindert nicht mehr: %s") % words
    if not move.factor:
        return gettext("Andere Lösungen haben sich verschoben.")
    points = number(round(abs(move.points), 1), language=language())
    values = {"factor": factor_name(move.factor), "points": points}
    if round(move.points, 1) == 0:
        return gettext("%(factor)s: jetzt anders bekannt, gleich viele sichere Punkte.") % values
    if move.points > 0:
        return gettext("%(factor)s: %(points)s Punkte mehr.") % values
    return gettext("%(factor)s: %(points)s Punkte weniger.") % values


def adoption_status(adoption: Adoption) -> str:
    """Return how far an adoption is."""
    return gettext(choices.ADOPTION_STATUS_LABELS[choices.AdoptionStatus(adoption.status)])


def clock_now() -> str:
    """Return the present as people read a clock."""
    return clock(timezone.localtime(), language=language())
