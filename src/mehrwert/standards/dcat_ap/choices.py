"""The four datasets of the catalogue and the files each is offered as."""

from dataclasses import dataclass
from typing import Final

from mehrwert.base.marks import mark

from .vocabulary import CC_ZERO, DL_BY


@dataclass(frozen=True)
class Dataset:
    """One dataset: what it is called, what it is about, under which licence.

    ``attribution`` is the notice that the licence asks for, empty for CC0.
    """

    name: str
    title: str
    description: str
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    licence: str = CC_ZERO
    attribution: str = ""


REGISTER_NOTICE: Final = (
    "Gemeindenamen und Schlüssel: © Statistisches Bundesamt (Destatis) und"
    " © GeoBasis-DE / BKG, dl-de/by-2-0, gekürzt"
)

DATASETS: Final = (
    Dataset(
        "solutions",
        mark("Lösungen: was Kommunen digital umgesetzt haben"),
        mark(
            "Digitale Lösungen deutscher Kommunen mit Stand, Handlungsfeldern, Technik und Quellen."
            " Eine fehlende Angabe heißt: Niemand hat etwas gesagt."
        ),
        ("GOVE", "TECH"),
        ("Smart City", "Kommune", "Lösung", "Nachnutzung"),
    ),
    Dataset(
        "adoptions",
        mark("Nutzung: welche Kommune welche Lösung einsetzt"),
        mark(
            "Verbindungen von Lösungen und Kommunen, getrennt nach „von der Kommune erklärt“ und"
            " „aus öffentlicher Quelle dokumentiert“. Beide Zahlen werden nie addiert."
        ),
        ("GOVE", "REGI"),
        ("Smart City", "Kommune", "Nachnutzung"),
        DL_BY,
        REGISTER_NOTICE,
    ),
    Dataset(
        "effects",
        mark("Wirkung: wie gut belegt ist, was eine Lösung bringt"),
        mark(
            "Beleggüte und Richtung der Wirkung je Lösung, zusammengefasst aus geprüften"
            " Auswertungen. Lösungen ohne Auswertung fehlen hier."
        ),
        ("GOVE", "SOCI"),
        ("Smart City", "Wirkung", "Evaluation"),
    ),
    Dataset(
        "costs",
        mark("Kosten: was eine Lösung je Einwohner und Jahr kostet"),
        mark(
            "Kosten je Einwohner und Jahr in Euro des genannten Preisjahrs, wie sie die nutzende"
            " Kommune trägt. Es gibt keine geschätzten Werte."
        ),
        ("GOVE", "ECON"),
        ("Smart City", "Kosten", "Kommune"),
        DL_BY,
        REGISTER_NOTICE,
    ),
)
DATASET_BY_NAME: Final = {d.name: d for d in DATASETS}
# ending → (EU file type, media type, title of the distribution)
FORMATS: Final = {
    "csv": ("CSV", "text/csv", mark("CSV (UTF-8, Komma)")),
    "jsonl": ("JSON", "application/json", mark("JSON Lines, ein Datensatz je Zeile")),
}
