"""What a recorded message offers: which places hold values, what they may be, where the time is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mehrwert.base.pointers import parse_body, pointers, time_of

MOST = 40
# part of a name → (what it is called, unit, sign, how it is summed up)
KNOWN = (
    ("humid", "Luftfeuchte", "Prozent", "%", "mean"),
    ("feucht", "Feuchte", "Prozent", "%", "mean"),
    ("moist", "Feuchte", "Prozent", "%", "mean"),
    ("dewpoint", "Taupunkt", "Grad Celsius", "°C", "mean"),
    ("temp", "Temperatur", "Grad Celsius", "°C", "mean"),
    ("pressure", "Luftdruck", "Hektopascal", "hPa", "mean"),
    ("druck", "Druck", "Hektopascal", "hPa", "mean"),
    ("co2", "CO₂", "ppm", "ppm", "mean"),
    ("pegel", "Pegelstand", "Meter", "m", "mean"),
    ("level", "Füllstand", "", "", "mean"),
    ("rain", "Niederschlag", "Millimeter", "mm", "sum"),
    ("regen", "Niederschlag", "Millimeter", "mm", "sum"),
    ("voltage", "Spannung", "Volt", "V", "mean"),
    ("current", "Stromstärke", "Ampere", "A", "mean"),
    ("apparentpower", "Scheinleistung", "Voltampere", "VA", "mean"),
    ("reactivepower", "Blindleistung", "Var", "var", "mean"),
    ("power", "Leistung", "Watt", "W", "mean"),
    ("total", "Zählerstand", "", "", "last"),
    ("energy", "Energie", "Kilowattstunde", "kWh", "last"),
    ("battery", "Batterie", "Prozent", "%", "last"),
    ("rssi", "Signalstärke", "Dezibel Milliwatt", "dBm", "mean"),
    ("count", "Anzahl", "", "", "sum"),
)
TIME_NAMES = re.compile(r"time|zeit|date|datum|(^|_)ts$|timestamp|lc$", re.IGNORECASE)
# what hardly anybody wants as a series
DULL = re.compile(r"id$|version|unit$|^tempunit|starttime|factor$", re.IGNORECASE)
OUR_TIME_US = 946_684_800_000_000  # 2000: before that a number is hardly a time


@dataclass(frozen=True, slots=True)
class Proposal:
    """One place of a message: its value, and what it may be."""

    at: str
    sample: Any
    field: str
    name: str
    unit: str
    symbol: str
    aggregation: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a message offers: values, and pointers that hold a time, the best first."""

    values: list[Proposal]
    times: list[str]


def propose(body: str, definition: Mapping[str, Any]) -> Offer:
    """Return what a message offers; what the binding says already stays as it says."""
    said = {value["at"]: value for value in definition.get("values", ())}
    values: list[Proposal] = []
    times: list[str] = []
    fields: set[str] = set()
    for at, sample in list(pointers(parse_body(body)))[:MOST]:
        if at not in said and is_time(at, sample):
            times.append(at)
            continue
        known = said.get(at)
        values.append(_said(at, sample, known) if known else _guess(at, sample, fields, bool(said)))
        fields.add(values[-1].field)
    return Offer(values, times)


def is_time(at: str, sample: Any) -> bool:
    """Say whether something looks like the time of a message."""
    name = at.rpartition("/")[2]
    if not TIME_NAMES.search(name) or isinstance(sample, bool):
        return False
    at_us = time_of(sample, "UTC")
    return at_us is not None and at_us > OUR_TIME_US


def _said(at: str, sample: Any, known: Mapping[str, Any]) -> Proposal:
    unit, symbol = str(known.get("unit", "")), str(known.get("symbol", ""))
    how = str(known.get("aggregation", "mean"))
    return Proposal(at, sample, known["field"], known["name"], unit, symbol, how, wanted=True)


def _guess(at: str, sample: Any, fields: set[str], has_values: bool) -> Proposal:
    name = at.rpartition("/")[2] or "wert"
    found = next((row for row in KNOWN if row[0] in name.lower()), None)
    title, unit, symbol, how = found[1:] if found else (name, "", "", "mean")
    is_number = isinstance(sample, int | float) and not isinstance(sample, bool)
    wanted = is_number and not DULL.search(name) and not has_values
    return Proposal(at, sample, field_of(at, fields), title, unit, symbol, how, wanted)


def field_of(at: str, taken: set[str]) -> str:
    """Return a field for a pointer that no other has."""
    plain = re.sub(r"[^a-z0-9]+", "_", at.lower()).strip("_") or "wert"
    plain = plain if plain[0].isalpha() else f"f_{plain}"
    base, number = plain[:50], 1
    while plain[:60] in taken:
        number += 1
        plain = f"{base}_{number}"
    return plain[:60]
