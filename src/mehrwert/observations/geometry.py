"""Geometry of places and features: GeoJSON text to shapely, tolerant of everything else."""

import hashlib
import math
from typing import Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]


def geometry_of(value: Any) -> BaseGeometry | None:
    """Return the geometry of a GeoJSON text or object; of a Feature, its geometry.

    None for anything that is not GeoJSON, is empty or has no finite box: such places are kept,
    but no map can show them.
    """
    try:
        data = msgspec.json.decode(value) if isinstance(value, str | bytes) else value
        if isinstance(data, dict) and data.get("type") == "Feature":
            data = data.get("geometry")
        if not isinstance(data, dict) or "type" not in data:
            return None
        geometry: BaseGeometry = shapely.from_geojson(msgspec.json.encode(data))
    except (msgspec.DecodeError, shapely.errors.GEOSException, TypeError, ValueError):
        return None
    if geometry.is_empty or not all(map(math.isfinite, geometry.bounds)):
        return None
    return geometry


def bounds_of(value: Any) -> Bounds | None:
    """Return west, south, east, north of a GeoJSON value."""
    geometry = geometry_of(value)
    return None if geometry is None else geometry.bounds


def content_hash(*parts: Any) -> str:
    """Return a short digest that changes when the content of a place changes."""
    text = msgspec.json.encode(parts, order="deterministic")
    return hashlib.sha256(text).hexdigest()[:32]
