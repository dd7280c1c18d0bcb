"""The public report of accessibility: what the browser tests asked of every page, what they found.

Made by ``tools/accessibility_report`` from a run of the tests; this module only reads and words it.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from mehrwert.base.marks import mark

FILE = Path(__file__).resolve().parent / "data" / "accessibility.json"
# names of the checks in tests/browser/test_screens.py, and what each of them looks at
CHECKS = {
    "axe light": mark("Regeln von axe für WCAG 2.2 A und AA, hell, am Bildschirm"),
    "axe dark": mark("Farben und Kontraste, dunkel, am Bildschirm"),
    "phone, axe light": mark("Regeln von axe für WCAG 2.2 A und AA, hell, am Telefon"),
    "phone, axe dark": mark("Farben und Kontraste, dunkel, am Telefon"),
    "forced colours": mark("Mit den Farben des Systems bleiben Ränder und Text erkennbar"),
    "more contrast": mark("Wer mehr Kontrast verlangt, bekommt 7 zu 1"),
    "keyboard": mark("Mit der Tastatur: alles erreichbar, der Fokus sichtbar, keine Falle"),
    "200 % text": mark("Doppelt so großer Text passt hinein"),
    "200 %": mark("Doppelt vergrößert rollt nichts zur Seite"),
    "400 %": mark("Vierfach vergrößert rollt nichts zur Seite"),
    "320 px": mark("320 Punkte breit rollt nichts zur Seite"),
    "phone, small targets": mark("Was man antippt, ist mindestens 24 Punkte groß"),
    "phone, main action": mark("Der Daumen erreicht die wichtigste Schaltfläche"),
    "phone, menu": mark("Das Menü am Telefon öffnet und schließt mit der Tastatur"),
    "print": mark("Gedruckt: ohne Navigation, nichts abgeschnitten, auch grau lesbar"),
    "other hosts": mark("Keine Anfrage an fremde Rechner"),
    "console": mark("Keine Fehlermeldung im Browser"),
    "too heavy": mark("Die Seite bleibt leicht: 150 kB, mit Karte 560 kB"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One check with what it found on all pages together."""

    words: str
    found: int


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """One page as one reader saw it; ``role`` is empty for whoever is not signed in."""

    path: str
    role: str
    found: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked, of which pages, when, and what was found."""

    made_on: date
    axe: str
    checks: tuple[Checked, ...]
    pages: tuple[CheckedPage, ...]

    @property
    def found(self) -> int:
        """Return how many findings there are."""
        return sum(check.found for check in self.checks)


@cache
def read_report() -> Report:
    """Return the report of this version."""
    told = json.loads(FILE.read_text("utf-8"))
    pages = [CheckedPage(s["path"], s["role"], s["found"]) for s in told["screens"]]
    return Report(
        date.fromisoformat(told["made_on"]),
        told["axe"],
        tuple(Checked(words, told["checks"].get(key, 0)) for key, words in CHECKS.items()),
        tuple(sorted(pages, key=lambda page: (page.path, page.role))),
    )
