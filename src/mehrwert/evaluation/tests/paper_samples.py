"""Invented facts of council papers: positive, null, negative and empty, the same otherwise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mehrwert.documents.building import table
from mehrwert.documents.model import Figure
from mehrwert.evaluation.council_paper.facts import (
    Alternative,
    Consultation,
    CostLine,
    Effect,
    Finance,
    Funding,
    Head,
    LaterCost,
    PaperFacts,
    Proposal,
    Review,
    Unknowns,
    Year,
)
from mehrwert.figures import PAPER, Look, Points, line_chart

SOLUTION = "Bedarfsgesteuerte Baumbewässerung"


def figure() -> Figure:
    months = [1704067200 + n * 2629800 for n in range(36)]
    litres = [12.0 - (3.0 if n > 20 else 0.0) + (n % 4) * 0.4 for n in range(36)]
    svg = line_chart(
        Points(t=months, mean=litres),
        title="Liter je Baum und Gießgang",
        description="Die Linie liegt ab Oktober 2025 niedriger.",
        unit="l",
        look=Look(width=640, height=240, palette=PAPER, key="paper"),
    )
    rows = [
        [f"{n % 12 + 1:02d}/{2024 + n // 12}", f"{litres[n]:.1f}".replace(".", ",")]
        for n in range(0, 36, 6)
    ]
    numbers = table("Liter je Baum, jeder sechste Monat", ["Monat", ">Liter"], rows)
    return Figure(
        "Liter je Baum und Gießgang",
        svg,
        "Monatswerte 2024 bis 2026; ab Oktober 2025 rund 3 Liter niedriger.",
        numbers,
        "eigene Messung, Daten bis 31. Dezember 2026",
    )


POSITIVE = Effect(
    solution=SOLUTION,
    indicator="Wasser je Baum",
    sentence=f"Es gibt Hinweise, dass {SOLUTION} Wasser je Baum verbessert: "
    "−18 % (−30 % bis −4 %).",
    value="−18 %",
    span="−30 % bis −4 %",
    bounds=(-0.357, -0.041),
    basis="eigene Messung; Erfahrung aus 5 Kommunen, davon 3 mit Vergleich",
    evidence_class=2,
    class_words="Hinweise",
    display=f"{SOLUTION} · −18 % (−30 % bis −4 %) · 2 von 4 (5 Kommunen, 3 mit Vergleich) · "
    "0,42 €/EW·Jahr",
    data_as_of="31. Dezember 2026",
)
NULL = replace(
    POSITIVE,
    sentence="Bei Wasser je Baum zeigt sich kein nennenswerter Unterschied: "
    "0 % (−3 % bis +3 %), Schwelle ±5 %.",
    value="0 %",
    span="−3 % bis +3 %",
    bounds=(-0.03, 0.03),
    display=f"{SOLUTION} · 0 % (−3 % bis +3 %)",
)
NEGATIVE = replace(
    POSITIVE,
    sentence=f"Es gibt Hinweise, dass {SOLUTION} Wasser je Baum verschlechtert: "
    "+18 % (+4 % bis +30 %).",
    value="+18 %",
    span="+4 % bis +30 %",
    bounds=(0.041, 0.26),
    display=f"{SOLUTION} · +18 % (+4 % bis +30 %)",
)
FINANCE = Finance(
    investive=Decimal(0),
    consumptive=Decimal("18900"),
    account="Produkt 55.10.01, Sachkonto 524100",
    planned="partly",
    cover="Mehrerträge Produkt 55.10.02",
    funding=(
        Funding("Landesprogramm Klima", "60 %", "granted", date(2027, 12, 31), date(2032, 12, 31)),
    ),
    depreciation=Decimal(2400),
    years=(
        Year(2027, Decimal(18900), Decimal(0), Decimal(9100)),
        Year(2028, Decimal(18900), Decimal(0), None),
    ),
    later=(LaterCost(2031, "Ersatz der Sensoren"),),
    own_share_after_funding=Decimal(18900),
    per_inhabitant=Decimal("0.42"),
    per_inhabitant_span="0,31 € bis 0,60 €",
    positions={
        "licence": CostLine(Decimal(0), Decimal(0), "quelloffen"),
        "hardware": CostLine(Decimal(24000), Decimal(0), "einmalige Anschaffung"),
        "operation": CostLine(None, Decimal(9600)),
        "connectivity": CostLine(None, Decimal("1200.50")),
    },
    hours_per_year=Decimal(120),
)
ALTERNATIVES = (
    Alternative(
        key="proposed",
        effect="−18 % (−30 % bis −4 %)",
        evidence_class=2,
        yearly=Decimal(18900),
        per_inhabitant=Decimal("0.42"),
        value_first_rate=Decimal(-67000),
        value_second_rate=Decimal(-71200),
        chance=0.00026,
    ),
    Alternative(
        key="joint",
        effect="−18 % (−30 % bis −4 %)",
        evidence_class=2,
        yearly=Decimal(8700),
        per_inhabitant=Decimal("0.19"),
        value_first_rate=Decimal(11810),
        value_second_rate=Decimal(9000),
        chance=0.6997,
    ),
)


def facts(effect: Effect | None = POSITIVE, **changes) -> PaperFacts:
    given = PaperFacts(
        head=Head(
            title=f"Fortführung: {SOLUTION}",
            author="Stadt Auental",
            created=date(2027, 3, 1),
            number="123/2027",
            lead="Amt für Stadtgrün",
            involved=("Kämmerei", "Rechtsamt"),
        ),
        proposal=Proposal(
            key="adapt_limited",
            table_key="adapt_limited",
            table_row=6,
            until=date(2028, 6, 30),
            adaptation="Gießmenge nach Bodenfeuchte auch in Straßen mit altem Bestand.",
        ),
        review=Review(
            indicator="Wasser je Baum",
            target="mindestens −10 %",
            next_report=date(2028, 4, 30),
            stop_criterion="Liegt der Bereich ganz über 0 %, wird beendet.",
        ),
        unknowns=Unknowns(
            checks=("Vergleichsstädte vor Beginn gleichlaufend",),
            indicators=("Anteil vitaler Bäume",),
            overdue=(2, 8),
            flips="der Preis um 20 % steigt",
            smallest_measurement="sechs weitere Monate Bodenfeuchte",
        ),
        effects=(effect,) if effect else (),
        figures=(figure(),) if effect else (),
        alternatives=ALTERNATIVES if effect else (),
        finance=FINANCE,
        consultations=(
            Consultation("Umweltausschuss", date(2027, 3, 9), "Vorberatung"),
            Consultation("Rat", date(2027, 3, 23), "Beschlussfassung", is_authoritative=True),
        ),
        texts={"background": "Der Rat hat 2025 einen Versuch beschlossen.\n\nEr endet im Juni."},
        notes={
            "climate": "Spart Trinkwasser.",
            "equality": "Keine Auswirkung.",
            "participation": "Baumpaten wurden befragt.",
        },
        annexes=("Wirkungsblatt", "Kostenblatt"),
        provenance=(("Installation", "mehrwert.example"), ("Daten bis", "31. Dezember 2026")),
        is_demo=True,
    )  # fmt: skip
    return replace(given, **changes)


EMPTY = PaperFacts(
    head=Head(title="Neues Vorhaben", author="Stadt Auental", created=date(2027, 3, 1)),
    proposal=Proposal(key="not_yet_decidable", table_key="not_yet_decidable"),
    review=Review(),
    unknowns=Unknowns(),
)
