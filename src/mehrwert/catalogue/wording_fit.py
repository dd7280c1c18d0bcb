"""What fits a municipality, in words: likeness, factors, rules, moves."""

from django.utils.translation import gettext

from mehrwert.catalogue.rules import Place
from mehrwert.catalogue.rules.matching import Exclusion, Factor
from mehrwert.catalogue.rules.moves import Move, Way
from mehrwert.catalogue.rules.similarity import Similarity
from mehrwert.catalogue.wording import language, not_said
from mehrwert.figures.text import number
from mehrwert.municipalities.choices import LANDS


def alike_text(home: Place, place: Place, alike: Similarity) -> str:
    """Say what makes two places alike, term by term, with the figure (CAT-505)."""

    def told(value: float | None, places: int = 0) -> str:
        return not_said() if value is None else number(value, places, language=language())

    parts = [
        gettext("Einwohner %(home)s und %(there)s")
        % {"home": told(home.population), "there": told(place.population)}
    ]
    if "density" in alike.terms:
        values = {"home": told(home.density), "there": told(place.density)}
        parts.append(gettext("%(home)s und %(there)s je km²") % values)
    for term, same, other in (
        ("urbanisation", gettext("gleich dicht besiedelt"), gettext("anders besiedelt")),
        ("county_free", "", gettext("nur eine von beiden ist kreisfrei")),
        ("land", gettext("dasselbe Land"), gettext("anderes Land")),
    ):
        if term in alike.terms:
            parts.append(other if alike.terms[term] else same)
    if alike.distance_km is not None:
        parts.append(gettext("%(km)s km entfernt") % {"km": told(alike.distance_km)})
    figures = {"value": told(alike.value, 4), "gap": told(alike.difference, 4)}
    parts.append(gettext("Ähnlichkeit %(value)s (D %(gap)s)") % figures)
    return " · ".join(part for part in parts if part)


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
