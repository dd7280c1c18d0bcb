"""The indicators of the phase model: each names the statement it stands for (PF-06).

Statements follow the Trendreport „Smart City“ 2025 in short words of our own; indicators, weights
and limits are own proposals. Source: portfolio specification 7.2.
"""

from dataclasses import dataclass
from enum import StrEnum

from mehrwert.base.marks import mark
from mehrwert.provision.choices import Source, Stage

D, U, S = Source.DATA, Source.DOCUMENT, Source.SELF


class Measure(StrEnum):
    """What is compared with the limits of an indicator."""

    COUNT = "count"
    SHARE = "share"
    ANSWER = "answer"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class PhaseIndicator:
    """One indicator.

    Attributes:
        key: E1 … B8; in other rooms ``phase.E1``.
        statement: The sentence it stands for.
        measured: What is counted.
        sources: Where its value may come from; a gate is met only from one of these.
        half, full: Limits for ½ and 1: shares between 0 and 1, counts as they are.
        is_gate: Weight 2, and needed for the step to the next phase.
        half_words, full_words: What ½ and 1 mean where the value is an answer.
        is_told: A person may answer although only data meet its gate: nothing here counts it.
    """

    key: str
    stage: Stage
    statement: str
    measured: str
    sources: frozenset[Source]
    measure: Measure
    half: float | None = None
    full: float | None = None
    is_gate: bool = False
    half_words: str = ""
    full_words: str = ""
    is_told: bool = False

    @property
    def is_scored(self) -> bool:
        """Return whether it counts; the others are shown as context only."""
        return self.measure is not Measure.CONTEXT

    @property
    def is_asked(self) -> bool:
        """Return whether a person may answer it, with or without a document."""
        return self.is_scored and (self.is_told or bool(self.sources & {U, S}))


def _share(
    key: str, statement: str, measured: str, half: float, full: float, *, gate: bool = False
) -> PhaseIndicator:
    """Return an indicator that is a share of the municipality's own data."""
    return PhaseIndicator(
        key=key,
        stage=Stage(key[0]),
        statement=statement,
        measured=measured,
        sources=frozenset({D}),
        measure=Measure.SHARE,
        half=half,
        full=full,
        is_gate=gate,
    )


def _count(
    key: str, statement: str, measured: str, half: float | None, full: float, *, gate: bool = False
) -> PhaseIndicator:
    """Return an indicator that is a number of things in the municipality's own data."""
    return PhaseIndicator(
        key=key,
        stage=Stage(key[0]),
        statement=statement,
        measured=measured,
        sources=frozenset({D}),
        measure=Measure.COUNT,
        half=half,
        full=full,
        is_gate=gate,
    )


def _answer(  # noqa: PLR0913 - one value per column of the table
    key: str,
    statement: str,
    measured: str,
    sources: frozenset[Source],
    half_words: str,
    full_words: str,
    *,
    gate: bool = False,
) -> PhaseIndicator:
    """Return an indicator that somebody answers, better with a document."""
    return PhaseIndicator(
        key=key,
        stage=Stage(key[0]),
        statement=statement,
        measured=measured,
        sources=sources,
        measure=Measure.ANSWER,
        is_gate=gate,
        half_words=half_words,
        full_words=full_words,
    )


def _context(key: str, statement: str, measured: str) -> PhaseIndicator:
    return PhaseIndicator(
        key=key,
        stage=Stage(key[0]),
        statement=statement,
        measured=measured,
        sources=frozenset({D}),
        measure=Measure.CONTEXT,
    )


INDICATORS: tuple[PhaseIndicator, ...] = (
    _count("E1", mark("Ein Baustein unter vielen"), mark("laufende Vorhaben"), 1, 3),
    _context(
        "E2", mark("Von Förderung getrieben"), mark("Anteil der Förderung an den laufenden Kosten")
    ),
    _answer(
        "E3",
        mark("Die Organisation findet sich"),
        mark("Gibt es eine benannte Stelle mit Auftrag?"),
        frozenset({U}),
        mark("beschlossen"),
        mark("besetzt"),
    ),
    _answer(
        "E4",
        mark("Rückhalt in Leitung und Politik"),
        mark("Ratsbeschluss oder Verfügung der Leitung (höchstens 36 Monate alt), Pate benannt?"),
        frozenset({U}),
        mark("eines von beiden"),
        mark("beides"),
    ),
    _share(
        "E5",
        mark("Rollen und Aufgaben sind klar"),
        mark(
            "Vorhaben mit Zuständigen, Paten, künftigem Betreiber, Nutznießern und Art des Nutzens"
        ),
        0.50,
        0.90,
        gate=True,
    ),
    _share(
        "E6",
        mark("An eine Strategie gebunden"),
        mark("Vorhaben, die einem Ziel einer beschlossenen Strategie dienen"),
        0.50,
        0.80,
        gate=True,
    ),
    _share(
        "E7",
        mark("Ziele auch im Piloten"),
        mark("Vorhaben mit Wirkungskennzahl und Ausgangswert"),
        0.30,
        0.70,
    ),
    _answer(
        "E8",
        mark("Neue Arbeitsweisen"),
        mark("Schulungen oder Arbeitskreise mit mindestens drei Ämtern in zwölf Monaten?"),
        frozenset({D, S}),
        mark("eine Veranstaltung"),
        mark("zwei oder mehr"),
    ),
    _answer(
        "E9",
        mark("Menschen auf Zeit"),
        mark("Wie groß ist der Anteil unbefristeter Stellen?"),
        frozenset({U}),
        mark("mindestens 25 Prozent"),
        mark("mindestens 60 Prozent"),
    ),
    _share(
        "E10",
        mark("Am Ende ist klar, was sich bewährt und was nicht"),
        mark("beendete oder auslaufende Vorhaben mit Rückblick, Bewertung und Entscheidung"),
        0.50,
        0.90,
        gate=True,
    ),
    _count(
        "E11",
        mark("Am Ende ehrlich"),
        mark("Entscheidungen, die nicht „fortführen“ heißen, oder eine schriftliche Begründung"),
        None,
        1,
        gate=True,
    ),
    _share(
        "T1",
        mark("Entscheiden und bündeln"),
        mark("Anteil der Mittel, über die in den letzten 24 Monaten entschieden wurde"),
        0.50,
        0.90,
        gate=True,
    ),
    _answer(
        "T2",
        mark("Netzwerke und Einrichtungen"),
        mark("Förmliche Kooperationen, und eine Person mit Auftrag für den Austausch?"),
        frozenset({U}),
        mark("eine Kooperation"),
        mark("zwei oder mehr und eine Person"),
    ),
    _count(
        "T3",
        mark("Nachmachen und vervielfältigen"),
        mark("Nachnutzungen in 24 Monaten, in beide Richtungen"),
        1,
        3,
        gate=True,
    ),
    _share(
        "T4",
        mark("Bausteine sind verbunden"),
        mark("Lösungen auf gemeinsamer Infrastruktur oder Schnittstelle"),
        0.30,
        0.60,
    ),
    _share(
        "T5",
        mark("Wirkungen sind bekannt"),
        mark("fortgeführte Vorhaben mit Belegstufe 2 oder höher"),
        0.20,
        0.50,
        gate=True,
    ),
    _share(
        "T6",
        mark("Standards"),
        mark("Lösungen mit genanntem Standard und bestandener Prüfung"),
        0.30,
        0.70,
    ),
    _answer(
        "T7",
        mark("Breites Können"),
        mark("In wie vielen Ämtern gibt es eine geschulte Person oder eigene Datennutzung?"),
        frozenset({D, S}),
        mark("mindestens 30 Prozent"),
        mark("mindestens 60 Prozent"),
        gate=True,
    ),
    _share(
        "T8",
        mark("Wissen ist auffindbar"),
        mark("eigene Ergebnisse mit Kontakt, aktuellem Stand und Lizenz veröffentlicht"),
        0.50,
        0.90,
    ),
    _share(
        "T9",
        mark("Im regulären Haushalt"),
        mark("Anteil der laufenden Kosten im Ergebnishaushalt"),
        0.30,
        0.70,
        gate=True,
    ),
    _answer(
        "T10",
        mark("Eigene Vorstellung von Grundversorgung"),
        mark("Hat der Rat eine Liste der Grundversorgung beschlossen?"),
        frozenset({U}),
        mark("Entwurf liegt vor"),
        mark("beschlossen"),
    ),
    _answer(
        "T11",
        mark("Keine Doppelstrukturen"),
        mark("Gibt es im eigenen Bestand offene Dopplungen?"),
        frozenset({D, S}),
        mark("es werden weniger"),
        mark("keine"),
    ),
    _share(
        "T12",
        mark("Am Ende ausgerollt und angenommen"),
        mark(
            "Anteil der Bevölkerung mit Zugang zu den eingeführten Bausteinen, Nutzung nicht "
            "fallend"
        ),
        0.50,
        0.90,
        gate=True,
    ),
    _share(
        "B1",
        mark("Regelbetrieb"),
        mark("Anteil der Mittel für eingeführte Bausteine im Regelbetrieb"),
        0.60,
        0.90,
        gate=True,
    ),
    PhaseIndicator(
        key="B2",
        stage=Stage.REGULAR,
        statement=mark("Wo und wie, nicht mehr ob"),
        measured=mark(
            "Wie viele Ratsvorlagen zu gewöhnlichen Themen nutzen Daten der Bausteine? Die"
            " Vorlagen liegen nicht hier; deshalb erreicht eine Angabe die Schwelle nicht."
        ),
        sources=frozenset({D}),
        measure=Measure.ANSWER,
        is_gate=True,
        half_words=mark("mindestens 10 Prozent"),
        full_words=mark("mindestens 30 Prozent"),
        is_told=True,
    ),
    _share("B3", mark("In den Ämtern"), mark("Vorhaben in der Hand eines Fachamts"), 0.60, 0.90),
    _share(
        "B4",
        mark("Das Fundament trägt"),
        mark("Datenfluss der Basisinfrastruktur über zwölf Monate"),
        0.97,
        0.99,
    ),
    _share(
        "B5",
        mark("Kein Zusatzgeld"),
        mark("Anteil der laufenden Kosten ohne Programmmittel"),
        0.85,
        0.98,
        gate=True,
    ),
    _context(
        "B6",
        mark("Das Etikett verschwindet"),
        mark("Bausteine ohne „Smart City“ im Namen"),
    ),
    _count("B7", mark("Der Vision gedient"), mark("strategische Ziele mit Belegstufe 3"), 1, 3),
    _share("B8", mark("Das Lernen bleibt"), mark("pünktliche Neubewertungen"), 0.70, 0.95),
)

ADOPTION = PhaseIndicator(
    key="EA",
    stage=Stage.PILOT,
    statement=mark("Bewährtes übernommen statt selbst erprobt"),
    measured=mark("Entscheidungen zur Übernahme mit fremder Belegstufe 2 oder höher"),
    sources=frozenset({D}),
    measure=Measure.COUNT,
    half=None,
    full=1,
    is_gate=True,
)
"""Stands in for E7, E10 and E11 where a municipality skips piloting (7.3)."""

REPLACED_BY_ADOPTION = frozenset({"E7", "E10", "E11"})
BY_KEY: dict[str, PhaseIndicator] = {one.key: one for one in (*INDICATORS, ADOPTION)}


def applicable(*, skips_piloting: bool = False) -> tuple[PhaseIndicator, ...]:
    """Return the indicators that hold for a municipality, in their order.

    Args:
        skips_piloting: It has no pilots of its own and adopts proven components.
    """
    if not skips_piloting:
        return INDICATORS
    kept = (one for one in INDICATORS if one.key not in REPLACED_BY_ADOPTION)
    return (ADOPTION, *kept)


def graded(indicator: PhaseIndicator, value: float) -> float:
    """Return 0, ½ or 1 for a count or a share (between 0 and 1)."""
    if indicator.full is not None and value >= indicator.full:
        return 1.0
    if indicator.half is not None and value >= indicator.half:
        return 0.5
    return 0.0
