"""A map as a drawing: for print, for pages without JavaScript, for computers without WebGL."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from mehrwert.figures.palette import PAGE
from mehrwert.figures.svg import Naming, coordinate, element, picture, words

LABELLED = 14
# above this many places each is only a small mark without a name
NAMED = 60
ORDER = ("closed", "fresh", "late", "silent")
COLOURS = {"fresh": "#1b7043", "late": "#8a5600", "silent": "#b3261e", "closed": "#56667a"}
SIZES = ((900.0, 560.0), (380.0, 420.0))
FILLS = {"own": "#fbf7f1", "neighbour": "#eef2f6", "land": "#e3eadb"}


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place with its value.

    Args:
        lon: Degrees.
        lat: Degrees.
        name: What it is called.
        value: The newest value as text, may be empty.
        state: ``fresh``, ``late``, ``silent`` or ``closed``; a circle, square, triangle, ring.
        is_approximate: The place is only roughly known; drawn with a dashed ring.
    """

    lon: float
    lat: float
    name: str
    value: str = ""
    state: str = "fresh"
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class _View:
    west: float
    north: float
    scale_x: float
    scale_y: float
    dx: float
    dy: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            self.dx + (lon - self.west) * self.scale_x,
            self.dy + (self.north - lat) * self.scale_y,
        )


def map_svg(
    boundaries: Mapping[str, Any] | None,
    points: Sequence[MapPoint],
    *,
    title: str,
    description: str,
    size: tuple[float, float] = (900, 560),
    key: str = "karte",
) -> str:
    """Return boundaries and points as SVG text.

    Args:
        boundaries: GeoJSON FeatureCollection; ``properties.kind`` is ``own``, ``neighbour`` or
            ``land``, ``properties.name`` is written on neighbours.
        points: Places; with at most 14 each carries its name and value.
        title: Name of the figure.
        description: One sentence.
        size: Width and height.
        key: Makes ids unique when a page has several maps.
    """
    features = list((boundaries or {}).get("features", ()))
    view = _view(features, points, size)
    order = {"land": 0, "neighbour": 1, "own": 2}
    features.sort(key=lambda f: order.get(_kind(f), 1))
    body = element("rect", width=size[0], height=size[1], fill="#dde6ea")
    body += "".join(_area(feature, view) for feature in features)
    body += "".join(_name(feature, view, size) for feature in features)
    if len(points) > NAMED:
        body += _small_marks(points, view)
    else:
        is_labelled = len(points) <= (LABELLED if size[0] > 500 else LABELLED // 2)
        urgent_last = sorted(points, key=lambda p: ORDER.index(p.state))
        body += "".join(_point(p, view, is_labelled, size) for p in urgent_last)
    is_narrow = size[0] < 500
    shown = "mw-narrow" if is_narrow else "mw-wide"
    naming = Naming(title, description, f"{key}-{shown}", f"mw-mapsvg {shown}")
    return picture(body, size=size, naming=naming, palette=PAGE)


def map_svg_pair(
    boundaries: Mapping[str, Any] | None,
    points: Sequence[MapPoint],
    *,
    title: str,
    description: str,
    sizes: Sequence[tuple[float, float]] = SIZES,
    key: str = "karte",
) -> str:
    """Return a wide and a narrow map; the page layer shows the one that fits."""
    return "".join(
        map_svg(boundaries, points, title=title, description=description, size=size, key=key)
        for size in sizes
    )


def _kind(feature: Mapping[str, Any]) -> str:
    return str((feature.get("properties") or {}).get("kind", "neighbour"))


def _rings(feature: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    geometry = feature.get("geometry") or {}
    polygons = geometry.get("coordinates", ())
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    elif geometry.get("type") != "MultiPolygon":
        polygons = []
    for polygon in polygons:
        yield from polygon


def _view(
    features: Sequence[Mapping[str, Any]], points: Sequence[MapPoint], size: tuple[float, float]
) -> _View:
    own = [f for f in features if _kind(f) == "own"] or list(features)
    corners = [(p[0], p[1]) for f in own for ring in _rings(f) for p in ring]
    corners += [(p.lon, p.lat) for p in points]
    if not corners:
        corners = [(6.0, 47.3), (15.0, 55.0)]
    west, east = min(c[0] for c in corners), max(c[0] for c in corners)
    south, north = min(c[1] for c in corners), max(c[1] for c in corners)
    squeeze = math.cos(math.radians((south + north) / 2))
    width, height = max((east - west) * squeeze, 0.004), max(north - south, 0.004)
    scale = min(size[0] * 0.86 / width, size[1] * 0.86 / height)
    return _View(
        west=west,
        north=north,
        scale_x=scale * squeeze,
        scale_y=scale,
        dx=(size[0] - (east - west) * scale * squeeze) / 2,
        dy=(size[1] - (north - south) * scale) / 2,
    )


def _area(feature: Mapping[str, Any], view: _View) -> str:
    kind = _kind(feature)
    path = "".join(
        "M"
        + "L".join(
            f"{coordinate(x)} {coordinate(y)}" for x, y in (view.place(p[0], p[1]) for p in ring)
        )
        + "Z"
        for ring in _rings(feature)
    )
    if not path:
        return ""
    is_own = kind == "own"
    return element(
        "path", d=path, fill=FILLS.get(kind, FILLS["neighbour"]), fill_rule="evenodd",
        stroke="#0f2137" if is_own else "#a9b5c2", stroke_width=2 if is_own else 1,
        stroke_linejoin="round",
    )  # fmt: skip


def _name(feature: Mapping[str, Any], view: _View, size: tuple[float, float]) -> str:
    properties = feature.get("properties") or {}
    ring = max(_rings(feature), key=len, default=())
    if _kind(feature) != "neighbour" or not properties.get("name") or not ring:
        return ""
    places = [view.place(p[0], p[1]) for p in ring]
    inside = [p for p in places if 0 < p[0] < size[0] and 0 < p[1] < size[1]]
    if len(inside) < 3:
        return ""
    x = sum(p[0] for p in inside) / len(inside)
    y = sum(p[1] for p in inside) / len(inside)
    if not (50 < x < size[0] - 50 and 16 < y < size[1] - 10):
        return ""
    return words(x, y, str(properties["name"]), fill="#56667a", text_anchor="middle")


def _mark(point: MapPoint, x: float, y: float) -> str:
    colour = COLOURS.get(point.state, COLOURS["fresh"])
    around = ""
    if point.is_approximate:
        around = element(
            "circle", cx=x, cy=y, r=14, fill="none", stroke="#56667a", stroke_width=1.2,
            stroke_dasharray="3 3",
        )  # fmt: skip
    if point.state == "silent":
        path = f"M{coordinate(x)} {coordinate(y - 9)}l9 15h-18z"
        return around + element("path", d=path, fill=colour, stroke="#fff", stroke_width=2)
    if point.state == "late":
        return around + element(
            "rect", x=x - 7, y=y - 7, width=14, height=14, fill=colour, stroke="#fff",
            stroke_width=2,
        )  # fmt: skip
    if point.state == "closed":
        return around + element(
            "circle", cx=x, cy=y, r=6, fill="#fff", stroke=colour, stroke_width=3
        )
    return around + element("circle", cx=x, cy=y, r=8, fill=colour, stroke="#fff", stroke_width=2)


SMALL = {
    "fresh": "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0",
    "closed": "m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
    "late": "m-3-3h6v6h-6z",
    "silent": "m0-5l5 8h-10z",
}


def _small_marks(points: Sequence[MapPoint], view: _View) -> str:
    """Draw many places as one path per state, the urgent ones on top."""
    drawn = ""
    for state in ORDER:
        places = [view.place(p.lon, p.lat) for p in points if p.state == state]
        path = "".join(f"M{coordinate(x)} {coordinate(y)}{SMALL[state]}" for x, y in places)
        if path:
            drawn += element("path", d=path, fill=COLOURS[state], stroke="#fff", stroke_width=0.8)
    return drawn


def _point(point: MapPoint, view: _View, is_labelled: bool, size: tuple[float, float]) -> str:
    x, y = view.place(point.lon, point.lat)
    label = f"{point.name}, {point.value}" if point.value else point.name
    drawn = _mark(point, x, y)
    if is_labelled:
        is_right = x < size[0] * 0.7
        halo = {"stroke": "#fff", "stroke_width": "4", "paint_order": "stroke"}
        drawn += words(
            x + (13 if is_right else -13), y + 5, label, fill="#0f2137", size=14,
            text_anchor="start" if is_right else "end", **halo,
        )  # fmt: skip
    else:
        drawn = element("g", f"<title>{escape(label)}</title>{drawn}")
    return drawn
