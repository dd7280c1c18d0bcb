"""Names of the standard → names of the house: functions, and fields that can be asked for."""

from mehrwert.observations.queries.tree import Path
from mehrwert.standards.sensorthings.mapping import EntityType

# name → function of the house; "<" swaps two arguments
FUNCTIONS = {
    "substringof": "<contains",
    "contains": "contains",
    "startswith": "starts_with",
    "endswith": "ends_with",
    "length": "length",
    "indexof": "index_of",
    "substring": "substring",
    "tolower": "lower",
    "toupper": "upper",
    "trim": "trim",
    "concat": "concat",
    "year": "year",
    "month": "month",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
    "fractionalseconds": "fraction",
    "date": "date",
    "time": "time",
    "totaloffsetminutes": "offset",
    "now": "now",
    "mindatetime": "first_time",
    "maxdatetime": "last_time",
    "round": "round",
    "floor": "floor",
    "ceiling": "ceiling",
    "geo.distance": "distance",
    "geo.length": "shape_length",
    "geo.intersects": "intersects",
    "st_equals": "equals",
    "st_disjoint": "disjoint",
    "st_touches": "touches",
    "st_within": "within",
    "st_overlaps": "overlaps",
    "st_crosses": "crosses",
    "st_intersects": "intersects",
    "st_contains": "covers",
    "st_relate": "relate",
    "before": "before",
    "after": "after",
    "meets": "meets",
    "during": "during",
    "overlaps": "overlapping",
    "starts": "starts",
    "finishes": "finishes",
}

_NAMED = {
    "id": "id",
    "@iot.id": "id",
    "name": "name",
    "description": "description",
    "properties": "properties",
}
_ENCODED = {**_NAMED, "encodingType": "encoding_type"}
FIELDS: dict[str, dict[str, str]] = {
    "Thing": _NAMED,
    "Location": {**_ENCODED, "location": "location"},
    "HistoricalLocation": {"id": "id", "@iot.id": "id", "time": "time_us"},
    "Datastream": {
        **_NAMED,
        "observationType": "observation_type",
        "unitOfMeasurement": "unit",
        "observedArea": "observed_area",
        "phenomenonTime": "phenomenon_time",
        "resultTime": "result_time",
    },
    "Sensor": {**_ENCODED, "metadata": "metadata"},
    "ObservedProperty": {**_NAMED, "definition": "definition"},
    "Observation": {
        "id": "id",
        "@iot.id": "id",
        "phenomenonTime": "time",
        "result": "result",
        "resultTime": "result_time",
        "validTime": "valid_time",
        "parameters": "parameters",
        "resultQuality": "result_quality",
    },
    "FeatureOfInterest": {**_ENCODED, "feature": "feature"},
}


def distinct_paths(entity: EntityType, ways: tuple[tuple[str, ...], ...]) -> tuple[Path, ...]:
    """Return properties and ways into their JSON as the house names them."""
    fields = FIELDS[entity.name]
    return tuple(Path(fields[way[0]], (), way[1:]) for way in ways)


def field_of(entity: EntityType, name: str) -> str | None:
    """Return the field of the house that a property is."""
    return FIELDS[entity.name].get(name)
