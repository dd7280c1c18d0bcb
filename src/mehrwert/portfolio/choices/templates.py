"""Templates for the lines of the checklist of an adoption: what a letter of each kind must say.

Own words, after the order of the roadmap named in ``ROADMAP``; a template is no legal advice.
"""

from mehrwert.base.marks import mark

ROADMAP_NAME = "skalierung.smart-city-dialog.de"
ROADMAP_URL = "https://skalierung.smart-city-dialog.de"
TEMPLATES: dict[str, tuple[str, ...]] = {
    "mandate": (
        mark("Beschluss oder Verfügung: wer beauftragt, mit welchem Zeichen, ab welchem Tag."),
        mark("Ziel in einem Satz, und woran man in zwölf Monaten sieht, ob es erreicht ist."),
        mark("Geld und Stunden für Einführung und Betrieb, und aus welchem Produkt."),
        mark("Wer entscheidet, wenn es teurer wird oder länger dauert."),
    ),
    "data_protection": (
        mark("Welche Daten fallen an, und lässt sich eine Person daraus erkennen?"),
        mark("Rechtsgrundlage, Zweck, Speicherdauer, Empfänger: Eintrag im Verzeichnis."),
        mark("Ist eine Folgenabschätzung nötig? Ja oder nein, mit Grund."),
        mark("Vertrag zur Auftragsverarbeitung mit jedem Dienstleister, der Daten sieht."),
    ),
    "works_council": (
        mark("Was wird eingeführt, und welche Arbeitsplätze berührt es?"),
        mark("Lässt sich Verhalten oder Leistung von Beschäftigten überwachen? Ja oder nein."),
        mark("Was ausgeschlossen wird: Auswertungen, Zugriffe, Aufzeichnungen."),
        mark("Bitte um Zustimmung, oder die Feststellung, dass keine nötig ist."),
    ),
    "service_instruction": (
        mark("Wer bekommt die Meldung, und wer vertritt?"),
        mark("Was ist binnen welcher Zeit zu tun, auch nachts und am Wochenende?"),
        mark("Wo wird festgehalten, was getan wurde?"),
        mark("Was gilt, wenn das Verfahren ausfällt?"),
    ),
    "training": (
        mark("Wer muss was können: Bedienung, Deutung der Werte, Störung."),
        mark("Termin, Dauer, wer schult, Unterlagen."),
        mark("Liste der Teilnehmenden, und wann aufgefrischt wird."),
    ),
    "communication": (
        mark("Was ändert sich für die Menschen vor Ort, in drei Sätzen?"),
        mark("Was wird gemessen, was ausdrücklich nicht?"),
        mark("Wo stehen die Daten, und wen kann man fragen?"),
        mark("Wann und wo berichtet wird, ob es wirkt."),
    ),
    "handover": (
        mark("Wer betreibt ab welchem Tag, wer vertritt, wer zahlt?"),
        mark("Zugänge, Verträge, Garantien, Ersatzteile: übergeben am, an wen."),
        mark("Offene Mängel mit Frist."),
        mark("Unterschrift der abgebenden und der übernehmenden Stelle."),
    ),
    "evaluation_date": (
        mark("An welchem Tag wird geprüft, von wem?"),
        mark("Kennzahl, Ausgangswert, kleinster Unterschied, der sich lohnt."),
        mark("Was folgt bei „wirkt“, „wirkt nicht“ und „unklar“?"),
    ),
    "exit": (
        mark("Kündigungsfrist und Form jedes Vertrags."),
        mark("In welchem Format werden die Daten ausgegeben, bis wann gelöscht?"),
        mark("Was kostet das Ende, und was läuft an seiner Stelle?"),
        mark("Bindung durch Förderung: bis wann, was wäre zurückzuzahlen?"),
    ),
}
