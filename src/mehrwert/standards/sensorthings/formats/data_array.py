"""Readings as DataArray: one group per series, rows instead of objects."""

from typing import Any

from mehrwert.observations.queries import SelectResult
from mehrwert.standards.sensorthings.errors import BadOptionError
from mehrwert.standards.sensorthings.mapping import TYPES, Row
from mehrwert.standards.sensorthings.options import Options

COMPONENTS = ("id", "phenomenonTime", "resultTime", "result")
_OPTIONAL = ("resultQuality", "validTime", "parameters")
_SERIES = 10


def data_arrays(root: str, options: Options, result: SelectResult) -> list[dict[str, Any]]:
    """Return the groups in the order in which their first reading comes.

    Raises:
        BadOptionError: Related entities were asked for too, or names that are no components.
    """
    if options.expand:
        raise BadOptionError(option="$expand, $resultFormat=dataArray")
    render = TYPES["Observation"].render
    shown = [render(row) for row in result.rows]
    components = _components(options, shown)
    groups: dict[int, list[list[Any]]] = {}
    for row, entity in zip(result.rows, shown, strict=True):
        entity["id"] = row[0]
        cells = [entity.get(name) for name in components]
        groups.setdefault(_series_of(row), []).append(cells)
    return [
        {
            "Datastream@iot.navigationLink": f"{root}/Datastreams({series})",
            "components": components,
            "dataArray@iot.count": len(rows),
            "dataArray": rows,
        }
        for series, rows in groups.items()
    ]


def _series_of(row: Row) -> int:
    return int(row[_SERIES])


def _components(options: Options, shown: list[dict[str, Any]]) -> list[str]:
    if options.chosen is None:
        return [*COMPONENTS, *(n for n in _OPTIONAL if any(n in entity for entity in shown))]
    names = [{"@iot.id": "id"}.get(way[0], way[0]) for way in options.chosen]
    if not set(names) <= {*COMPONENTS, *_OPTIONAL}:
        raise BadOptionError(option="$select, $resultFormat=dataArray")
    return list(dict.fromkeys(names))
