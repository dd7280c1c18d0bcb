"""The one place where names of the standard meet names of the house."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .times import format_instant, format_time

Row = tuple[Any, ...]
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Nav:
    """A relation of an entity type: its name here and in the house."""

    relation: str
    entity: str
    many: bool


@dataclass(frozen=True, slots=True)
class EntityType:
    """One of the eight kinds of the standard.

    Args:
        fields: Property → field of the house; those with ``.`` are parts of an object.
        required: Mandatory properties and links of a new entity.
    """

    name: str
    set_name: str
    kind: str
    navs: dict[str, Nav]
    render: Callable[[Row], Properties]
    fields: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    output_only: frozenset[str] = frozenset()
    # name of the link to each relation, and what it adds to the entity's own
    links: tuple[tuple[str, str], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what is written for every entity."""
        links = tuple((f"{name}@iot.navigationLink", f"/{name}") for name in self.navs)
        object.__setattr__(self, "links", links)


def _raw(text: str | None) -> msgspec.Raw:
    return msgspec.Raw(b"null" if text is None else text.encode())


def number(value: float) -> int | float:
    """Return an integral value without ``.0``: 8 stays 8."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def number_texts(values: NDArray[Any]) -> list[str]:
    """Return the JSON of each of many numbers, as ``number`` shows them; NaN is null."""
    shown: list[float | int] = values.tolist()
    whole = (values == np.floor(values)) & (np.abs(values) < 1e15)
    for i in np.flatnonzero(whole).tolist():
        shown[i] = int(shown[i])
    return msgspec.json.encode(shown)[1:-1].decode().split(",")


def _named(row: Row) -> Properties:
    return {"name": row[1], "description": row[2]}


def _with_properties(shown: Properties, text: str | None) -> Properties:
    if text is not None:
        shown["properties"] = _raw(text)
    return shown


def _thing(row: Row) -> Properties:
    return _with_properties(_named(row), row[3])


def _location(row: Row) -> Properties:
    shown = {**_named(row), "encodingType": row[3], "location": _raw(row[4])}
    return _with_properties(shown, row[5])


def _historical_location(row: Row) -> Properties:
    return {"time": format_instant(row[1])}


def _datastream(row: Row) -> Properties:
    unit = {"name": row[4], "symbol": row[5], "definition": row[6]}
    shown: Properties = {
        "name": row[1],
        "description": row[2],
        "unitOfMeasurement": unit,
        "observationType": row[3],
    }
    box = row[12:16]
    if box[0] is not None:
        shown["observedArea"] = area_of(*box)
    if row[8] is not None:
        shown["phenomenonTime"] = format_time(row[8], row[9])
    if row[10] is not None:
        shown["resultTime"] = format_time(row[10], row[11])
    return _with_properties(shown, row[7])


def area_of(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Return a box as GeoJSON: a point or line if it has no area."""
    if west == east and south == north:
        return {"type": "Point", "coordinates": [west, south]}
    if west == east or south == north:
        return {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _sensor(row: Row) -> Properties:
    shown = {**_named(row), "encodingType": row[3], "metadata": _raw(row[4])}
    return _with_properties(shown, row[5])


def _observed_property(row: Row) -> Properties:
    return _with_properties({**_named(row), "definition": row[3]}, row[4])


def _observation(row: Row) -> Properties:
    end = None if row[2] is None else row[1] + row[2]
    shown: Properties = {
        "phenomenonTime": format_time(row[1], end),
        "resultTime": None if row[5] is None else format_instant(row[5]),
        "result": _result(row[3], row[4]),
    }
    if row[9] is not None:
        shown["resultQuality"] = _raw(row[9])
    if row[7] is not None:
        shown["validTime"] = format_time(row[7], row[8])
    if row[6] is not None:
        shown["parameters"] = _raw(row[6])
    return shown


def _result(value: float | None, text: str | None) -> Any:
    if text is not None:
        return _raw(text)
    return None if value is None else number(value)


def _feature(row: Row) -> Properties:
    shown = {**_named(row), "encodingType": row[3], "feature": _raw(row[4])}
    return _with_properties(shown, row[5])


_NAMED = {"name": "name", "description": "description", "properties": "properties"}
_PLACED = {**_NAMED, "encodingType": "encoding_type"}

TYPES = {
    t.name: t
    for t in (
        EntityType(
            "Thing",
            "Things",
            "thing",
            {
                "Locations": Nav("locations", "Location", True),
                "HistoricalLocations": Nav("historical_locations", "HistoricalLocation", True),
                "Datastreams": Nav("datastreams", "Datastream", True),
            },
            _thing,
            _NAMED,
            ("name", "description"),
        ),
        EntityType(
            "Location",
            "Locations",
            "location",
            {
                "Things": Nav("things", "Thing", True),
                "HistoricalLocations": Nav("historical_locations", "HistoricalLocation", True),
            },
            _location,
            {**_PLACED, "location": "location"},
            ("name", "description", "encodingType", "location"),
        ),
        EntityType(
            "HistoricalLocation",
            "HistoricalLocations",
            "historical_location",
            {
                "Thing": Nav("thing", "Thing", False),
                "Locations": Nav("locations", "Location", True),
            },
            _historical_location,
            {"time": "time_us"},
            ("time", "Thing"),
        ),
        EntityType(
            "Datastream",
            "Datastreams",
            "datastream",
            {
                "Thing": Nav("thing", "Thing", False),
                "Sensor": Nav("sensor", "Sensor", False),
                "ObservedProperty": Nav("observed_property", "ObservedProperty", False),
                "Observations": Nav("observations", "Observation", True),
            },
            _datastream,
            {
                **_NAMED,
                "observationType": "observation_type",
                "unitOfMeasurement": "unitOfMeasurement",
            },
            (
                *("name", "description", "unitOfMeasurement", "observationType"),
                *("Thing", "Sensor", "ObservedProperty"),
            ),
            frozenset({"observedArea", "phenomenonTime", "resultTime"}),
        ),
        EntityType(
            "Sensor",
            "Sensors",
            "sensor",
            {"Datastreams": Nav("datastreams", "Datastream", True)},
            _sensor,
            {**_PLACED, "metadata": "metadata"},
            ("name", "description", "encodingType", "metadata"),
        ),
        EntityType(
            "ObservedProperty",
            "ObservedProperties",
            "observed_property",
            {"Datastreams": Nav("datastreams", "Datastream", True)},
            _observed_property,
            {**_NAMED, "definition": "definition"},
            ("name", "definition", "description"),
        ),
        EntityType(
            "Observation",
            "Observations",
            "observation",
            {
                "Datastream": Nav("datastream", "Datastream", False),
                "FeatureOfInterest": Nav("feature", "FeatureOfInterest", False),
            },
            _observation,
            {
                name: name
                for name in (
                    *("phenomenonTime", "result", "resultTime"),
                    *("resultQuality", "validTime", "parameters"),
                )
            },
            ("result", "Datastream"),
        ),
        EntityType(
            "FeatureOfInterest",
            "FeaturesOfInterest",
            "feature",
            {"Observations": Nav("observations", "Observation", True)},
            _feature,
            {**_PLACED, "feature": "feature"},
            ("name", "description", "encodingType", "feature"),
        ),
    )
}
SETS = {t.set_name: t for t in TYPES.values()}
BY_KIND = {t.kind: t for t in TYPES.values()}


def inverse(entity: EntityType, nav: str) -> str:
    """Return the name of the relation that leads back."""
    target = TYPES[entity.navs[nav].entity]
    return next(name for name, back in target.navs.items() if back.entity == entity.name)


def self_link(root: str, entity: EntityType, row_id: int) -> str:
    """Return the absolute address of one entity."""
    return f"{root}/{entity.set_name}({row_id})"


def show(
    root: str, entity: EntityType, row: Row, chosen: tuple[tuple[str, ...], ...] | None = None
) -> dict[str, Any]:
    """Return an entity as the standard writes it.

    ``chosen`` are properties and relations to show, each with the way into its JSON; None is all.
    """
    row_id = row[0]
    link = f"{root}/{entity.set_name}({row_id})"
    if chosen is None:
        shown = {"@iot.id": row_id, "@iot.selfLink": link, **entity.render(row)}
        for name, end in entity.links:
            shown[name] = link + end
        return shown
    names = {way[0] for way in chosen}
    shown = {}
    if names & {"id", "@iot.id"}:
        shown["@iot.id"] = row_id
    if names & {"selfLink", "@iot.selfLink"}:
        shown["@iot.selfLink"] = link
    for name, value in entity.render(row).items():
        if name in names:
            ways = [way[1:] for way in chosen if way[0] == name]
            shown[name] = value if () in ways else _parts(value, ways)
    for name in entity.navs:
        if name in names:
            shown[f"{name}@iot.navigationLink"] = f"{link}/{name}"
    return shown


def _parts(value: Any, ways: list[tuple[str, ...]]) -> Any:
    """Return an object with only what the ways lead to."""
    if isinstance(value, msgspec.Raw):
        value = msgspec.json.decode(value)
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name in dict.fromkeys(way[0] for way in ways):
        if name in value:
            deeper = [way[1:] for way in ways if way[0] == name]
            kept[name] = value[name] if () in deeper else _parts(value[name], deeper)
    return kept
