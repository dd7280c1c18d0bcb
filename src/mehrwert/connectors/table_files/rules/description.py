"""The description of a folder: a TOML file that says what its tables mean.

So that a known format (the counts of a city, the export of a logger) is imported by one command,
without a line of program for it. ``docs/use/einlesen.md`` shows one with all fields.
"""

import codecs
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import partial
from typing import Any, TypeVar, get_type_hints

from mehrwert.base.tables.reading import TableFormat
from mehrwert.base.tables.sniffing import TimeColumns
from mehrwert.base.tables.times import TimeKind
from mehrwert.base.tables.zones import ClockChange, transitions
from mehrwert.connectors.table_files.errors import DescriptionError

from .plan import ReadingPlan, TimePlan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableSection:
    """How each table is written. ``time`` is the name of the column with the time."""

    time: str
    kind: str = TimeKind.YMD.value
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    decimal: str = "."
    zone: str = "Europe/Berlin"
    clock_change: str = ClockChange.SKIP.value
    covers_s: int = 0


@dataclass(frozen=True, slots=True)
class StationsSection:
    """A JSON file with a list of stations; the words are names of fields of one station.

    ``table`` is the name of a station's file, ``{station}`` stands for its key. ``channels`` is
    an object with a name per column.
    """

    table: str
    file: str = "stations.json"
    key: str = "station"
    name: str = "name"
    channels: str = "channels"
    longitude: str = "longitude"
    latitude: str = "latitude"
    field: str = ""
    description: str = ""
    position_note: str = ""


@dataclass(frozen=True, slots=True)
class SeriesSection:
    """What the values are.

    In ``name``, ``total_name`` and ``unnamed``, ``{station}`` and ``{channel}`` stand for the
    names, ``{column}`` for the key of the column. A column that has the key of its station is the
    station's total; one that the list of stations does not name is called ``unnamed``, or left
    out if that is empty.
    """

    property: str
    property_definition: str = ""
    sensor: str = ""
    unit_name: str = ""
    unit_symbol: str = ""
    unit_definition: str = ""
    aggregation: str = "mean"
    expected_interval_s: int = 0
    name: str = "{channel}"
    total_name: str = "{station}, gesamt"
    unnamed: str = "{station}, Kanal {column}"
    description: str = ""
    total_description: str = ""
    source: str = ""
    licence: str = ""
    credit: str = ""
    protection: str = "internal"


@dataclass(frozen=True, slots=True)
class ImportDescription:
    """A whole description. ``key`` begins the keys of things and series, so it must not change."""

    key: str
    title: str
    table: TableSection
    stations: StationsSection
    series: SeriesSection


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the list: a file, a thing, a name per column with values."""

    key: str
    name: str
    file: str
    channels: dict[str, str]
    longitude: float | None
    latitude: float | None


def load_description(text: str) -> ImportDescription:
    """Read a description.

    Raises:
        DescriptionError: Names the field that is missing, unknown or of the wrong kind.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DescriptionError(field=str(error)) from error
    sections = {
        "table": _section(TableSection, data, "table"),
        "stations": _section(StationsSection, data, "stations"),
        "series": _section(SeriesSection, data, "series"),
    }
    rest = {name: value for name, value in data.items() if name not in sections}
    description = _filled(ImportDescription, {**rest, **sections}, "")
    _check_words(description.table)
    return description


def read_stations(description: ImportDescription, listed: Any) -> list[Station]:
    """Read the list of stations.

    Args:
        description: Says which fields hold what.
        listed: The decoded JSON file.

    Raises:
        DescriptionError: An entry lacks what the description promises.
    """
    if not isinstance(listed, list):
        raise DescriptionError(field=f"stations.file: {description.stations.file}")
    return [_station(description.stations, entry) for entry in listed]


def plan_of(description: ImportDescription, header: list[str], station: Station) -> ReadingPlan:
    """Return how the table of a station is read, from the row with its names.

    Raises:
        DescriptionError: The column with the time is missing.
    """
    table = description.table
    if table.time not in header:
        raise DescriptionError(field=f"table.time: {table.time}")
    columns = TimeColumns(header.index(table.time), TimeKind(table.kind))
    time = TimePlan(columns, table.zone, ClockChange(table.clock_change), table.covers_s)
    values = tuple(
        i
        for i, name in enumerate(header)
        if name != table.time and (name in station.channels or description.series.unnamed)
    )
    return ReadingPlan(format_of(description), time, values, tuple(header))


def format_of(description: ImportDescription) -> TableFormat:
    """Return how the tables are written; their first row has the names of the columns."""
    table = description.table
    return TableFormat(table.encoding, table.delimiter, table.decimal)


def series_names(
    description: ImportDescription, station: Station, columns: Sequence[str]
) -> dict[str, str]:
    """Return a name per column; channels with the same name get their key behind it."""
    templates = description.series
    names = {}
    for column in columns:
        template = templates.name if column in station.channels else templates.unnamed
        if column == station.key:
            template = templates.total_name
        channel = station.channels.get(column, column)
        names[column] = template.format(station=station.name, channel=channel, column=column)
    taken = list(names.values())
    return {
        column: f"{name} ({column})" if taken.count(name) > 1 else name
        for column, name in names.items()
    }


def _station(words: StationsSection, entry: Any) -> Station:
    try:
        key = str(entry[words.key])
        channels = {str(column): str(name) for column, name in entry[words.channels].items()}
        longitude, latitude = entry.get(words.longitude), entry.get(words.latitude)
        return Station(
            key,
            str(entry[words.name]),
            words.table.format(station=key),
            channels,
            None if longitude is None else float(longitude),
            None if latitude is None else float(latitude),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DescriptionError(field=f"stations: {error}") from error


def _section(kind: type[T], data: Mapping[str, Any], name: str) -> T:
    given = data.get(name)
    if not isinstance(given, dict):
        raise DescriptionError(field=f"[{name}]")
    return _filled(kind, given, f"{name}.")


def _filled(kind: type[T], given: Mapping[str, Any], prefix: str) -> T:
    """Fill a dataclass; nothing unknown, nothing missing, every value of its type."""
    types = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    for name, value in given.items():
        if name not in known or not isinstance(value, types[name]):
            raise DescriptionError(field=f"{prefix}{name}")
    for name, f in known.items():
        if f.default is MISSING and name not in given:
            raise DescriptionError(field=f"{prefix}{name}")
    return kind(**given)


def _check_words(table: TableSection) -> None:
    checks: dict[str, Callable[[], object]] = {
        "kind": partial(TimeKind, table.kind),
        "clock_change": partial(ClockChange, table.clock_change),
        "zone": partial(transitions, table.zone),
        "encoding": partial(codecs.lookup, table.encoding),
        "decimal": partial(",.".index, table.decimal),
        "delimiter": partial(";,\t|".index, table.delimiter),
    }
    for name, check in checks.items():
        try:
            check()
        except (LookupError, ValueError) as error:
            raise DescriptionError(field=f"table.{name}") from error
