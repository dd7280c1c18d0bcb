"""A set as GeoJSON: one feature per entity, with the geometry that belongs to it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from mehrwert.observations.queries import Expand, Select, SelectResult
from mehrwert.standards.sensorthings.errors import BadOptionError
from mehrwert.standards.sensorthings.mapping import EntityType, Row, area_of
from mehrwert.standards.sensorthings.options import Options
from mehrwert.standards.sensorthings.rendering import show_rows

from .pages import pages_of

# kind → where its geometry is: in its own row, or in the row of a relation
_OWN = {"location": 4, "feature": 4}
_BESIDE = {
    "thing": ("locations", 4),
    "historical_location": ("locations", 4),
    "observation": ("feature", 4),
}
_BOX = slice(12, 16)


def geojson_of(
    root: str, entity: EntityType, options: Options, select: Select, most: int | None
) -> Iterator[bytes]:
    """Yield a FeatureCollection piece by piece.

    Raises:
        BadOptionError: Entities of this kind are nowhere.
    """
    if entity.kind not in _OWN.keys() | _BESIDE.keys() | {"datastream"}:
        raise BadOptionError(option="$resultFormat=GeoJSON")
    beside = _BESIDE.get(entity.kind)
    if beside is not None:
        select = replace(select, expand=(*select.expand, Expand(beside[0], 1)))
    start = b'{"type":"FeatureCollection","features":['
    for page in pages_of(select, most):
        features = [msgspec.json.encode(f) for f in _features(root, entity, options, page)]
        yield start + b",\n".join(features)
        start = b",\n" if features else b""
    yield b"]}"


def _features(
    root: str, entity: EntityType, options: Options, page: SelectResult
) -> Iterator[dict[str, Any]]:
    levels = page.levels[: len(options.expand)]
    for row, shown in zip(
        page.rows, show_rows(root, entity, page.rows, options, levels), strict=True
    ):
        row_id = shown.get("@iot.id", row[0])
        properties = {k: v for k, v in shown.items() if not k.endswith("@iot.navigationLink")}
        properties.pop("location", None)
        properties.pop("feature", None)
        yield {
            "type": "Feature",
            "id": row_id,
            "geometry": _geometry(entity.kind, row, page),
            "properties": properties,
        }


def _geometry(kind: str, row: Row, page: SelectResult) -> Any:
    if kind in _OWN:
        return _bare(row[_OWN[kind]])
    if kind == "datastream":
        box = row[_BOX]
        return None if box[0] is None else area_of(*box)
    branch = page.levels[-1].branch_of(row)
    return _bare(branch.rows[0][_BESIDE[kind][1]]) if branch and branch.rows else None


def _bare(text: str) -> Any:
    """Return the geometry of a place; of a Feature, its geometry."""
    value = msgspec.json.decode(text)
    if isinstance(value, dict) and value.get("type") == "Feature":
        return value.get("geometry")
    return value
