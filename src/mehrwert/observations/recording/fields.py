"""Which fields each kind of metadata has and how a value gets into its column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mehrwert.observations.choices import Aggregation, Protection
from mehrwert.observations.errors import BadFieldError, MissingFieldError, UnknownFieldError

from .ledger import json_text, storable_json

Check = Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError(value)
    value.encode()  # half a surrogate pair is no text
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _key(value: Any) -> str | None:
    if value is not None and len(_text(value)) > 200:
        raise ValueError(value)
    return value or None


def _short(value: Any) -> str:
    if len(_text(value)) > 40:
        raise ValueError(value)
    return str(value)


def _object_or_none(value: Any) -> str | None:
    if value is not None and not isinstance(value, dict):
        raise ValueError(value)
    return json_text(value)


def _json(value: Any) -> str:
    return storable_json(value)


def _id(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def _seconds(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 0 < value < 2**31):
        raise ValueError(value)
    return value


def _aggregation(value: Any) -> str:
    return Aggregation(value).value


def _protection(value: Any) -> str:
    return Protection(value).value


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of metadata: table, fields, which must be given, which links it has."""

    name: str
    table: str
    fields: Mapping[str, Check]
    required: tuple[str, ...]
    links: Mapping[str, str]

    def columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Check values and return them as columns.

        Raises:
            UnknownFieldError: A field that this kind does not have.
            BadFieldError: A value of the wrong kind.
        """
        checked = {}
        for name, value in values.items():
            check = self.fields.get(name)
            if check is None:
                raise UnknownFieldError(field=name)
            try:
                checked[name] = check(value)
            except (TypeError, ValueError) as error:
                raise BadFieldError(field=name) from error
        return checked

    def check_complete(self, values: Mapping[str, Any]) -> None:
        """Refuse a new row without its mandatory fields.

        Raises:
            MissingFieldError: Names the first that is missing.
        """
        for name in self.required:
            if name not in values:
                raise MissingFieldError(field=name)


_COMMON: dict[str, Check] = {
    "name": _text,
    "description": _text,
    "properties": _object_or_none,
    "external_key": _key,
}

THING = Kind("thing", "obs_thing", {**_COMMON, "field": _short}, ("name",), {})
LOCATION = Kind(
    "location",
    "obs_location",
    {**_COMMON, "encoding_type": _text, "location": _json},
    ("name", "location"),
    {},
)
SENSOR = Kind(
    "sensor",
    "obs_sensor",
    {**_COMMON, "encoding_type": _text, "metadata": _json},
    ("name",),
    {},
)
OBSERVED_PROPERTY = Kind(
    "observed_property",
    "obs_observed_property",
    {**_COMMON, "definition": _text},
    ("name",),
    {},
)
DATASTREAM = Kind(
    "datastream",
    "obs_datastream",
    {
        **_COMMON,
        "thing_id": _id,
        "sensor_id": _id,
        "observed_property_id": _id,
        "observation_type": _text,
        "unit_name": _text_or_none,
        "unit_symbol": _text_or_none,
        "unit_definition": _text_or_none,
        "aggregation": _aggregation,
        "expected_interval_s": _seconds,
        "source": _text,
        "licence": _text,
        "credit": _text,
        "protection": _protection,
    },
    ("name", "thing_id", "sensor_id", "observed_property_id"),
    {"thing_id": "thing", "sensor_id": "sensor", "observed_property_id": "observed_property"},
)
FEATURE = Kind(
    "feature",
    "obs_feature",
    {**_COMMON, "encoding_type": _text, "feature": _json},
    ("name", "feature"),
    {},
)
KINDS = {k.name: k for k in (THING, LOCATION, SENSOR, OBSERVED_PROPERTY, DATASTREAM, FEATURE)}

# What Django's models fill in, said here for SQL
DEFAULTS: dict[str, dict[str, Any]] = {
    "thing": {"description": "", "field": ""},
    "location": {"description": "", "encoding_type": "application/geo+json"},
    "sensor": {"description": "", "encoding_type": "text/html", "metadata": '""'},
    "observed_property": {"description": "", "definition": ""},
    "datastream": {
        "description": "",
        "observation_type": (
            "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
        ),
        "aggregation": Aggregation.MEAN.value,
        "source": "",
        "licence": "",
        "credit": "",
        "protection": Protection.INTERNAL.value,
    },
    "feature": {"description": "", "encoding_type": "application/geo+json"},
}
