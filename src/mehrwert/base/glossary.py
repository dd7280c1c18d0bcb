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
    (mark("Meldung"), mark("Eine Regel trifft gerade zu: Hinweis, Warnung oder Alarm.")),
    (mark("Runde"), mark("Orte, die jemand draußen nacheinander abhakt.")),
    (
        mark("Lösung"),
        mark("Was eine Kommune nutzt und eine andere nachnutzen kann: Software, Gerät, Verfahren."),
    ),
    (mark("Nachnutzung"), mark("Eine Kommune übernimmt die Lösung einer anderen.")),
    (
        mark("Einstiegspaket"),
        mark("Richtet eine Lösung bei Ihnen ein: Messstellen, Regeln, Kennzahl, Bewertungsplan."),
    ),
    (mark("Vorhaben"), mark("Was eine Kommune sich vornimmt, mit Ziel, Geld und Frist.")),
    (mark("Kennzahl"), mark("Eine festgelegte Zahl, an der man den Erfolg sieht.")),
    (mark("Bewertung"), mark("Plan, Daten, Ergebnis und Entscheidung: Wirkt es bei uns?")),
    (mark("Wirkung"), mark("Der Unterschied zu dem, was ohne die Lösung gewesen wäre.")),
    (mark("95-%-Bereich"), mark("In diesem Bereich liegt die Wirkung wohl; breit heißt ungewiss.")),
    (
        mark("Belegstärke"),
        mark("Wie sicher man der Wirkung sein darf, in vier Stufen; sagt nichts über ihre Größe."),
    ),
    (mark("Auftrag"), mark("Eine längere Arbeit im Hintergrund. Sie können die Seite verlassen.")),
    (
        mark("Schlüssel"),
        mark("Damit meldet sich ein Gerät oder ein Programm an, statt eines Menschen."),
    ),
    (mark("Protokoll"), mark("Wer wann was geändert hat.")),
)
