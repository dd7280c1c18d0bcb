"""Forest plot: one row per municipality, a diamond for all, a dashed line for a new one.

Right = better. Places on the axis are given; drawing never calculates an estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mehrwert.figures.line_chart import Look
from mehrwert.figures.palette import Palette
from mehrwert.figures.svg import Naming, element, picture, polyline, words

ROW = 30.0
NARROW_ROW = 46.0
HEAD = 30.0
# where the values end, right-aligned so that digits of the same kind stand below each other
EFFECT = 812.0


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One municipality.

    Attributes:
        name, note: Municipality, and how it was measured.
        value: Place of the estimate; larger is better. None draws no mark.
        low, high: Ends of its interval, None without one.
        weight: Share in the synthesis, 0 to 1; the square's area.
        text: Value with interval in words.
        is_controlled: With a comparison group (filled), else hollow.
    """

    name: str
    note: str
    value: float | None
    low: float | None
    high: float | None
    weight: float
    text: str
    is_controlled: bool


@dataclass(frozen=True, slots=True)
class Together:
    """The synthesis: (low, middle, high) of the mean, and (low, high) of a new municipality.

    ``is_sure`` says whether colour may claim a direction: only from evidence class 2.
    """

    mean: tuple[float, float, float]
    new: tuple[float, float]
    text: str
    new_text: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class ForestWords:
    """Texts of the figure in the language of the reader."""

    title: str
    description: str
    municipality: str
    measured: str
    effect: str
    weight: str
    together: str
    new: str
    worse: str
    better: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand: plot from ``left`` to ``right``, values from ``low`` to ``high``."""

    width: float
    left: float
    right: float
    low: float
    high: float
    row: float
    palette: Palette
    is_narrow: bool

    def x(self, value: float) -> float:
        share = (value - self.low) / max(self.high - self.low, 1e-9)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def forest_plot(
    rows: Sequence[ForestRow],
    together: Together | None,
    ticks: Sequence[tuple[float, str]],
    *,
    labels: ForestWords,
    look: Look = Look(),  # noqa: B008 (frozen)
    is_narrow: bool = False,
) -> str:
    """Return the figure as SVG text.

    Args:
        rows: In the order shown.
        together: None while nothing is pooled.
        ticks: (place, label) of the axis, at least two; they span it.
        labels: Title, description, words of head, foot and legend.
        look: Palette, key.
        is_narrow: For phones: text above each mark.
    """
    width = 380.0 if is_narrow else 900.0
    plan = _Plan(
        width,
        14.0 if is_narrow else 384.0,
        width - 14.0 if is_narrow else 626.0,
        min(place for place, _ in ticks),
        max(place for place, _ in ticks),
        NARROW_ROW if is_narrow else ROW,
        look.palette,
        is_narrow,
    )
    extra = 2 if together else 0
    bottom = HEAD + plan.row * (len(rows) + extra)
    body = _axis(plan, ticks, labels, bottom)
    body += "" if is_narrow else _head(plan, labels)
    for number, row in enumerate(rows):
        body += _row(plan, row, HEAD + plan.row * number)
    if together:
        body += _pooled(plan, together, labels, HEAD + plan.row * len(rows))
    key = f"{look.key}-{'n' if is_narrow else 'w'}"
    css = "mw-narrow" if is_narrow else "mw-wide"
    return picture(
        body,
        size=(width, bottom + 44),
        naming=Naming(labels.title, labels.description, key, css),
        palette=look.palette,
    )


def _axis(
    plan: _Plan, ticks: Sequence[tuple[float, str]], labels: ForestWords, bottom: float
) -> str:
    drawn = ""
    for place, label in ticks:
        x = plan.x(place)
        colour = plan.palette.ink if place == 0 else plan.palette.grid
        line = polyline([(x, HEAD - 6), (x, bottom)])
        drawn += element("path", d=line, stroke=colour)
        anchor = "start" if x < 24 else "end" if x > plan.width - 24 else "middle"
        x = 0.0 if x < 24 else plan.width if x > plan.width - 24 else x
        drawn += words(x, bottom + 17, label, fill=plan.palette.ink_3, text_anchor=anchor)
    y = bottom + 36
    return (
        drawn
        + words(plan.left, y, f"← {labels.worse}", fill=plan.palette.ink_3)
        + words(plan.right, y, f"{labels.better} →", fill=plan.palette.ink_3, text_anchor="end")
    )


def _head(plan: _Plan, labels: ForestWords) -> str:
    ink = plan.palette.ink_3
    line = polyline([(0, HEAD - 6), (plan.width, HEAD - 6)])
    return (
        words(0, 16, labels.municipality, fill=ink)
        + words(150, 16, labels.measured, fill=ink)
        + words(EFFECT, 16, labels.effect, fill=ink, text_anchor="end")
        + words(plan.width, 16, labels.weight, fill=ink, text_anchor="end")
        + element("path", d=line, stroke=plan.palette.edge)
    )


def _row(plan: _Plan, row: ForestRow, top: float) -> str:
    share = f"{round(100 * row.weight)} %"
    drawn = _texts(plan, (row.name, row.note, row.text), top, share=share)
    if row.value is None:
        return drawn
    y = top + plan.row - (12 if plan.is_narrow else 14)
    colour = plan.palette.green if row.is_controlled else plan.palette.ink_3
    if row.low is not None and row.high is not None:
        drawn += _whisker(plan, row.low, row.high, y, colour)
    side = 6 + 12 * row.weight**0.5
    fill = colour if row.is_controlled else plan.palette.card
    x = plan.x(row.value)
    return drawn + element(
        "rect",
        x=x - side / 2,
        y=y - side / 2,
        width=side,
        height=side,
        fill=fill,
        stroke=colour,
        stroke_width=1.8,
    )


def _pooled(plan: _Plan, together: Together, labels: ForestWords, top: float) -> str:
    low, middle, high = together.mean
    ink = plan.palette.ink
    rule = polyline([(0, top), (plan.width, top)])
    drawn = element("path", d=rule, stroke=plan.palette.edge)
    drawn += _texts(plan, (labels.together, "", together.text), top, weight="600")
    y = top + plan.row - (12 if plan.is_narrow else 14)
    shape = [(plan.x(low), y), (plan.x(middle), y - 8), (plan.x(high), y), (plan.x(middle), y + 8)]
    fill = ink if together.is_sure else plan.palette.ink_3
    drawn += element("path", d=polyline(shape) + "Z", fill=fill)
    drawn += _texts(plan, (labels.new, "", together.new_text), top + plan.row)
    return drawn + _whisker(plan, *together.new, y + plan.row, ink, dashed=True)


def _whisker(
    plan: _Plan, low: float, high: float, y: float, colour: str, *, dashed: bool = False
) -> str:
    left, right = plan.x(low), plan.x(high)
    line = element(
        "path",
        d=polyline([(left, y), (right, y)]),
        stroke=colour,
        stroke_width=1.8,
        stroke_dasharray="5 4" if dashed else None,
    )
    ends = ""
    for x, value, edge in ((left, low, plan.low), (right, high, plan.high)):
        beyond = value < edge if edge == plan.low else value > edge
        reach = 5 if edge == plan.low else -5
        shape = (
            [(x + reach, y - 5), (x, y), (x + reach, y + 5)] if beyond else [(x, y - 5), (x, y + 5)]
        )
        ends += element("path", d=polyline(shape), fill="none", stroke=colour, stroke_width=1.8)
    return line + ends


def _texts(
    plan: _Plan, said: tuple[str, str, str], top: float, *, share: str = "", weight: str = "400"
) -> str:
    """Write name, how it was measured, and value with interval."""
    name, note, text = said
    ink, pale = plan.palette.ink, plan.palette.ink_3
    if plan.is_narrow:
        return _haloed(plan, 0, top + 15, name, weight, "start") + _haloed(
            plan, plan.width, top + 15, text, weight, "end"
        )
    y = top + plan.row - 9.5
    drawn = words(0, y, name, fill=ink, font_weight=weight)
    drawn += words(150, y, note, fill=pale) if note else ""
    drawn += words(EFFECT, y, text, fill=ink, font_weight=weight, text_anchor="end")
    return drawn + (words(plan.width, y, share, fill=pale, text_anchor="end") if share else "")


def _haloed(plan: _Plan, x: float, y: float, text: str, weight: str, anchor: str) -> str:
    """Write text that stays readable above lines."""
    return words(
        x,
        y,
        text,
        fill=plan.palette.ink,
        font_weight=weight,
        text_anchor=anchor,
        stroke=plan.palette.card,
        stroke_width="4",
        paint_order="stroke",
    )
