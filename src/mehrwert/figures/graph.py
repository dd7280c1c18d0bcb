"""Boxes and arrows in columns: what rests on what. Plain text in, SVG out."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mehrwert.figures.palette import PAGE, Palette
from mehrwert.figures.svg import Naming, coordinate, element, picture, words

BOX = (190.0, 58.0)
GAP = (90.0, 22.0)
EDGE = 6.0
LETTERS = 26
LINES = 2
# kind of an arrow → dashes; the first is solid
DASHES: tuple[str | None, ...] = (None, "7 5", "2 4")


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its key, what stands in it, its column (0 = left)."""

    key: int
    label: str
    column: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two boxes; ``kind`` chooses its dashes: 0 solid, 1 dashed, 2 dotted."""

    start: int
    end: int
    kind: int = 0


def graph(
    boxes: Sequence[Box], arrows: Sequence[Arrow], *, naming: Naming, palette: Palette = PAGE
) -> str:
    """Return a drawing of boxes in columns with arrows; an arrow to a box not given is left out.

    Inside a column boxes stand near those they are joined to on their left, so that few arrows
    cross. Colour carries nothing: the kind of an arrow is its dashes. The drawing keeps its size,
    so that words stay readable; a page lets it scroll.
    """
    places = _places(boxes, arrows)
    drawn = "".join(
        _arrow(places[one.start], places[one.end], one.kind, palette)
        for one in arrows
        if one.start in places and one.end in places
    )
    drawn += "".join(_box(one.label, places[one.key], palette) for one in boxes)
    width = max((x for x, _ in places.values()), default=0) + BOX[0] + EDGE
    height = max((y for _, y in places.values()), default=0) + BOX[1] + EDGE
    drawing = picture(drawn, size=(width, height), naming=naming, palette=palette)
    return drawing.replace('width="100%"', f'width="{coordinate(width)}"', 1)


def _places(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> dict[int, tuple[float, float]]:
    """Return key → left and upper edge of its box."""
    joined: dict[int, list[int]] = {}
    for one in arrows:
        joined.setdefault(one.start, []).append(one.end)
        joined.setdefault(one.end, []).append(one.start)
    rows: dict[int, float] = {}
    places: dict[int, tuple[float, float]] = {}
    for column in sorted({one.column for one in boxes}):
        here = [one for one in boxes if one.column == column]
        here.sort(key=lambda one: (_middle(one.key, joined, rows), one.label, one.key))
        for row, box in enumerate(here):
            rows[box.key] = row
            places[box.key] = (EDGE + column * (BOX[0] + GAP[0]), EDGE + row * (BOX[1] + GAP[1]))
    return places


def _middle(key: int, joined: Mapping[int, list[int]], rows: Mapping[int, float]) -> float:
    known = [rows[other] for other in joined.get(key, ()) if other in rows]
    return sum(known) / len(known) if known else 0.0


def _box(label: str, place: tuple[float, float], palette: Palette) -> str:
    x, y = place
    lines = textwrap.wrap(label, LETTERS, max_lines=LINES, placeholder=" …")
    first = y + BOX[1] / 2 + 5 - (len(lines) - 1) * 9
    frame = element(
        "rect", x=x, y=y, width=BOX[0], height=BOX[1], rx=7, fill=palette.card,
        stroke=palette.edge, stroke_width=1.5,
    )  # fmt: skip
    return frame + "".join(
        words(x + BOX[0] / 2, first + 18 * n, line, fill=palette.ink, text_anchor="middle")
        for n, line in enumerate(lines)
    )


def _arrow(
    start: tuple[float, float], end: tuple[float, float], kind: int, palette: Palette
) -> str:
    """Return a curve that leaves one box at a side and meets the other with a point."""
    side = 1 if end[0] > start[0] else -1
    x1 = start[0] + (BOX[0] if side > 0 else 0)
    x2 = end[0] + (0 if side > 0 else BOX[0])
    y1, y2 = start[1] + BOX[1] / 2, end[1] + BOX[1] / 2
    if start[0] == end[0]:  # same column: around on the left
        x2 = end[0]
    bend = max(40.0, abs(x2 - x1) / 2)
    tip = x2 - (side if start[0] != end[0] else 1) * 8
    back = tip - x2
    path = (
        f"M{coordinate(x1)} {coordinate(y1)}C{coordinate(x1 + side * bend)} {coordinate(y1)} "
        f"{coordinate(x2 + (1 if back > 0 else -1) * bend)} {coordinate(y2)} "
        f"{coordinate(tip)} {coordinate(y2)}"
    )
    head = (
        f"M{coordinate(tip)} {coordinate(y2 - 5)}L{coordinate(x2)} {coordinate(y2)}"
        f"L{coordinate(tip)} {coordinate(y2 + 5)}Z"
    )
    return element(
        "path", d=path, fill="none", stroke=palette.ink_3, stroke_width=1.7,
        stroke_dasharray=DASHES[kind],
    ) + element("path", d=head, fill=palette.ink_3)  # fmt: skip
