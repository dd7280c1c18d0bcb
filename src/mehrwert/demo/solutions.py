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
        "description": "Fühler im Wurzelraum messen alle Stunde, wie feucht der Boden ist. Fällt"
        " der Wert unter die Schwelle, steht der Baum am nächsten Morgen auf der Gießliste des"
        " Bauhofs; alle anderen Bäume werden nicht angefahren. Alles an diesem Beispiel ist"
        " erfunden.",
        "plain_summary": "Sensoren messen, ob Bäume Wasser brauchen. Der Bauhof fährt nur dorthin."
        " Das spart Wasser und Fahrten.",
        "plain_summary_by": "person",
        "features": ["Gießliste für den Morgen", "Warnung bei Trockenheit", "Monatsbericht"],
        "languages": ["de"],
        "technologies": ["Bodenfeuchtesensor", "LoRaWAN"],
        "code": {
            "repository_url": "https://code.example/auental/baumbewaesserung",
            "licence": "EUPL-1.2",
            "software_type": "standalone/web",
            "platforms": ["web"],
            "development_status": "stable",
        },
        "preconditions": {
            "base_components": ["Funknetz der fünf Orte (erfunden)"],
            "data_needed": ["Baumkataster mit Standorten"],
            "staff_hours_per_week": 2,
            "networks": ["lorawan"],
        },
        "lessons": {
            "would_do_again": "with_changes",
            "what_differently": "Mit zehn Bäumen beginnen und den Bauhof vorher fragen.",
            "stumbling_blocks": ["Ein Fühler stand zu flach und meldete nach jedem Regen feucht."],
            "organisation_needed": "Eine Person im Bauhof, die morgens auf die Liste sieht.",
        },
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
# begun, shown to nobody else yet
DRAFT: dict[str, Any] = {
    "name": "Demo: Schattenplan für den Marktplatz",
    "short_description": "Erfundenes Beispiel: Wo im Sommer mittags Schatten fehlt.",
    "fields_of_action": ["Klimaanpassung"],
    "stage": "P1",
    "status": "idea",
}
# an end whose reason names somebody: it waits for a second person
NAMING: dict[str, Any] = {
    **_ALL,
    "name": "Demo: Parkplatzanzeige",
    "short_description": "Erfundenes Beispiel: Eine Anzeige sagte, wo noch Plätze frei sind.",
    "problem": "Autos suchten im Ortskern nach einem Platz.",
    "fields_of_action": ["Mobilität"],
    "status": "ended",
    "status_since": "2026-03",
    "adoption": {"relation": "origin", "status": "ended"},
    "ended": {
        "on": "2026-03",
        "carried_out": "yes",
        "reasons": ["vendor"],
        "text": "Die Beispiel Software GmbH (erfunden) hat den Dienst abgeschaltet.",
        "exit_contracts": "Vertrag zum Jahresende ausgelaufen, keine Kündigung nötig (erfunden).",
        "exit_data": "Zählwerte liegen als CSV im Rathaus (erfunden).",
    },
}
# what somebody follows: words of the address, name of the list
FOLLOWED: tuple[tuple[str, str], ...] = (
    ("q=B%C3%A4ume+bew%C3%A4ssern", "„Bäume bewässern“"),
    ("feld=Wasser&status=operation", "Wasser · in Betrieb"),
)
# searched for in vain, so often
MISSED: tuple[tuple[str, int], ...] = (("Seilbahn", 4), ("Friedhofsplan", 3), ("Marktstand", 5))
