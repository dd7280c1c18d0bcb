"""The words of the screens, explained in one sentence each."""

from mehrwert.base.marks import mark

GLOSSARY: tuple[tuple[str, str], ...] = (
    (mark("Kommune"), mark("Eine Gemeinde, eine Stadt, ein Kreis oder ein Verband.")),
    (mark("Messstelle"), mark("Ein Ort oder ein Gerät, an dem etwas gemessen wird.")),
    (mark("Messreihe"), mark("Alle Werte einer Messgröße an einer Messstelle.")),
    (mark("Messwert"), mark("Ein einzelner Wert mit seiner Zeit.")),
    (mark("Messgröße"), mark("Was gemessen wird, zum Beispiel Wasserstand oder Bodenfeuchte.")),
    (mark("Sensor"), mark("Das Gerät oder Verfahren, das misst.")),
    (mark("schweigt"), mark("Seit drei erwarteten Abständen kam kein Wert.")),
    (
        mark("verspätet"),
        mark("Der nächste Wert ist überfällig, aber noch keine drei Abstände lang."),
    ),
    (mark("Stand"), mark("Der Zeitpunkt, bis zu dem die gezeigten Daten reichen.")),
    (mark("Auftrag"), mark("Eine längere Arbeit im Hintergrund. Sie können die Seite verlassen.")),
    (
        mark("Schlüssel"),
        mark("Damit meldet sich ein Gerät oder ein Programm an, statt eines Menschen."),
    ),
    (mark("Protokoll"), mark("Wer wann was geändert hat.")),
)
