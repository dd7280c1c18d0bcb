"""Guesses in words what a column is: quantity, unit, how values are summed up."""

import re
from dataclasses import dataclass
from itertools import pairwise

from mehrwert.base.marks import mark
from mehrwert.base.tables.sniffing import TimeColumns
from mehrwert.base.tables.times import parse_time


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; ``words`` follow after „in“. ``spellings`` in lower case besides symbol and name."""

    symbol: str
    name: str
    words: str
    spellings: tuple[str, ...] = ()


UNITS = (
    Unit("°C", mark("Grad Celsius"), mark("Grad Celsius"), ("c", "degc", "grad c", "grad")),
    Unit("K", mark("Kelvin"), mark("Kelvin")),
    Unit("%", mark("Prozent"), mark("Prozent"), ("percent", "proz", "% rh", "vol%")),
    Unit("mm", mark("Millimeter"), mark("Millimetern"), ("l/m²", "l/m2")),
    Unit("cm", mark("Zentimeter"), mark("Zentimetern")),
    Unit("m", mark("Meter"), mark("Metern"), ("m ü. nhn", "m ü. nn", "mnhn")),
    Unit("km", mark("Kilometer"), mark("Kilometern")),
    Unit("m/s", mark("Meter je Sekunde"), mark("Metern je Sekunde"), ("ms-1", "m s-1")),
    Unit("km/h", mark("Kilometer je Stunde"), mark("Kilometern je Stunde"), ("kmh",)),
    Unit("m³/s", mark("Kubikmeter je Sekunde"), mark("Kubikmetern je Sekunde"), ("m3/s",)),
    Unit("l/s", mark("Liter je Sekunde"), mark("Litern je Sekunde")),
    Unit("m³", mark("Kubikmeter"), mark("Kubikmetern"), ("m3", "cbm")),
    Unit("l", mark("Liter"), mark("Litern"), ("ltr",)),
    Unit("hPa", mark("Hektopascal"), mark("Hektopascal"), ("mbar", "mb")),
    Unit("Pa", mark("Pascal"), mark("Pascal")),
    Unit("kPa", mark("Kilopascal"), mark("Kilopascal")),
    Unit("bar", mark("Bar"), mark("Bar")),
    Unit("W/m²", mark("Watt je Quadratmeter"), mark("Watt je Quadratmeter"), ("w/m2",)),
    Unit("W", mark("Watt"), mark("Watt")),
    Unit("kW", mark("Kilowatt"), mark("Kilowatt")),
    Unit("kWh", mark("Kilowattstunde"), mark("Kilowattstunden")),
    Unit("Wh", mark("Wattstunde"), mark("Wattstunden")),
    Unit("V", mark("Volt"), mark("Volt")),
    Unit("mV", mark("Millivolt"), mark("Millivolt")),
    Unit("A", mark("Ampere"), mark("Ampere")),
    Unit("lx", mark("Lux"), mark("Lux"), ("lux",)),
    Unit("dB", mark("Dezibel"), mark("Dezibel"), ("db(a)", "dba")),
    Unit("dBm", mark("Dezibel Milliwatt"), mark("Dezibel Milliwatt")),
    Unit("ppm", mark("Teile je Million"), mark("Teilen je Million")),
    Unit(
        "µg/m³",
        mark("Mikrogramm je Kubikmeter"),
        mark("Mikrogramm je Kubikmeter"),
        ("ug/m3", "μg/m³", "µg/m3", "mikrogramm/m³"),
    ),
    Unit("mg/l", mark("Milligramm je Liter"), mark("Milligramm je Liter")),
    Unit(
        "µS/cm",
        mark("Mikrosiemens je Zentimeter"),
        mark("Mikrosiemens je Zentimeter"),
        ("us/cm", "μs/cm"),
    ),
    Unit("pH", mark("pH-Wert"), mark("pH")),
    Unit("°", mark("Grad"), mark("Grad"), ("deg", "°n")),
    Unit("s", mark("Sekunde"), mark("Sekunden"), ("sek", "sec")),
    Unit("min", mark("Minute"), mark("Minuten")),
    Unit("h", mark("Stunde"), mark("Stunden"), ("std",)),
    Unit("kg", mark("Kilogramm"), mark("Kilogramm")),
    Unit("t", mark("Tonne"), mark("Tonnen")),
    Unit(
        "1",
        mark("Anzahl"),
        mark("Stück"),
        ("anzahl", "stk", "stück", "count", "n", "kfz", "räder", "fahrzeuge", "personen"),
    ),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something measured; ``pattern`` finds it in the name of a column."""

    name: str
    pattern: str
    unit: str
    aggregation: str = "mean"


QUANTITIES = (
    Quantity(mark("Bodenfeuchte"), r"bodenfeucht|soil.?moist", "%"),
    Quantity(mark("Bodentemperatur"), r"bodentemp|soil.?temp", "°C"),
    Quantity(mark("Wassertemperatur"), r"wassertemp|water.?temp", "°C"),
    Quantity(mark("Luftfeuchte"), r"feuchte|humid|\brh\b|\brf\b", "%"),
    Quantity(mark("Niederschlag"), r"niederschlag|regen|rain|precip", "mm", "sum"),
    Quantity(mark("Wasserstand"), r"wasserst|pegel|level|füllstand|fuellstand", "m"),
    Quantity(mark("Abfluss"), r"abfluss|durchfluss|discharge|flow", "m³/s"),
    Quantity(mark("Windrichtung"), r"windricht|wind.?dir", "°"),
    Quantity(mark("Windgeschwindigkeit"), r"wind", "m/s"),
    Quantity(mark("Luftdruck"), r"luftdruck|pressure|baro", "hPa"),
    Quantity(mark("Globalstrahlung"), r"strahlung|radiation|irradian", "W/m²"),
    Quantity(mark("Stromverbrauch"), r"stromverb|energie|energy|verbrauch.*kwh|kwh", "kWh", "sum"),
    Quantity(mark("Leistung"), r"leistung|power", "kW"),
    Quantity(mark("Batteriespannung"), r"batterie|battery|akku|spannung|voltage", "V"),
    Quantity(mark("Kohlendioxid"), r"\bco2\b|co₂|kohlendioxid", "ppm"),
    Quantity(mark("Stickstoffdioxid"), r"\bno2\b|no₂|stickstoffdiox", "µg/m³"),
    Quantity(mark("Ozon"), r"\bo3\b|ozon", "µg/m³"),
    Quantity(mark("Feinstaub"), r"pm.?10|pm.?2|feinstaub", "µg/m³"),
    Quantity(mark("Lärm"), r"lärm|laerm|schall|noise|laeq", "dB"),
    Quantity(mark("Leitfähigkeit"), r"leitfäh|leitfaeh|conduct", "µS/cm"),
    Quantity(mark("pH-Wert"), r"\bph\b|ph.?wert", "pH"),
    Quantity(mark("Gießmenge"), r"gie(?:ß|ss)|bewässer|irrigat", "l", "sum"),
    Quantity(mark("Wasserverbrauch"), r"wasserverb|verbrauch", "m³", "sum"),
    Quantity(
        mark("Zählung"),
        r"zähl|zaehl|anzahl|count|kfz|rad(?:fahr|verk)|fahrzeug|besuch",
        "1",
        "sum",
    ),
    Quantity(mark("Temperatur"), r"temp|°c", "°C"),
)
_BRACKET = re.compile(r"^(?P<name>.*?)\s*[\[(](?P<unit>[^\])]{1,30})[\])]\s*$")
_IN = re.compile(r"^(?P<name>.+?) in (?P<unit>\S{1,20})$")
_TAIL = re.compile(r"^(?P<name>.+?)[_ ](?P<unit>[^_ ]{1,8})$")
INTERVALS_S = (60, 300, 600, 900, 1800, 3600, 10_800, 21_600, 86_400)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be; ``known`` is None if the unit, as written, is not known."""

    name: str
    quantity: Quantity | None
    unit: str
    known: Unit | None
    aggregation: str


def find_unit(text: str) -> Unit | None:
    """Return the unit that is written so; capitals count only where two symbols differ by them."""
    text = text.strip()
    for unit in UNITS:
        if text in (unit.symbol, unit.name):
            return unit
    low = text.lower()
    for unit in UNITS:
        if low in (unit.symbol.lower(), unit.name.lower(), *unit.spellings):
            return unit
    return None


def guess_meaning(header: str) -> Guess:
    """Guess from the name of a column."""
    name, written = split_header(header)
    quantity = next(
        (q for q in QUANTITIES if re.search(q.pattern, header.lower().replace("_", " "))), None
    )
    unit = find_unit(written) if written else None
    if not written and quantity is not None:
        unit = find_unit(quantity.unit)
    symbol = unit.symbol if unit else written
    return Guess(name, quantity, symbol, unit, quantity.aggregation if quantity else "mean")


def split_header(header: str) -> tuple[str, str]:
    """Return name and unit of ``Temperatur [°C]``, ``Pegel in cm`` or ``temp_degC``."""
    for shape in (_BRACKET, _IN):
        match = shape.match(header)
        if match and match["name"].strip():
            return match["name"].strip(), match["unit"].strip()
    match = _TAIL.match(header)
    if match and len(match["unit"]) > 1 and find_unit(match["unit"]):
        return match["name"].strip(), match["unit"]
    return header.strip(), ""


def guess_interval_s(clock: list[str], where: TimeColumns) -> int | None:
    """Return the usual distance of the first rows if it is one that people declare."""
    found = [time[0] for cell in clock if (time := parse_time(cell, where.kind))]
    gaps = sorted(abs(later - earlier) // 1_000_000 for earlier, later in pairwise(found))
    if not gaps:
        return None
    middle = gaps[len(gaps) // 2]
    return middle if middle in INTERVALS_S else None
