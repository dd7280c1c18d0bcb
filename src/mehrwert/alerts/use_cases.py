"""The ready use cases: which series belong to one, and what its page asks. Data only."""

from dataclasses import dataclass

from mehrwert.alerts.choices import Shape
from mehrwert.base.marks import mark


@dataclass(frozen=True, slots=True)
class UseCase:
    """One question that a page answers.

    Attributes:
        key: Part of the address.
        title: What the page is called.
        question: What it answers.
        properties: Observed properties whose series belong to it, in small letters; more words may
            follow after a blank or a comma („Bodenfeuchte, Tiefe 1“).
        shape: How the page is built.
        package: The starter package that sets it up.
        why: What there would be to see, for a page without series.
        without: Properties that begin alike and do not belong to it.
        is_low_bad: A limit is passed downwards.
        soon_h: Up to how many hours ahead a limit counts as near.
        pace_h: Over how many hours the present pace is taken.
    """

    key: str
    title: str
    question: str
    properties: tuple[str, ...]
    shape: Shape
    package: str
    why: str
    without: tuple[str, ...] = ()
    is_low_bad: bool = False
    soon_h: float = 6.0
    pace_h: int = 3

    def has(self, property_name: str) -> bool:
        """Say whether a series of this property belongs to it."""
        name = property_name.casefold()
        if any(name.startswith(one) for one in self.without):
            return False
        return any(f"{name} ".startswith((f"{one} ", f"{one},")) for one in self.properties)


USE_CASES = (
    UseCase(
        "baeume",
        mark("Durstige Bäume"),
        mark("Welche Bäume brauchen heute Wasser?"),
        ("bodenfeuchte",),
        Shape.LIMIT,
        "durstige-baeume",
        mark("Sonden im Boden sagen, welcher Baum trocken steht und welcher es bald sein wird."),
        is_low_bad=True,
        soon_h=72.0,
        pace_h=24,
    ),
    UseCase(
        "bach",
        mark("Bach und Pegel"),
        mark("Wo steht der Bach, und wann erreicht er die Warnmarke?"),
        ("wasserstand", "pegel"),
        Shape.LIMIT,
        "pegelwarnung",
        mark("Ein Pegel zeigt, wie weit es bis zur Warnmarke ist und wie schnell er steigt."),
        without=("wasserstand im schacht",),
    ),
    UseCase(
        "hitze",
        mark("Hitzeinseln"),
        mark("Wo ist es jetzt am heißesten?"),
        ("lufttemperatur",),
        Shape.RANKING,
        "hitzeinseln",
        mark("Fühler in der Stadt zeigen, welche Orte sich aufheizen und wie lange."),
    ),
    UseCase(
        "pumpen",
        mark("Kanal und Pumpen"),
        mark("Welche Pumpe ist fällig, welcher Schacht läuft voll?"),
        ("pumpenstrom", "strom", "wasserstand im schacht"),
        Shape.MACHINES,
        "kanal-und-pumpen",
        mark("Strom und Wasserstand zeigen, ob ein Pumpwerk läuft und wann es gewartet wird."),
    ),
    UseCase(
        "verkehr",
        mark("Rad- und Autozählung"),
        mark("Wie viele waren unterwegs, und ist das mehr als vor einer Woche?"),
        ("verkehrszählung", "anzahl räder", "anzahl kraftfahrzeuge", "impulse"),
        Shape.COUNTS,
        "rad-und-autozaehlung",
        mark("Zählstellen zeigen, wie viele unterwegs sind, verglichen mit der Woche davor."),
    ),
)


def find_use_case(key: str) -> UseCase | None:
    """Return the use case of an address."""
    return next((case for case in USE_CASES if case.key == key), None)
