"""Fixed words of the room: every text of the recipes, so that they can be read in English."""

from mehrwert.base.marks import mark

RECIPE_TEXTS = (
    mark("Abfluss"),
    mark("Adresse"),
    mark("Adresse des Servers"),
    mark("Bis zu fünf Ziffern aus der Stationsliste des DWD, zum Beispiel 433."),
    mark("Deutsche Zeit mit Sommerzeit"),
    mark("Deutscher Wetterdienst: Niederschlag"),
    mark("Deutscher Wetterdienst: Temperatur und Feuchte"),
    mark("Die Kennungen der Datastreams, mit Komma getrennt: 12, 13. Oder: alle"),
    mark("Die Zahl aus der Stationsliste des Umweltbundesamtes, zum Beispiel 143."),
    mark("Eine Datei, die sich fortschreibt, oder ein Ordner, in dem neue Dateien erscheinen."),
    mark("Feinstaub PM₁₀"),
    mark("Feinstaub PM₂,₅"),
    mark("Immer Winterzeit (MEZ)"),
    mark("Je Zeile: Spalte; Name; Einheit; Zeichen; Zusammenfassung (mean, sum oder last)."),
    mark(
        "Lufttemperatur in 2 m Höhe und relative Feuchte, alle 10 Minuten. Neueste Werte ungeprüft."
    ),
    mark("Messreihen eines Servers mit OGC SensorThings 1.1, auch zum Umziehen."),
    mark("Mit der Version am Ende, zum Beispiel https://daten.example/FROST-Server/v1.1"),
    mark("Name, Nummer oder UUID, wie auf pegelonline.wsv.de, zum Beispiel BONN."),
    mark("Niederschlagshöhe, Summe je 10 Minuten. Neueste Werte ungeprüft."),
    mark("Nummer der Messstation"),
    mark("Nummern der Messreihen"),
    mark("Ozon (O₃)"),
    mark("Pegel"),
    mark("Pegel an Bundeswasserstraßen, alle 15 Minuten oder öfter. Rohdaten, ungeprüft."),
    mark("Pegelonline: Wasserstand oder Abfluss"),
    mark("Schadstoff"),
    mark("Schwefeldioxid (SO₂)"),
    mark("SensorThings-Server"),
    mark("Spalte mit der Zeit"),
    mark("Spalten mit Werten"),
    mark("Stationskennung"),
    mark("Stickstoffdioxid (NO₂)"),
    mark("Stundenmittel der Messnetze von Bund und Ländern. Vorläufig, werden nachgeprüft."),
    mark("Tabelle (CSV) im Netz oder auf einem SFTP- oder FTP-Server"),
    mark("UTC"),
    mark("Umweltbundesamt: Luftqualität"),
    mark("Was"),
    mark("Wasserstand"),
    mark("Wie sie in der ersten Zeile heißt."),
    mark("Zeitzone"),
    mark(
        "https://rechner/datei.csv, sftp://rechner/ordner/*.csv oder ftp://rechner/ordner/*.csv."
        " FTP verschlüsselt weder Passwort noch Inhalt."
    ),
)
