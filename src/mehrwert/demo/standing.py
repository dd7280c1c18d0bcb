"""What Auental and Quellrode answer in the phase model. Plain values; all invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: 2 = fully, 1 = half, 0 = no; with a document, it counts in full.

    ``months_ago`` is the age of the document, None without one.
    """

    key: str
    halves: int
    document: str = ""
    months_ago: int | None = None


# a year ago: a post on paper, no answers in the offices
AUENTAL_BEFORE = (
    Said("E3", 1, "Stellenplan, Entwurf (erfunden)", 20),
    Said("E4", 1, "Ratsbeschluss zur Strategie (erfunden)", 26),
    Said("E9", 0),
)
# since then: the post is filled, the council has a sponsor, two neighbours cooperate
AUENTAL_NOW = (
    Said("E3", 2, "Stellenplan, Stelle Digitales (erfunden)", 7),
    Said("E4", 2, "Ratsbeschluss zur Strategie (erfunden)", 26),
    Said("E8", 2, "Arbeitskreis mit Bauhof, Hauptamt, Kämmerei (erfunden)", 3),
    Said("E9", 1, "Stellenplan (erfunden)", 7),
    Said("T2", 1, "Vereinbarung mit Erlbach über das Funknetz (erfunden)", 9),
    Said("T7", 1),
    Said("T11", 0),
)
# a smaller town that took over one package and answered what it knew
QUELLRODE_NOW = (
    Said("E3", 1, "Verfügung der Leitung (erfunden)", 5),
    Said("E4", 1, "Verfügung der Leitung (erfunden)", 5),
    Said("T11", 2),
)
