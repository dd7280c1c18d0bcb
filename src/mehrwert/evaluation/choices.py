"""Words of the room: state, decision, reflection; all as people read them."""

from enum import StrEnum

from mehrwert.base.marks import mark


class EvaluationState(StrEnum):
    """From the first question to the decision."""

    DRAFT = "draft"
    FROZEN = "frozen"
    REPORTED = "reported"
    DECIDED = "decided"


class PaperState(StrEnum):
    """A council paper is written, then frozen, then perhaps followed by another."""

    DRAFT = "draft"
    RELEASED = "released"
    SUPERSEDED = "superseded"


PAPER_STATE_LABELS: dict[str, str] = {
    PaperState.DRAFT: mark("Entwurf"),
    PaperState.RELEASED: mark("freigegeben"),
    PaperState.SUPERSEDED: mark("ersetzt"),
}
STATE_LABELS: dict[str, str] = {
    EvaluationState.DRAFT: mark("Plan in Arbeit"),
    EvaluationState.FROZEN: mark("läuft"),
    EvaluationState.REPORTED: mark("Ergebnis gemeldet"),
    EvaluationState.DECIDED: mark("entschieden"),
}
DECISION_LABELS: dict[str, str] = {
    "continue": mark("fortführen"),
    "adapt_limited": mark("befristet anpassen"),
    "continue_jointly": mark("im Verbund fortführen"),
    "end": mark("beenden"),
    "not_yet_decidable": mark("noch nicht entscheidbar"),
}
LEGAL_LABELS: dict[str, str] = {
    "green": mark("rechtlich geprüft, keine Bedenken"),
    "yellow": mark("rechtlich geprüft, Auflagen"),
    "red": mark("rechtlich nicht zulässig"),
}
SHAPE_LABELS: dict[str, str] = {
    "level": mark("sofort und dann gleich bleibend"),
    "level_slope": mark("sofort und dann zu- oder abnehmend"),
    "ramp": mark("nach und nach"),
}
SCALE_LABELS: dict[str, str] = {
    "log_ratio": mark("Menge, Anzahl, Dauer oder Betrag"),
    "log_odds": mark("Anteil"),
    "smd": mark("Note oder Punktwert aus einer Befragung"),
}
ROLE_LABELS: dict[str, str] = {
    "project": mark("Projekt"),
    "department": mark("Fachamt"),
    "treasury": mark("Kämmerei"),
    "politics": mark("Politik"),
    "users": mark("Nutzende"),
}
# who may speak for whom in the review; whoever edits data may write down what any role said
VOICE_OF: dict[str, tuple[str, ...]] = {
    "viewer": ("politics", "users", "department"),
    "treasurer": ("treasury",),
    "desk": ("department",),
    "field": ("department",),
    "guide": (),
}
# id → question, help; stable keys of version 1 (portfolio.md section 6)
QUESTIONS_VERSION = "1"
QUESTIONS: dict[str, tuple[str, str]] = {
    "R1": (
        mark("Was hatten wir uns vorgenommen?"),
        mark("Vorbelegt aus dem festgeschriebenen Plan; hier nur erläutern"),
    ),
    "R2": (
        mark("Was ist herausgekommen?"),
        mark("Vorbelegt aus den Messwerten; Zahlen sind nicht änderbar"),
    ),
    "R3": (mark("Wie sind wir vorgegangen?"), mark("Schritte, Beteiligte, Umwege")),
    "B1": (
        mark("Wie gut ist das Ergebnis, gemessen an Plan und Aufwand?"),
        mark("Soll und Ist nebeneinander"),
    ),
    "B2": (
        mark("Ist der Mehrwert so groß, dass wir ihn selbst bezahlen wollen?"),
        mark("Vorschlag aus der Entscheidungstabelle, mit Kosten je Einwohner"),
    ),
    "B3": (
        mark("Was würden wir wieder so machen, was anders?"),
        mark("Mit dem Wissen von heute"),
    ),
    "B4": (
        mark("Was muss sich in Strategie, Aufbau oder Abläufen ändern?"),
        mark("Je eine Zeile genügt"),
    ),
    "I1": (
        mark("Was können andere direkt übernehmen?"),
        mark("Bausteine, Texte, Verträge, Daten"),
    ),
    "I2": (mark("Was können andere aus unserem Weg lernen?"), mark("Auch Fehler, ohne Namen")),
    "I3": (mark("Was hätten wir gern früher gewusst?"), mark("Fakten, Ansprechstellen, Fristen")),
    "I4": (
        mark("Wie haben andere das Wissen ins eigene Haus gebracht?"),
        mark("Formate, die geholfen haben"),
    ),
    "K1": (mark("Welche Ideen verfolgen wir weiter?"), mark("Mit Zuständigkeit und Datum")),
    "K2": (
        mark("Worin sind sich Kommunen mit ähnlicher Erfahrung einig?"),
        mark("Aus der Übersicht der Antworten"),
    ),
    "K3": (
        mark("Welche Lösung passte, und in welcher Form?"),
        mark("Eigenbetrieb, Verbund, Dienst, Verfahren"),
    ),
    "K4": (
        mark("Wo grenzen wir ab, wo setzen wir den Schwerpunkt?"),
        mark("Was wir bewusst nicht tun"),
    ),
    "L1": (
        mark("Wie kommt das, was allgemein gilt, in die Fläche?"),
        mark("Träger, Weg, Zeit"),
    ),
    "L2": (
        mark("Welche Regeln, Leistungen oder Standards folgen daraus?"),
        mark("Vorschlag an Land oder Bund"),
    ),
    "L3": (
        mark("Was ist so grundlegend, dass es überall gebraucht wird?"),
        mark("Kandidat für eine Basiskomponente"),
    ),
    "G1": (
        mark("Welche Dateninfrastruktur gehört zur Grundversorgung?"),
        mark("Gruppe Dateninfrastruktur"),
    ),
    "G2": (
        mark("Welche Angebote für Bürger und Betriebe?"),
        mark("Gruppe Dienste; Maßstab: OZG-Leistungen"),
    ),
    "G3": (
        mark("Welche Werkzeuge für die Verwaltung?"),
        mark("Gruppe Verwaltungswerkzeuge; wie Fachverfahren"),
    ),
    "G4": (mark("Welche Mittel der Beteiligung?"), mark("Gruppe Beteiligung")),
    "F-1": (
        mark("Welche Strukturen sollen Bund oder Land tragen?"),
        mark("Mit räumlicher Reichweite des Nutzens"),
    ),
    "F-2": (
        mark("Welche Leistungen gelingen dort besser, weil sie Grenzen überschreiten?"),
        mark("Beispiel genügt"),
    ),
    "T-1": (mark("Welche Ergebnisse sind für alle wichtig?"), mark("Für den Transfer")),
    "T-2": (
        mark("Was hat sich als nicht umsetzbar erwiesen, und warum?"),
        mark("Mit Grund aus der Liste"),
    ),
}
# what opens first (decisions 48); the rest stands folded below, or appears when there is something
# to say
FIRST_QUESTIONS = ("R1", "R2", "B1", "B2", "B3")
# why something did not go (portfolio.md section 6)
REASONS: tuple[tuple[str, str], ...] = (
    ("backing", mark("fehlender Rückhalt")),
    ("cross_department", mark("Zusammenarbeit der Ämter")),
    ("steering", mark("Steuerung")),
    ("procedures", mark("Übersetzung in Abläufe")),
    ("funding_rules", mark("Fördervorgaben")),
    ("money", mark("Geld")),
    ("staff", mark("Personal")),
    ("transferability", mark("Übertragbarkeit")),
    ("procurement", mark("Vergabe")),
    ("external", mark("Hürden von außen")),
)
CODES: dict[str, tuple[tuple[str, str], ...]] = {
    "B1": (
        ("better", mark("besser als geplant")),
        ("planned", mark("wie geplant")),
        ("less", mark("weniger als geplant")),
        ("not_reached", mark("nicht erreicht")),
        ("open", mark("noch offen")),
    ),
    "B2": (
        ("yes", mark("ja")),
        ("shared", mark("ja, gemeinsam mit anderen")),
        ("no", mark("nein")),
        ("open", mark("noch offen")),
    ),
    "T-2": REASONS,
}


# sizes of municipalities in the overview of answers (EVI-34)
SIZE_LABELS: dict[str, str] = {
    "small": mark("unter 5.000"),
    "middle": mark("5.000 bis 20.000"),
    "town": mark("20.000 bis 100.000"),
    "city": mark("ab 100.000"),
    "unknown": mark("unbekannt"),
}


class Moment(StrEnum):
    """When is asked (PF-122); a gate has a moment of its own."""

    START = "start"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    END = "end"
    LATER = "later"


MOMENT_LABELS: dict[str, str] = {
    Moment.START: mark("Vor dem Start: Woran könnte es scheitern?"),
    Moment.P1: mark("Tor P1"),
    Moment.P2: mark("Tor P2"),
    Moment.P3: mark("Tor P3"),
    Moment.P4: mark("Tor P4"),
    Moment.END: mark("Am Ende"),
    Moment.LATER: mark("Ein Jahr danach"),
}
AT_A_GATE = ("R2", "B1", "B3")
WIDER = ("L1", "L2", "L3", "G1", "G2", "G3", "G4", "F-1", "F-2")
MOMENT_QUESTIONS: dict[str, tuple[str, ...]] = {
    Moment.START: ("R1", "B4", "I3", "T-2"),
    **dict.fromkeys((Moment.P1, Moment.P2, Moment.P3, Moment.P4), AT_A_GATE),
    Moment.END: (
        "R1", "R2", "R3", "B1", "B2", "B3", "B4", "I1", "I2", "I3", "I4", "T-1", "T-2",
    ),
    Moment.LATER: ("B2", "K1", "K2", "K3", "K4"),
}  # fmt: skip
# the same question before the start, when it is still ahead (pre-mortem)
AHEAD: dict[str, str] = {
    "R1": mark("Was nehmen wir uns vor?"),
    "B4": mark("Was wird sich in Strategie, Aufbau oder Abläufen ändern müssen?"),
    "I3": mark("Was würden wir gern schon jetzt wissen?"),
    "T-2": mark("Ein Jahr später ist es gescheitert. Woran lag es?"),
}
