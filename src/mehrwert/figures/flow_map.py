"""Who learned from whom: curved arrows between places, over outlines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from mehrwert.figures.map_svg import _area, _View, _view
from mehrwert.figures.palette import PAGE
from mehrwert.figures.svg import Naming, coordinate, element, picture

SIZE = (560.0, 700.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Flow:
    """One way: to a place, from a place or from nowhere that is proven.

    Args:
        end: Longitude and latitude.
        label: What a pointer over it says.
        start: Longitude and latitude; None draws the place alone, without an arrow.
    """

    end: Point
    label: str
    start: Point | None = None


def flow_map(
    boundaries: Mapping[str, Any], flows: Sequence[Flow], *, naming: Naming, size: Point = SIZE
) -> str:
    """Return outlines with one circle per end, one square per start, and an arrow between both.

    Args:
        boundaries: GeoJSON FeatureCollection; empty draws places only.
        flows: What is drawn; more than one may end at a place.
        naming: Name and sentence of the figure.
        size: Width and height.
    """
    features = list(boundaries.get("features", ()))
    view = _view(features, [], size)
    body = element("rect", width=size[0], height=size[1], fill="#dde6ea")
    body += "".join(_area(feature, view) for feature in features)
    body += "".join(_arrow(one, view) for one in flows if one.start and one.start != one.end)
    for x, y in sorted({view.place(*one.start) for one in flows if one.start}):
        body += element("rect", x=x - 4, y=y - 4, width=8, height=8, fill="#0f2137", stroke="#fff")
    body += "".join(_end(one, view) for one in flows)
    return picture(body, size=size, naming=naming, palette=PAGE)


def _end(one: Flow, view: _View) -> str:
    x, y = view.place(*one.end)
    circle = element("circle", cx=x, cy=y, r=5, fill="#0a4b8c", stroke="#fff", stroke_width=1.2)
    return element("g", f"<title>{escape(one.label)}</title>{circle}")


def _arrow(one: Flow, view: _View) -> str:
    """Return a curve that bends to the right of its way and stops short of the circle."""
    if one.start is None:
        return ""
    (x1, y1), (x2, y2) = view.place(*one.start), view.place(*one.end)
    dx, dy = x2 - x1, y2 - y1
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    bend = min(40.0, length / 5)
    mx, my = (x1 + x2) / 2 - dy / length * bend, (y1 + y2) / 2 + dx / length * bend
    tx, ty = x2 - mx, y2 - my
    reach = (tx * tx + ty * ty) ** 0.5 or 1.0
    ux, uy = tx / reach, ty / reach
    px, py = x2 - ux * 6, y2 - uy * 6
    bx, by = px - ux * 7, py - uy * 7
    curve = (
        f"M{coordinate(x1)} {coordinate(y1)}Q{coordinate(mx)} {coordinate(my)} "
        f"{coordinate(bx)} {coordinate(by)}"
    )
    head = (
        f"M{coordinate(px)} {coordinate(py)}L{coordinate(bx - uy * 4)} {coordinate(by + ux * 4)}"
        f"L{coordinate(bx + uy * 4)} {coordinate(by - ux * 4)}Z"
    )
    return element(
        "path", d=curve, fill="none", stroke="#0f2137", stroke_width=1.3, stroke_opacity="0.65"
    ) + element("path", d=head, fill="#0f2137")
