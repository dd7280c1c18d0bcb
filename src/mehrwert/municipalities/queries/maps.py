"""Outlines for maps: the municipality, its neighbours and its Land, light enough for a phone."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import shapely
from django.utils.translation import gettext
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.models import Boundary, Municipality, Tenant

BBox = tuple[float, float, float, float]
GERMANY: BBox = (5.8663, 47.2701, 15.0419, 55.0584)
MOST_BYTES = 40_000
SHARE_OF_OWN, SHARE_OF_NEIGHBOURS = 0.4, 0.7
LANDS_STEP = 0.02
CREDIT_BKG = "© GeoBasis-DE / BKG 2021 (Daten verändert)"
CREDIT_DESTATIS = "© Statistisches Bundesamt (Destatis), 2025"


def read_map(tenant: Tenant) -> dict[str, Any]:
    """Return municipality, neighbours and Land as GeoJSON of at most 40 kB.

    ``properties.kind`` is ``own``, ``neighbour`` or ``land``. What is not known is left out: an
    invented municipality without an outline gives an empty collection.
    """
    if tenant.level == Level.DEMO:
        return _collection([_feature("own", tenant.name, tenant.boundary)])
    return read_map_of(tenant.level, tenant.ars, tenant.name)


def read_map_of(level: str, ars: str, name: str) -> dict[str, Any]:
    """Return the map of one row of the register, see ``read_map``."""
    own = Boundary.objects.filter(level=level, ars=ars).first()
    if own is None:
        return _collection([])
    neighbours = Boundary.objects.filter(level=level, ars__in=own.neighbours).order_by("ars")
    names = dict(
        Municipality.objects.filter(level=level, ars__in=own.neighbours).values_list(
            "ars", "name_short"
        )
    )
    land = None
    if level != Level.LAND:
        land = Boundary.objects.filter(level=Level.LAND, ars=f"{ars[:2]}0000000000").first()
    features = [_feature("own", name, _fitted([own.geometry], SHARE_OF_OWN)[0])]
    rows = list(neighbours)
    outlines = _fitted([row.geometry for row in rows], _left(features) * SHARE_OF_NEIGHBOURS)
    for row, outline in zip(rows, outlines, strict=True):
        features.append(_feature("neighbour", names.get(row.ars, ""), outline))
    if land is not None:
        features.append(_feature("land", "", _fitted([land.geometry], _left(features))[0]))
    return _collection(features)


def read_lands() -> dict[str, Any]:
    """Return the outlines of the sixteen Länder, light enough to be drawn on a page."""
    rows = Boundary.objects.filter(level=Level.LAND).order_by("ars")
    return _lands(tuple(rows.values_list("geometry", flat=True)))


@lru_cache(maxsize=1)
def _lands(texts: tuple[str, ...]) -> dict[str, Any]:
    """Simplify once per register; a step of 0.02 degrees is two pixels of a page."""
    outlines = [_simplified(shape(json.loads(text)), LANDS_STEP) for text in texts]
    return _collection(_feature("neighbour", "", outline) for outline in outlines)


def _left(features: list[dict[str, Any]]) -> float:
    """Return the share of the map that is still free."""
    return 0.98 - sum(map(_size, features)) / MOST_BYTES


def read_bbox(tenant: Tenant) -> BBox:
    """Return west, south, east, north of a municipality in degrees; Germany when unknown."""
    if tenant.level == Level.DEMO:
        given = tenant.boundary
        west, south, east, north = shape(given).bounds if given else GERMANY
        return west, south, east, north
    row = Boundary.objects.filter(level=tenant.level, ars=tenant.ars).first()
    return (row.west, row.south, row.east, row.north) if row is not None else GERMANY


def credit(tenant: Tenant | None = None) -> str:
    """Return the line that stands under every map and figure of the register."""
    if tenant is not None and tenant.level == Level.DEMO:
        return gettext("Erfundene Grenze, nur zur Anschauung")
    return f"{CREDIT_BKG} · {CREDIT_DESTATIS}"


def _fitted(texts: list[str], share: float) -> list[dict[str, Any]]:
    """Return geometries, simplified no more than needed to take this share of the map."""
    geometries = [shape(json.loads(text)) for text in texts]
    most = share * MOST_BYTES
    if sum(map(len, texts)) + 80 * len(texts) <= most:
        return [json.loads(text) for text in texts]
    tolerance = 0.0005
    while True:
        drawn = [_simplified(g, tolerance) for g in geometries]
        if sum(len(_dump(d)) + 80 for d in drawn) <= most or tolerance > 1:
            return drawn
        tolerance *= 1.6


def _simplified(geometry: BaseGeometry, tolerance: float) -> dict[str, Any]:
    """Return a coarser outline: islands smaller than the tolerance go, the largest part stays."""
    parts = list(getattr(geometry, "geoms", [geometry]))
    largest = max(parts, key=lambda part: part.area)
    kept = [p for p in parts if p is largest or p.area > tolerance * tolerance * 4]
    whole = shapely.MultiPolygon(kept) if len(kept) > 1 else largest
    coarse = shapely.simplify(whole, tolerance, preserve_topology=True)
    found: dict[str, Any] = json.loads(shapely.to_geojson(_rounded(coarse)))
    return found


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda xy: xy.round(4))


def _feature(kind: str, name: str, geometry: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": geometry,
    }


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    known = [feature for feature in features if feature["geometry"]]
    return {"type": "FeatureCollection", "features": known}


def _size(feature: dict[str, Any]) -> int:
    return len(_dump(feature))


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
