"""What the law asks of a municipality for its website, as far as we are sure of it.

Plain data. Duties of all municipalities come from the law itself; those of a Land from the
comparison table of the Hessian state agency for accessible IT. What the table leaves open or
makes conditional stays open here: nobody may take a missing line for a missing duty.
"""

from dataclasses import dataclass
from datetime import date

from mehrwert.base.marks import mark

CHECKED_ON = date(2026, 11, 26)
SOURCE = mark(
    "Vergleichstabelle der Landesbeauftragten für barrierefreie IT des Landes Hessen "
    "(lbit.hessen.de) und die genannten Gesetze; keine Rechtsberatung"
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what is to be done and where it stands. ``answer`` is yes, no or open."""

    what: str
    law: str
    answer: str = "yes"


EVERYWHERE: tuple[Duty, ...] = (
    Duty(
        mark("Erklärung zur Barrierefreiheit mit Kontakt, um Barrieren zu melden"),
        mark("Richtlinie (EU) 2016/2102, Artikel 7"),
    ),
    Duty(mark("Verzeichnis der Verarbeitungstätigkeiten"), mark("DSGVO, Artikel 30")),
    Duty(mark("Person für den Datenschutz benennen"), mark("DSGVO, Artikel 37")),
)
EASY_LANGUAGE = mark("Leichte Sprache und Gebärdensprache auf der Startseite")

# Land → (law, answer): do municipalities owe easy language and sign language on the home page?
_EASY: dict[str, tuple[str, str]] = {
    "01": ("LBGG", "open"),
    "02": ("HmbBGG, HmbBITVO", "yes"),
    "03": ("NBGG, NBITVO", "no"),
    "04": ("BremBGG", "yes"),
    "05": ("BGG NRW, BITVNRW", "yes"),
    "06": ("HessBGG, BITV HE", "no"),
    "07": ("InklG RP, BITV RP", "yes"),
    "08": ("L-BGG", "yes"),
    "09": ("BayBGG, BayDiV", "no"),
    "10": ("SBGG, SBGVO", "yes"),
    "11": ("BIKTG Bln", "yes"),
    "12": ("BbgBGG, BbgBITV", "open"),
    "13": ("LBGG M-V, BITVO M-V", "no"),
    "14": ("SächsInklusG, BfWebG", "open"),
    "15": ("BGG LSA", "open"),
    "16": ("ThürGIG", "open"),
}


def duties_of_land(land_code: str) -> list[Duty]:
    """Return the duties of municipalities of a Land, those of all Länder first."""
    found = list(EVERYWHERE)
    if land_code in _EASY:
        law, answer = _EASY[land_code]
        found.append(Duty(EASY_LANGUAGE, law, answer))
    return found
