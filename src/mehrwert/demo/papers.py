"""What the invented town typed into its council paper. Plain JSON values; all of it is invented."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any


def typed(decided_on: date) -> dict[str, Any]:
    """Return the details of the paper on which the council of Auental decided.

    Args:
        decided_on: Day of the decision; the paper is five weeks older.
    """
    year = decided_on.year
    return {
        "created": (decided_on - timedelta(days=35)).isoformat(),
        "profile": "first-page",
        "number": f"47/{year}",
        "lead": "Amt für Stadtgrün",
        "involved": ["Kämmerei", "Bauhof"],
        "consultations": _consultations(decided_on),
        "decision": "continue",
        "override_reason": "Die Fühler sind bezahlt, die laufenden Kosten stehen im Haushalt.",
        "review": {
            "indicator": "Gießwasser",
            "target": "mindestens 5 % weniger als ohne die Lösung erwartet",
            "next_report": decided_on.replace(year=year + 1, day=1).isoformat(),
            "stop_criterion": "Liegt der ganze Bereich über 0 %, wird beendet.",
        },
        "texts": {
            "background": "Der Stadtrat hat vor zwei Jahren beschlossen, Bäume ein Jahr lang nach"
            " Bodenfeuchte zu gießen und dann zu entscheiden."
        },
        "notes": {
            "climate": "Spart Trinkwasser in trockenen Sommern.",
            "equality": "Keine Auswirkung bekannt.",
            "participation": "Baumpaten wurden befragt.",
        },
        "finance": _finance(year),
        "joint_yearly": "1900.00",
        "nothing": "Der Bauhof gießt wie früher nach Plan. Was das kostet, ist nicht gesondert"
        " erfasst.",
        "objections": [],
        "smallest_measurement": "ein zweiter Sommer mit denselben Fühlern",
        "annexes": ["Kostenblatt"],
    }


def story_paper(created: date, population: int) -> dict[str, Any]:
    """Return the details of the paper of the thirsty trees, begun on a day.

    Args:
        created: Day of the draft; the council sits five weeks later.
        population: Of the invented town.
    """
    paper = typed(created + timedelta(days=35))
    yearly = Decimal(paper["finance"]["consumptive"]) + Decimal(paper["finance"]["depreciation"])
    paper["finance"]["per_inhabitant"] = f"{yearly / population:.2f}"
    paper["texts"] = {
        "background": "Vor gut einem Jahr hat die Stadt das Paket „Durstige Bäume“ übernommen, um"
        " ein Jahr lang nach Bodenfeuchte zu gießen und dann zu entscheiden."
    }
    return paper


def _consultations(decided_on: date) -> list[dict[str, Any]]:
    return [
        {
            "body": "Bauausschuss",
            "session": (decided_on - timedelta(days=14)).isoformat(),
            "role": "Vorberatung",
        },
        {
            "body": "Stadtrat",
            "session": decided_on.isoformat(),
            "role": "Beschlussfassung",
            "is_authoritative": True,
        },
    ]


def _finance(year: int) -> dict[str, Any]:
    nothing = {"income": "0.00"}
    return {
        "investive": "0.00",
        "consumptive": "2900.00",
        "account": "Produkt 55.10.01, Sachkonto 524100",
        "planned": "yes",
        "cover": "Haushaltsansatz Stadtgrün",
        "funding": [],
        "depreciation": "2280.00",
        "years": [
            {"year": year + 1, "expense": "2900.00", **nothing},
            {"year": year + 2, "expense": "2900.00", **nothing},
        ],
        "later": [{"year": year + 8, "what": "Ersatz der Fühler", "amount": None}],
        "per_inhabitant": "0.63",
        "positions": {
            "licence": {"once": "0.00", "yearly": "0.00", "reason": "quelloffen"},
            "hardware": {"once": "11400.00", "yearly": None, "reason": "bereits bezahlt"},
            "connectivity": {"once": None, "yearly": "480.00"},
            "operation": {"once": None, "yearly": "1900.00"},
            "maintenance": {"once": None, "yearly": "520.00"},
        },
        "hours_per_year": "60.00",
    }
