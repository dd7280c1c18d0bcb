"""The invented town Auental: outline, districts, stations, their series. Nothing of it is real."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from mehrwert.demo.choices import PEOPLE_OF
from mehrwert.demo.rules import Place, Probe, trait
from mehrwert.observations.choices import Aggregation

SLUG, NAME, ARS = "auental", "Auental", "990000000001"
POPULATION = PEOPLE_OF["Auental"]
SEED = 20_260
CENTRE = (10.2, 51.3)
KM_PER_DEGREE = (69.6, 111.2)
MAIN_GAUGE = "pegel-muehlbruecke"
SILENT_STATION = "boden-winterlinde-ostwall"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a kind of series measures: words, unit, rhythm, model of the simulator."""

    key: str
    name: str
    unit_name: str
    unit: str
    ucum: str
    interval_s: int
    decimals: int
    aggregation: Aggregation = Aggregation.MEAN
    is_interval: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of station: device, field of action, what it measures."""

    key: str
    device: str
    field: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """One place with a device."""

    key: str
    name: str
    kind: Kind
    district: str
    lon: float
    lat: float


_QUARTER, _HALF, _HOUR, _SIX, _DAY = 900, 1800, 3600, 21_600, 86_400
_LAST = Aggregation.LAST
MEASURES = {
    m.key: m
    for m in (
        Measure("level", "Wasserstand", "Meter", "m", "m", _QUARTER, 2),
        Measure("water_temperature", "Wassertemperatur", "Grad Celsius", "°C", "Cel", _HOUR, 1),
        Measure("groundwater", "Abstand zum Grundwasser", "Meter", "m", "m", _SIX, 2),
        Measure(
            "rain", "Niederschlag", "Millimeter", "mm", "mm", _QUARTER, 2, Aggregation.SUM, True
        ),
        Measure("air_temperature", "Lufttemperatur", "Grad Celsius", "°C", "Cel", _HALF, 1),
        Measure("street_temperature", "Lufttemperatur", "Grad Celsius", "°C", "Cel", _HALF, 1),
        Measure("humidity", "Luftfeuchte", "Prozent", "%", "%", _HALF, 0),
        Measure("soil_moisture", "Bodenfeuchte", "Volumenprozent", "Vol.-%", "%", _HOUR, 1),
        Measure("soil_temperature", "Bodentemperatur", "Grad Celsius", "°C", "Cel", _HOUR, 1),
        Measure("room_co2", "CO₂-Gehalt", "Teile je Million", "ppm", "[ppm]", _HOUR, 0),
        Measure("room_temperature", "Raumtemperatur", "Grad Celsius", "°C", "Cel", _HOUR, 1),
        Measure("room_humidity", "Luftfeuchte", "Prozent", "%", "%", _HOUR, 0),
        Measure("fill", "Füllstand", "Prozent", "%", "%", _SIX, 0, _LAST),
        Measure(
            "electricity",
            "Stromverbrauch",
            "Kilowattstunde",
            "kWh",
            "kW.h",
            _HOUR,
            2,
            Aggregation.SUM,
            True,
        ),
        Measure("pump_current", "Pumpenstrom", "Ampere", "A", "A", _HALF, 1),
        Measure("sump_level", "Wasserstand im Schacht", "Meter", "m", "m", _HOUR, 2),
        Measure("battery", "Batteriespannung", "Volt", "V", "V", _DAY, 2, _LAST),
    )
}
_LEVEL = Kind("pegel", "Radarpegel", "Wasser", ("level", "water_temperature", "battery"))
_RAIN = Kind("regen", "Regenmesser mit Kippwaage", "Wasser", ("rain", "battery"))
_WELL = Kind("brunnen", "Drucksonde im Brunnen", "Wasser", ("groundwater", "battery"))
_WEATHER = Kind(
    "wetter", "Wetterstation", "Umwelt & Klimaschutz", ("air_temperature", "humidity", "battery")
)
_STREET = Kind(
    "hitze", "Temperaturfühler am Mast", "Klimaanpassung", ("street_temperature", "battery")
)
_SOIL = Kind(
    "boden",
    "Bodensonde in 30 cm Tiefe",
    "Klimaanpassung",
    ("soil_moisture", "soil_temperature", "battery"),
)
_ROOM = Kind(
    "raum",
    "Raumfühler",
    "Bildung & Wissenschaft",
    ("room_co2", "room_temperature", "room_humidity"),
)
_GLASS = Kind("glas", "Füllstandsfühler", "Abfall & Emissionen", ("fill", "battery"))
_PUMP = Kind("pumpe", "Stromwandler und Drucksonde", "Wasser", ("pump_current", "sump_level"))
_POWER = Kind("strom", "Stromzähler", "Energie", ("electricity",))

# district: kilometres east and north of the market place, radius
_DISTRICTS = {
    "Altstadt": (0.0, 0.0, 0.7),
    "Oberdorf": (-0.6, 1.7, 0.65),
    "Mühlgrund": (0.7, -1.5, 0.6),
    "Birkenfeld": (1.6, 0.6, 0.8),
    "Neustadt": (-1.5, -0.2, 0.75),
    "Am Anger": (1.6, -0.8, 0.6),
}
# kind → key, name, district
_STATIONS: dict[Kind, tuple[tuple[str, str, str], ...]] = {
    _LEVEL: (
        (MAIN_GAUGE, "Pegel Aue, Mühlbrücke", "Altstadt"),
        ("pegel-oberdorf", "Pegel Aue, Oberdorf", "Oberdorf"),
        ("pegel-klaerwerk", "Pegel Aue, Klärwerk", "Mühlgrund"),
        ("pegel-muehlgraben", "Pegel Mühlgraben", "Mühlgrund"),
    ),
    _RAIN: (
        ("regen-bauhof", "Regenmesser Bauhof", "Am Anger"),
        ("regen-hochbehaelter", "Regenmesser Hochbehälter", "Oberdorf"),
        ("regen-sportplatz", "Regenmesser Sportplatz", "Birkenfeld"),
    ),
    _WELL: (
        ("brunnen-stadtpark", "Grundwasser Stadtpark", "Neustadt"),
        ("brunnen-auwiesen", "Grundwasser Auwiesen", "Mühlgrund"),
    ),
    _WEATHER: (
        ("wetter-rathaus", "Wetterstation Rathausdach", "Altstadt"),
        ("wetter-oberdorf", "Wetterstation Oberdorf", "Oberdorf"),
    ),
    _STREET: (
        ("hitze-marktplatz", "Luft Marktplatz", "Altstadt"),
        ("hitze-bahnhof", "Luft Bahnhofsvorplatz", "Neustadt"),
        ("hitze-schulhof", "Luft Schulhof Grundschule", "Birkenfeld"),
        ("hitze-stadtpark", "Luft Stadtpark", "Neustadt"),
        ("hitze-kirchgasse", "Luft Kirchgasse", "Altstadt"),
        ("hitze-ostwall", "Luft Ostwall", "Altstadt"),
        ("hitze-gewerbepark", "Luft Gewerbepark", "Am Anger"),
        ("hitze-kita", "Luft Kita Regenbogen", "Birkenfeld"),
        ("hitze-pflegeheim", "Luft Pflegeheim St. Anna", "Neustadt"),
        ("hitze-friedhof", "Luft Friedhof", "Oberdorf"),
        ("hitze-auwiesen", "Luft Auwiesen", "Mühlgrund"),
        ("hitze-freibad", "Luft Freibad", "Mühlgrund"),
    ),
    _SOIL: (
        ("boden-marktlinde", "Boden Marktlinde", "Altstadt"),
        ("boden-rathausplatz", "Boden Ahorn Rathausplatz", "Altstadt"),
        ("boden-kirchgasse", "Boden Robinie Kirchgasse", "Altstadt"),
        ("boden-suedwall", "Boden Hainbuchen Südwall", "Altstadt"),
        (SILENT_STATION, "Boden Winterlinde Ostwall", "Altstadt"),
        ("boden-rosengarten", "Boden Rosengarten", "Altstadt"),
        ("boden-stadtpark-nord", "Boden Stadtpark Nord", "Neustadt"),
        ("boden-stadtpark-sued", "Boden Stadtpark Süd", "Neustadt"),
        ("boden-bahnhofsallee", "Boden Platanen Bahnhofsallee", "Neustadt"),
        ("boden-pflegeheim", "Boden Garten St. Anna", "Neustadt"),
        ("boden-neustaedter-ring", "Boden Jungbäume Neustädter Ring", "Neustadt"),
        ("boden-spielplatz-west", "Boden Spielplatz West", "Neustadt"),
        ("boden-schulhof", "Boden Schulhof Grundschule", "Birkenfeld"),
        ("boden-kita", "Boden Garten Kita Regenbogen", "Birkenfeld"),
        ("boden-sportplatz", "Boden Sportplatz Hauptfeld", "Birkenfeld"),
        ("boden-birkenweg", "Boden Jungbäume Birkenweg", "Birkenfeld"),
        ("boden-neubau-ost", "Boden Jungbäume Neubaugebiet Ost", "Birkenfeld"),
        ("boden-gewerbepark", "Boden Eschen Gewerbepark", "Am Anger"),
        ("boden-bauhof", "Boden Baumschule Bauhof", "Am Anger"),
        ("boden-kreisel", "Boden Kreisel Landstraße", "Am Anger"),
        ("boden-friedhof", "Boden Friedhof", "Oberdorf"),
        ("boden-dorfplatz", "Boden Dorflinde Oberdorf", "Oberdorf"),
        ("boden-freibad", "Boden Liegewiese Freibad", "Mühlgrund"),
        ("boden-auwiesen", "Boden Auwiesen", "Mühlgrund"),
    ),
    _ROOM: (
        ("raum-grundschule-1a", "Raum 1a, Grundschule", "Birkenfeld"),
        ("raum-grundschule-2b", "Raum 2b, Grundschule", "Birkenfeld"),
        ("raum-grundschule-3a", "Raum 3a, Grundschule", "Birkenfeld"),
        ("raum-grundschule-4b", "Raum 4b, Grundschule", "Birkenfeld"),
        ("raum-realschule-7", "Raum 107, Realschule", "Neustadt"),
        ("raum-realschule-9", "Raum 209, Realschule", "Neustadt"),
        ("raum-realschule-physik", "Physikraum, Realschule", "Neustadt"),
        ("raum-kita-sonne", "Gruppenraum Sonne, Kita Regenbogen", "Birkenfeld"),
        ("raum-vhs", "Kursraum, Volkshochschule", "Altstadt"),
        ("raum-buecherei", "Lesesaal, Stadtbücherei", "Altstadt"),
    ),
    _GLASS: (
        ("glas-bahnhof", "Glascontainer Bahnhof", "Neustadt"),
        ("glas-festplatz", "Glascontainer Festplatz", "Altstadt"),
        ("glas-birkenweg", "Glascontainer Birkenweg", "Birkenfeld"),
        ("glas-oberdorf", "Glascontainer Oberdorf", "Oberdorf"),
        ("glas-muehlgrund", "Glascontainer Mühlgrund", "Mühlgrund"),
        ("glas-gewerbepark", "Glascontainer Gewerbepark", "Am Anger"),
        ("glas-schule", "Glascontainer Realschule", "Neustadt"),
        ("glas-friedhof", "Glascontainer Friedhof", "Oberdorf"),
    ),
    _POWER: (
        ("strom-rathaus", "Strom Rathaus", "Altstadt"),
        ("strom-grundschule", "Strom Grundschule", "Birkenfeld"),
        ("strom-bauhof", "Strom Bauhof", "Am Anger"),
        ("strom-klaerwerk", "Strom Klärwerk", "Mühlgrund"),
    ),
    _PUMP: (
        ("pumpe-muehlgrund", "Pumpwerk Mühlgrund", "Mühlgrund"),
        ("pumpe-am-anger", "Pumpwerk Am Anger", "Am Anger"),
    ),
}


@cache
def stations() -> tuple[Station, ...]:
    """Return all stations of the town."""
    return tuple(
        Station(key, name, kind, district, *_place(key, district))
        for kind, rows in _STATIONS.items()
        for key, name, district in rows
    )


@cache
def probes(station: str) -> tuple[Probe, ...]:
    """Return the series of one station, the main one first."""
    found = next(s for s in stations() if s.key == station)
    traits = {MAIN_GAUGE: {"main_gauge"}, SILENT_STATION: {"weak_battery"}}.get(station, set())
    return tuple(
        Probe(station, m.key, m.interval_s, m.decimals, m.is_interval, traits=frozenset(traits))
        for m in (MEASURES[key] for key in found.kind.measures)
    )


def all_probes() -> list[Probe]:
    """Return every series of the town."""
    return [probe for station in stations() for probe in probes(station.key)]


@cache
def soil_places() -> dict[str, Place]:
    """Return what makes each station with a soil probe dry out faster or slower."""
    return {
        s.key: Place(
            field_capacity_pct=trait(SEED, f"{s.key}/capacity", 24, 37),
            catch=trait(SEED, f"{s.key}/catch", 0.45, 1.0),
            thirst=trait(SEED, f"{s.key}/thirst", 0.7, 1.35),
            is_watered="Jungbäume" in s.name or "Linde" in s.name or "linde" in s.name,
        )
        for s in stations()
        if s.kind is _SOIL
    }


def boundary(*, shifted: tuple[float, float] = (0.0, 0.0), turns: float = 0.0) -> dict[str, Any]:
    """Return the invented outline as GeoJSON: a wavy ring of about 31 square kilometres.

    Args:
        shifted: Degrees east and north of Auental, for another town.
        turns: Angle by which its waves are turned, so that it looks different.
    """
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    waves = angles + turns
    radius_km = 3.1 * (
        1
        + 0.16 * np.cos(2 * waves + 0.6)
        + 0.09 * np.cos(3 * waves - 1.1)
        + 0.05 * np.cos(7 * waves)
        + 0.03 * np.cos(13 * waves + 2)
    )
    ring = [
        _degrees(float(r * np.cos(a)), float(r * np.sin(a)))
        for r, a in zip(radius_km, angles, strict=True)
    ]
    moved = [(lon + shifted[0], lat + shifted[1]) for lon, lat in ring]
    return {"type": "Polygon", "coordinates": [[*moved, moved[0]]]}


def _place(key: str, district: str) -> tuple[float, float]:
    """Return where a station stands: somewhere in its district, always the same."""
    east, north, radius = _DISTRICTS[district]
    distance = radius * trait(SEED, f"{key}/distance", 0.1, 1) ** 0.5
    angle = trait(SEED, f"{key}/angle", 0, 2 * np.pi)
    return _degrees(east + distance * np.cos(angle), north + distance * np.sin(angle))


def _degrees(east_km: float, north_km: float) -> tuple[float, float]:
    return (
        round(float(CENTRE[0] + east_km / KM_PER_DEGREE[0]), 5),
        round(float(CENTRE[1] + north_km / KM_PER_DEGREE[1]), 5),
    )
