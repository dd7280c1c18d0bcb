"""The invented projects of Auental: plain values, all days as months before today."""

from dataclasses import dataclass, field
from typing import Literal

Missing = Literal["", "late", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator with a value per month, from ``before`` months ahead of the start until now."""

    key: str
    name: str
    explanation: str
    unit: str
    better: str
    source: str
    first: float
    last: float
    before: int = 6
    target: float | None = None
    serves: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One invented project.

    Attributes:
        key: Stable; the story of an evaluation with this key belongs to it.
        began: Months ago.
        gates: Gate → (planned, passed) in months after the start; None = not yet.
        money: Planned, spent so far, expected at the end, running per year; euros.
        later: What became known after the six fields.
        stated, sentence: How it sees itself now.
        before: How it saw itself earlier: from so many months after the start, light, sentence.
        ends: Months from now until it is to be over, None without an end.
        replaced: What was switched off: name, months ago, euros a year, who confirmed it.
        split: Where the benefit arises in per cent: municipality, neighbours, Land, Bund.
        last_report: Empty = on time, ``late`` = after its day, ``never`` = missing.
        funding: Programme, share, months from now until its end, years of commitment after it.
        needed: Question, why, body, days from now.
        risk: Text, size, months ago; countermeasure and who, if any.
        ended: Reason, empty while it goes on.
    """

    key: str
    title: str
    field_of_action: str
    goal: str
    unit: str
    began: int
    gates: dict[str, tuple[int, int | None]]
    money: tuple[int, int, int, int]
    stated: str
    sentence: str
    later: dict[str, object] = field(default_factory=dict)
    measured: Measured | None = None
    last_report: Missing = ""
    funding: tuple[str, str, int, int] | None = None
    needed: tuple[str, str, str, int] | None = None
    risk: tuple[str, str, int] | None = None
    measure: tuple[str, str] | None = None
    solution: str = ""
    gauge: bool = False
    ended: str = ""
    before: tuple[tuple[int, str, str], ...] = ()
    ends: int | None = None
    replaced: tuple[str, int, int, str] | None = None
    split: tuple[int, int, int, int] | None = None


STRATEGY = "Auental kommt gut durch Hitze und Starkregen (Ratsbeschluss, erfunden)"
MAYOR = "Bürgermeisterin"
# the chain of the watering: key → kind, words, measured; then from, to, assumption, class, source
LOGIC_OF = "demo-baumbewaesserung"
STEPS = {
    "probes": ("activity", "Fühler messen die Bodenfeuchte an 40 Bäumen", False),
    "training": ("activity", "Der Bauhof lernt, Touren nach Messwerten zu planen", False),
    "tours": ("output", "Jeden Morgen steht fest, welche Bäume Wasser brauchen", False),
    "trips": ("outcome", "Der Bauhof fährt seltener zum Gießen", True),
    "trees": ("outcome", "Junge Bäume überstehen trockene Sommer", False),
    "shade": ("impact", "Die Innenstadt bleibt im Sommer kühler", False),
}
ARROWS: tuple[tuple[str, str, str, int, str], ...] = (
    ("probes", "tours", "Die Fühler senden zuverlässig und stehen an den richtigen Bäumen.", 0, ""),
    ("training", "tours", "Wer plant, vertraut den Werten mehr als der Gewohnheit.", 0, ""),
    (
        "tours", "trips", "Wo noch Wasser im Boden ist, wird nicht gegossen.", 1,
        "Fahrtenbuch des Bauhofs, erstes Jahr (erfunden)",
    ),
    ("tours", "trees", "Trockene Bäume werden früher gesehen als auf Rundfahrten.", 0, ""),
    ("trees", "shade", "Nur Bäume, die alt werden, kühlen einen Platz.", 0, ""),
)  # fmt: skip
PROJECTS: tuple[Told, ...] = (
    Told(
        key="demo-pegelwarnung",
        title="Pegelwarnung an der Aue",
        field_of_action="Wasser",
        goal="Wer an der Aue wohnt, weiß es 45 Minuten vor dem Wasser.",
        unit="Bauamt",
        began=26,
        gates={"P1": (1, 1), "P2": (5, 6), "P3": (11, 12), "P4": (14, 15)},
        money=(21_000, 17_200, 20_500, 4_200),
        stated="green",
        sentence="Läuft im Regelbetrieb, die jährliche Prüfung steht im Oktober an.",
        later={
            "operator": "Bauhof",
            "financing": "budget",
            "budget_line": "5.5.2.01",
            "budget_is_permanent": True,
            "is_line_owned": True,
            "sponsor": MAYOR,
            "beneficiaries": "wer an der Aue wohnt",
            "benefit_kind": "direct_people",
            "strategy_goal": STRATEGY,
        },
        measured=Measured(
            key="vorwarnzeit",
            name="Vorwarnzeit an der Aue",
            explanation="Minuten zwischen der ersten Warnung und dem Hochwasser am Rathaus.",
            unit="min",
            better="up",
            source="Einsatztagebuch der Feuerwehr (erfunden)",
            first=12,
            last=51,
            target=45,
            serves="Weitere Pegel am Oberlauf?",
        ),
        gauge=True,
        before=(
            (0, "green", "Drei Standorte sind abgestimmt, die Geräte sind bestellt."),
            (6, "yellow", "Ein Pegel fiel im Winter zweimal aus, das Netzteil wird getauscht."),
            (12, "green", "Die Erprobung ist ausgewertet, die Feuerwehr will dabeibleiben."),
        ),
        replaced=("Kontrollfahrten bei Starkregen", 9, 2_400, "Bauhof"),
        split=(60, 30, 10, 0),
    ),
    Told(
        key="demo-baumbewaesserung",
        title="Bäume nach Bedarf gießen",
        field_of_action="Klimaanpassung",
        goal="Der Bauhof braucht weniger Gießwasser, ohne dass Bäume leiden.",
        unit="Bauhof",
        began=20,
        gates={"P1": (1, 1), "P2": (4, 5), "P3": (9, 11), "P4": (22, None)},
        money=(38_000, 14_900, 37_000, 18_000),
        stated="green",
        sentence="Das Ziel ist nach acht Monaten erreicht, der Friedhof soll folgen.",
        later={
            "operator": "Bauhof",
            "beneficiaries": "Bauhof und Haushalt",
            "benefit_kind": "inside_administration",
            "rhythm_months": 1,
            "budget_is_permanent": False,
            "is_line_owned": True,
            "sponsor": MAYOR,
            "strategy_goal": STRATEGY,
        },
        measured=Measured(
            key="giessfahrten",
            name="Gießfahrten je Woche",
            explanation="Fahrten des Bauhofs zum Gießen, Mittel des Monats.",
            unit="Fahrten",
            better="down",
            source="Fahrtenbuch des Bauhofs (erfunden)",
            first=47,
            last=34,
            target=35,
            serves="Auf den Friedhof ausweiten?",
        ),
        funding=("Landesprogramm Klimaanpassung (erfunden)", "0.75", 8, 3),
        needed=(
            "Bodenfeuchte: auf den Friedhof ausweiten?",
            "24 weitere Sensoren kosten 4.600 €, im Haushalt vorhanden.",
            "Bau- und Umweltausschuss",
            45,
        ),
        solution="demo-baumbewaesserung",
        before=(
            (0, "green", "Die Bäume sind ausgesucht, die Fühler bestellt."),
            (5, "yellow", "Zwei Fühler messen falsch und werden neu gesetzt."),
            (8, "green", "Der Bauhof plant die Touren nach den Messwerten."),
            (12, "green", "Deutlich weniger Fahrten als im Vorjahr, kein Baum hat gelitten."),
        ),
        replaced=("Gießtour nach festem Plan (Fremdfirma)", 7, 3_800, "Bauhof"),
    ),
    Told(
        key="demo-telefon",
        title="Auskunft am Telefon",
        field_of_action="Verwaltung",
        goal="Wer anruft, bekommt beim ersten Mal Auskunft.",
        unit="Hauptamt",
        began=13,
        gates={"P1": (1, 1), "P2": (3, 4), "P3": (12, None), "P4": (16, None)},
        money=(9_000, 3_100, 8_800, 1_200),
        stated="yellow",
        sentence="Die Texte in Einfacher Sprache fehlen noch.",
        later={
            "operator": "Hauptamt",
            "financing": "budget",
            "budget_is_permanent": True,
            "is_line_owned": True,
            "sponsor": MAYOR,
            "beneficiaries": "wer im Rathaus anruft",
            "benefit_kind": "direct_people",
        },
        measured=Measured(
            key="anrufe",
            name="Anrufe ohne Weiterleiten",
            explanation="Anteil der Anrufe, die beim ersten Mal beantwortet sind.",
            unit="%",
            better="up",
            source="Strichliste der Telefonzentrale (erfunden)",
            first=44,
            last=63,
            target=70,
            serves="Zweite Stelle in der Zentrale?",
        ),
        before=(
            (0, "green", "Die häufigsten Fragen sind gesammelt."),
            (5, "green", "Die ersten vierzig Antworten stehen bereit."),
        ),
        risk=("Zwei Kolleginnen gehen in den Ruhestand", "medium", 3),
        measure=("Vertretung wird eingearbeitet", "Hauptamt"),
    ),
    Told(
        key="demo-kreisplattform",
        title="Kreis-Datenplattform",
        field_of_action="Datenmanagement",
        goal="Die Messwerte aller Gemeinden liegen an einem Ort und kosten zusammen weniger.",
        unit="Hauptamt",
        began=16,
        gates={"P1": (1, 2), "P2": (5, 8), "P3": (12, None), "P4": (20, None)},
        money=(64_000, 21_500, 76_000, 24_000),
        stated="green",
        sentence="Wir sind auf einem guten Weg.",
        later={
            "sponsor": "Landkreis (erfunden)",
            "budget_is_permanent": False,
            "is_line_owned": False,
            "strategy_goal": "Der Kreis teilt seine Daten (Kreistagsbeschluss, erfunden)",
        },
        funding=("Bundesprogramm Modellkommunen (erfunden)", "0.50", 14, 5),
        needed=(
            "Kreis-Datenplattform: Anteil zusagen?",
            "Der Kreis braucht die Zusage; die laufenden Kosten danach sind offen.",
            "Stadtrat",
            20,
        ),
        before=((0, "green", "Der Vertrag mit dem Anbieter ist geschlossen."),),
        ends=14,
        risk=("Der Anbieter liefert die Schnittstelle nicht", "large", 4),
        split=(20, 55, 20, 5),
    ),
    Told(
        key="demo-klimastele",
        title="Klima-Stele am Marktplatz",
        field_of_action="Kultur & Freizeit",
        goal="Gäste und Einheimische sehen, wie heiß es wo ist.",
        unit="Kulturamt",
        began=15,
        gates={"P1": (1, 1), "P2": (6, 9), "P3": (14, None)},
        money=(92_000, 61_000, 92_000, 9_000),
        stated="yellow",
        sentence="Die Stele steht, wird aber kaum beachtet.",
        later={"financing": "limited", "budget_is_permanent": False, "is_line_owned": False},
        before=((0, "green", "Der Standort am Marktplatz ist genehmigt."),),
        ends=6,
        measured=Measured(
            key="stehenbleiben",
            name="Menschen, die stehen bleiben",
            explanation="Wer in einer Stunde länger als zehn Sekunden vor der Stele steht.",
            unit="je Stunde",
            better="up",
            source="Zählung des Kulturamts, ein Markttag im Monat (erfunden)",
            first=6.0,
            last=7.5,
        ),
        risk=("In der Mittagssonne ist der Bildschirm nicht zu lesen", "medium", 8),
        measure=("Blende angefragt", "Kulturamt"),
        last_report="never",
        needed=(
            "Klima-Stele: beenden oder ändern?",
            "Kein messbarer Nutzen, zwei Drittel des Geldes sind ausgegeben.",
            "Kulturausschuss",
            -21,
        ),
    ),
    Told(
        key="demo-glascontainer",
        title="Glascontainer leeren, wenn sie voll sind",
        field_of_action="Abfall & Emissionen",
        goal="Der Entsorger fährt seltener umsonst zu halbleeren Containern.",
        unit="Umweltamt",
        began=22,
        gates={"P1": (1, 1), "P2": (4, 5), "P3": (15, 18)},
        money=(12_000, 11_400, 11_400, 1_500),
        stated="yellow",
        sentence="Der Entsorger fährt so oft wie vorher.",
        before=((0, "green", "Die Fühler sitzen in zwölf Containern."),),
        last_report="late",
        ended="Kein messbarer Unterschied; die Fühler gehen an die Nachbarstadt.",
        solution="demo-glascontainer",
    ),
)
# key → what it feeds
FEEDS: tuple[tuple[str, str], ...] = (
    ("demo-pegelwarnung", "demo-kreisplattform"),
    ("demo-baumbewaesserung", "demo-kreisplattform"),
)
