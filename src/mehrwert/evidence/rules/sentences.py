"""Sentences about effects come only from here; class and direction choose them (EVI-182)."""

from dataclasses import dataclass

from mehrwert.base.marks import mark

BETTER = mark(
    "%(project)s verbessert %(indicator)s: %(value)s (%(low)s bis %(high)s)."
    " Die Wirkung ist %(word)s."
)
WORSE = mark(
    "%(project)s verschlechtert %(indicator)s: %(value)s (%(low)s bis %(high)s)."
    " Die Wirkung ist %(word)s."
)
HINT_BETTER = mark(
    "Es gibt Hinweise, dass %(project)s %(indicator)s verbessert: %(value)s (%(low)s bis %(high)s)."
)
HINT_WORSE = mark(
    "Es gibt Hinweise, dass %(project)s %(indicator)s verschlechtert:"
    " %(value)s (%(low)s bis %(high)s)."
)
EQUAL = mark(
    "Bei %(indicator)s zeigt sich kein nennenswerter Unterschied:"
    " %(value)s (%(low)s bis %(high)s), Schwelle ±%(sesoi)s."
)
OPEN = mark("Ob %(project)s %(indicator)s verändert, ist offen: %(value)s (%(low)s bis %(high)s).")
FIRST = mark(
    "Erste Beobachtungen: %(indicator)s %(value)s (%(low)s bis %(high)s)."
    " Ob das an %(project)s liegt, ist offen."
)
FIRST_NO_INTERVAL = mark(
    "Erste Beobachtungen: %(indicator)s %(value)s. Für einen Bereich sind es zu wenige Werte."
    " Ob das an %(project)s liegt, ist offen."
)
NONE = mark("Eine Wirkung ist nicht belegt.")
SENTENCES = (
    *(BETTER, WORSE, HINT_BETTER, HINT_WORSE, EQUAL, OPEN, FIRST, FIRST_NO_INTERVAL, NONE),
)
NEW_TOWN = mark("neue Kommune: %(value)s (%(low)s bis %(high)s), in %(n)s von 100 besser")
CLASS_LINE = mark("%(class)s von 4, %(word)s (Kommunen: %(k)s, mit Vergleich: %(controlled)s)")
ONE_TOWN = mark("Erfahrung aus nur einer Kommune.")
OUTSIDE = mark("Ihre Kommune liegt außerhalb des Erfahrungsbereichs.")


@dataclass(frozen=True, slots=True)
class Said:
    """What chooses a sentence."""

    evidence_class: int
    direction: str
    has_interval: bool = True


def sentence_for(said: Said) -> str:
    """Return the German template; the door translates it and fills the named places."""
    if said.evidence_class == 0:
        return NONE
    if said.evidence_class == 1:
        return FIRST if said.has_interval else FIRST_NO_INTERVAL
    if said.direction == "no_relevant_difference":
        return EQUAL
    sure = said.evidence_class >= 3
    if said.direction == "better":
        return BETTER if sure else HINT_BETTER
    if said.direction == "worse":
        return WORSE if sure else HINT_WORSE
    return OPEN
