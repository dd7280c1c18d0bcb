"""An invented paper that uses every kind of block."""

from mehrwert.documents.building import fields, listing, paragraph, runs, strong, table
from mehrwert.documents.model import (
    Attachment,
    Box,
    BoxPart,
    Document,
    Field,
    Figure,
    Furniture,
    Metadata,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Source,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120" '
    'role="img" aria-labelledby="s-t s-d" font-family="Fira Sans, Arial, sans-serif">'
    '<title id="s-t">Verlauf</title><desc id="s-d">Die Linie fällt von 12 auf 9.</desc>'
    '<path d="M20 20L380 90" stroke="#0a4b8c" stroke-width="2" fill="none"/>'
    '<text x="20" y="112" font-size="13" fill="#56667a">Januar</text></svg>'
)
COSTS = table(
    "Alternativen im Vergleich",
    ["Alternative", ">Kosten je Jahr", ">Wirkung (95-%-Bereich)"],
    [
        ["nichts tun", "0 €", "nicht bekannt"],
        ["im Verbund", "12.400 €", "−8 % (−15 % bis −1 %)"],
        ["allein fortführen", "18.900 €", "−8 % (−15 % bis −1 %)"],
    ],
    source="Haushaltsplan 2027, Stand 1. März 2027",
)
NUMBERS = table(
    "Liter je Baum", ["Monat", ">Liter"], [["Januar 2027", "12"], ["Februar 2027", "9"]]
)


def sample(**changes):
    given = {
        "title": "Fortführung der bedarfsgesteuerten Baumbewässerung",
        "kind": "council_paper",
        "subtitle": "Vorlage 123/2027",
        "metadata": Metadata(
            author="Stadt Auental",
            created="2027-03-01",
            subject="Beschlussvorlage",
            keywords=("Bewässerung", "Bäume"),
        ),
        "furniture": Furniture(
            header="Stadt Auental · Vorlage 123/2027",
            footer="Erzeugt mit Mehrwert",
            banner="Demo: Alle Angaben sind erfunden.",
        ),
        "blocks": (
            Section(
                "head", "Vorlage", (fields([("Art", "Beschluss"), ("Datum", "1. März 2027")]),)
            ),
            Section(
                "resolution",
                "Beschlussvorschlag",
                (
                    listing(["Der Rat führt fort.", "Er berichtet bis 30.06.2028."], ordered=True),
                    Paragraph(
                        runs(
                            "Der Bereich ist ",
                            strong("unsicher"),
                            " & <nicht> ",
                            Run("belegt", note="Siehe Anlage 1."),
                        ),
                        role="typed",
                    ),
                ),
            ),
            Section(
                "known_unknown",
                "Was wir wissen – was wir nicht wissen",
                (
                    Box(
                        (
                            BoxPart(
                                "Was wir wissen",
                                (
                                    runs("Stufe 2: begründeter Hinweis"),
                                    runs("Der Verbrauch sank um 8 %."),
                                ),
                            ),
                            BoxPart(
                                "Was wir nicht wissen", (runs("Kosten ab 2029: nicht bekannt"),)
                            ),
                        )
                    ),
                ),
            ),
            Section(
                "alternatives",
                "Alternativen",
                (
                    COSTS,
                    Section(
                        "detail",
                        "Verlauf im Einzelnen",
                        (
                            Figure(
                                "Liter je Baum",
                                SVG,
                                "Die Linie fällt von 12 auf 9.",
                                NUMBERS,
                                "eigene Messung",
                            ),
                        ),
                    ),
                ),
            ),
            PageBreak(),
            Section(
                "more",
                "Weitere Angaben",
                (
                    paragraph(
                        "Der Straßenbaumbewässerungsbeauftragte misst ≥ 3 Werte je Tag. ",
                        Run("Mehr dazu", link="https://example.org/a?b=1&c=2"),
                        ".",
                    ),
                    paragraph(Run("kursiv", style="emphasis")),
                ),
            ),
        ),
        "sources": (
            Source("Haushaltsplan 2027", as_of="1. März 2027"),
            Source("Register", link="https://example.org/", licence="dl-de/by-2-0"),
        ),
        "attachments": (
            Attachment(
                "zahlen.csv", "text/csv", "monat;liter\n2027-01;12\n", "Zahlen der Abbildung"
            ),
        ),
        "provenance": (
            Field("Installation", "mehrwert.example"),
            Field("Daten vom", "1. März 2027, 08:00 Uhr"),
        ),
    }
    return Document(**(given | changes))
