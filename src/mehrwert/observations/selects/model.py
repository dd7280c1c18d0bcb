"""Which kinds there are, their columns, fields and relations. A column begins with its table.

``e`` is a kind's own table, the others stand beside it: ``s`` state, ``x`` extra, ``m`` moved.
"""

from dataclasses import dataclass
from typing import Literal

from mehrwert.observations.choices import QUALITY_WORDS

_NAMED = ("e.id", "e.name", "e.description")

TABLES = {
    "thing": "obs_thing",
    "location": "obs_location",
    "historical_location": "obs_historical_location",
    "datastream": "obs_datastream",
    "sensor": "obs_sensor",
    "observed_property": "obs_observed_property",
    "observation": "obs_observation",
    "feature": "obs_feature",
}

OBSERVATION_ID = "coalesce(m.id, e.datastream_id * 4294967296 + e.seq)"


def _flag_as(quote: str) -> str:
    """Return the word of a flag, in quotes of JSON or plain."""
    cases = (f"WHEN {flag:d} THEN '{quote}{word}{quote}'" for flag, word in QUALITY_WORDS.items())
    return f"CASE e.quality {' '.join(cases)} END"


# what a reading says of its quality: the word of its flag, else what the sender said
_QUALITY_TEXT = f"coalesce({_flag_as(chr(34))},CAST(x.result_quality AS text))"
_QUALITY_JSON = f"coalesce(to_jsonb({_flag_as('')}),x.result_quality)"

# kind → SQL of each column; JSON comes as text, times are microseconds
COLUMNS: dict[str, tuple[str, ...]] = {
    "thing": (*_NAMED, "e.properties"),
    "location": (*_NAMED, "e.encoding_type", "e.location", "e.properties"),
    "historical_location": ("e.id", "e.time"),
    "datastream": (
        *_NAMED,
        "e.observation_type",
        *("e.unit_name", "e.unit_symbol", "e.unit_definition", "e.properties"),
        *("s.first_time", "s.last_end", "s.first_result_time", "s.last_result_time"),
        *("s.min_lon", "s.min_lat", "s.max_lon", "s.max_lat"),
    ),
    "sensor": (*_NAMED, "e.encoding_type", "e.metadata", "e.properties"),
    "observed_property": (*_NAMED, "e.definition", "e.properties"),
    "observation": (
        OBSERVATION_ID,
        *("e.time", "e.duration", "e.result", "x.result", "e.result_time"),
        *("x.parameters", "x.valid_start", "x.valid_end", _QUALITY_TEXT),
        *("e.datastream_id", "e.seq"),
    ),
    "feature": (*_NAMED, "e.encoding_type", "e.feature", "e.properties"),
}

# tables that stand beside a kind's own one, by the letter of their columns
SIDES: dict[str, dict[str, str]] = {
    "datastream": {
        "s": "JOIN obs_datastream_state {s} ON {s}.datastream_id = {e}.id"
        " AND {s}.tenant_id = {e}.tenant_id"
    },
    "observation": {
        "x": "LEFT JOIN obs_observation_extra {x}"
        " ON {x}.datastream_id = {e}.datastream_id AND {x}.seq = {e}.seq",
        "m": "LEFT JOIN obs_moved_observation {m}"
        " ON {m}.datastream_id = {e}.datastream_id AND {m}.seq = {e}.seq",
    },
}
# what makes a row of a kind unique, in physical order
KEYS = dict.fromkeys(TABLES, ("e.id",)) | {"observation": ("e.datastream_id", "e.seq")}

FieldType = Literal["int", "text", "json", "shape", "box", "time", "result", "record"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind in conditions and orders.

    Args:
        columns: One column; for ``time`` start, maybe end, maybe the condition that it has no end
            of its own; for ``record`` one per part.
        parts: Names of the parts of a ``record``.
    """

    type: FieldType
    columns: tuple[str, ...]
    parts: tuple[str, ...] = ()
    nullable: bool = True


def _text(column: str) -> Field:
    return Field("text", (column,), nullable=False)


_ID = Field("int", ("e.id",), nullable=False)
_COMMON = {
    "id": _ID,
    "name": _text("e.name"),
    "description": _text("e.description"),
    "properties": Field("json", ("e.properties",)),
}
_ENCODED = {**_COMMON, "encoding_type": _text("e.encoding_type")}

FIELDS: dict[str, dict[str, Field]] = {
    "thing": _COMMON,
    "location": {**_ENCODED, "location": Field("shape", ("e.location",))},
    "historical_location": {"id": _ID, "time_us": Field("time", ("e.time",), nullable=False)},
    "datastream": {
        **_COMMON,
        "observation_type": _text("e.observation_type"),
        "unit": Field(
            "record",
            ("e.unit_name", "e.unit_symbol", "e.unit_definition"),
            ("name", "symbol", "definition"),
        ),
        "observed_area": Field("box", ("s.min_lon", "s.min_lat", "s.max_lon", "s.max_lat")),
        "phenomenon_time": Field("time", ("s.first_time", "s.last_end")),
        "result_time": Field("time", ("s.first_result_time", "s.last_result_time")),
    },
    "sensor": {**_ENCODED, "metadata": Field("json", ("e.metadata",))},
    "observed_property": {**_COMMON, "definition": _text("e.definition")},
    "observation": {
        "id": Field("int", (OBSERVATION_ID,), nullable=False),
        "seq": Field("int", ("e.seq",), nullable=False),
        "time": Field(
            "time",
            ("e.time", "coalesce(e.time+e.duration,e.time)", "e.duration IS NULL"),
            nullable=False,
        ),
        "result": Field("result", ("e.result", "x.result")),
        "result_time": Field("time", ("e.result_time",)),
        "valid_time": Field("time", ("x.valid_start", "coalesce(x.valid_end,x.valid_start)")),
        "parameters": Field("json", ("x.parameters",)),
        "result_quality": Field("json", (_QUALITY_JSON,)),
    },
    "feature": {**_ENCODED, "feature": Field("shape", ("e.feature",))},
}


@dataclass(frozen=True, slots=True)
class Relation:
    """From one kind to another.

    Exactly one of these says how: ``own`` is a column of this side that holds the other's id;
    ``theirs`` a column of the other side that holds this one's id; ``through`` a table between with
    its columns (this, other).
    """

    target: str
    many: bool
    own: str = ""
    theirs: str = ""
    through: tuple[str, str, str] | None = None


_HISTORICAL = "obs_historical_location_location"

RELATIONS: dict[str, dict[str, Relation]] = {
    "thing": {
        "locations": Relation(
            "location", True, through=("obs_thing_location", "thing_id", "location_id")
        ),
        "historical_locations": Relation("historical_location", True, theirs="thing_id"),
        "datastreams": Relation("datastream", True, theirs="thing_id"),
    },
    "location": {
        "things": Relation(
            "thing", True, through=("obs_thing_location", "location_id", "thing_id")
        ),
        "historical_locations": Relation(
            "historical_location",
            True,
            through=(_HISTORICAL, "location_id", "historical_location_id"),
        ),
    },
    "historical_location": {
        "thing": Relation("thing", False, own="thing_id"),
        "locations": Relation(
            "location", True, through=(_HISTORICAL, "historical_location_id", "location_id")
        ),
    },
    "datastream": {
        "thing": Relation("thing", False, own="thing_id"),
        "sensor": Relation("sensor", False, own="sensor_id"),
        "observed_property": Relation("observed_property", False, own="observed_property_id"),
        "observations": Relation("observation", True, theirs="datastream_id"),
    },
    "sensor": {"datastreams": Relation("datastream", True, theirs="sensor_id")},
    "observed_property": {
        "datastreams": Relation("datastream", True, theirs="observed_property_id")
    },
    "observation": {
        "datastream": Relation("datastream", False, own="datastream_id"),
        "feature": Relation("feature", False, own="feature_id"),
    },
    "feature": {"observations": Relation("observation", True, theirs="feature_id")},
}
