"""The invented solutions of Auental, as entries of the catalogue: what the stories evaluate.

Invented results never hang on real solutions (decisions 37), so the stories have their own; the
name says so in every list.
"""

from typing import Any

_ALL: dict[str, Any] = {
    "solution_type": "hardware_software",
    "programme": "none",
    "stage": "P4",
    "status": "operation",
    "contact": {
        "role": "Leitung Bauhof",
        "unit": "Bauhof",
        "functional_mailbox": "bauhof@auental.example",
    },
    "adoption": {"relation": "origin", "status": "live"},
}
# key of the story, which is the address of the entry → its profile
SOLUTIONS: dict[str, dict[str, Any]] = {
    "demo-baumbewaesserung": {
        **_ALL,
        "name": "Demo: Baumbewässerung",
        "short_description": "Erfundenes Beispiel: Fühler im Boden sagen, welche Bäume Wasser"
        " brauchen.",
        "problem": "Der Bauhof gießt nach Plan, auch wo der Boden noch feucht ist.",
        "fields_of_action": ["Klimaanpassung"],
        "status_since": "2024-05",
    },
    "demo-glascontainer": {
        **_ALL,
        "name": "Demo: Glascontainer",
        "short_description": "Erfundenes Beispiel: Fühler im Glascontainer melden, wie voll er"
        " ist.",
        "problem": "Der Entsorger fährt zu halbleeren Containern.",
        "fields_of_action": ["Abfall & Emissionen"],
        "status": "ended",
        "status_since": "2025-09",
        "ended": {"on": "2025-09", "carried_out": "yes", "reasons": ["no_effect"]},
        "adoption": {"relation": "origin", "status": "ended"},
    },
    "demo-raumluft": {
        **_ALL,
        "name": "Demo: Raumluft",
        "short_description": "Erfundenes Beispiel: Eine Ampel im Klassenraum zeigt, wann zu lüften"
        " ist.",
        "problem": "Die Schule heizt zum Fenster hinaus oder lüftet zu wenig.",
        "fields_of_action": ["Bildung & Wissenschaft"],
        "status_since": "2025-09",
    },
    "demo-pegelwarnung": {
        **_ALL,
        "name": "Demo: Pegelwarnung",
        "short_description": "Erfundenes Beispiel: Ein Pegel am Oberlauf warnt, bevor der Bach über"
        " die Ufer tritt.",
        "problem": "Wer am Bach wohnt, merkt das Hochwasser erst, wenn es da ist.",
        "fields_of_action": ["Wasser"],
        "status_since": "2024-11",
    },
    "demo-telefon": {
        **_ALL,
        "name": "Demo: Telefon",
        "short_description": "Erfundenes Beispiel: Wer anruft, bekommt beim ersten Mal Auskunft.",
        "problem": "Anrufe werden dreimal weitergeleitet, weil die Zentrale nichts nachsehen kann.",
        "fields_of_action": ["Verwaltung"],
        "status_since": "2025-10",
    },
    "demo-klimastele": {
        **_ALL,
        "name": "Demo: Klimastele",
        "short_description": "Erfundenes Beispiel: Eine Säule auf dem Platz zeigt die Temperatur.",
        "problem": "Niemand weiß, wie heiß es wo in der Stadt ist.",
        "fields_of_action": ["Kultur & Freizeit"],
        "status": "pilot",
        "status_since": "2025-08",
    },
}
