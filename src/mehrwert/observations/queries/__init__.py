"""Everything that reads in the room. Every function takes the tenant and sees nothing else."""

from mehrwert.observations.selects import (
    Limits,
    Order,
    Select,
    SelectResult,
    Step,
    UnknownPathError,
    exists,
    run_select,
)

from .chart import ChartSeries, HourSeries, read_chart, read_hours
from .entities import (
    DatastreamRow,
    ThingRow,
    count_things,
    list_datastreams,
    list_fields,
    list_things,
    read_datastream,
    read_thing,
)
from .imports import ImportRow, list_imports, read_import
from .latest import Latest, Silent, list_silent, read_latest
from .series import (
    ObservationRow,
    Series,
    count_observations,
    list_history,
    read_observations,
    read_series,
    stream_rows,
)
from .store import database_bytes, is_store_ready, reader

__all__ = [
    "ChartSeries",
    "DatastreamRow",
    "HourSeries",
    "ImportRow",
    "Latest",
    "Limits",
    "ObservationRow",
    "Order",
    "Select",
    "SelectResult",
    "Series",
    "Silent",
    "Step",
    "ThingRow",
    "UnknownPathError",
    "count_observations",
    "count_things",
    "database_bytes",
    "exists",
    "is_store_ready",
    "list_datastreams",
    "list_fields",
    "list_history",
    "list_imports",
    "list_silent",
    "list_things",
    "read_chart",
    "read_datastream",
    "read_hours",
    "read_import",
    "read_latest",
    "read_observations",
    "read_series",
    "read_thing",
    "reader",
    "run_select",
    "stream_rows",
]
