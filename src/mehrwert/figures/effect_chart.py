"""What was measured against what would have been expected without the solution."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mehrwert.figures.axes import value_ticks
from mehrwert.figures.line_chart import Frame, Look, draw_axes
from mehrwert.figures.palette import Palette
from mehrwert.figures.svg import Naming, element, picture, polyline, words
from mehrwert.figures.text import number

CLOSE = 1.6


@dataclass(frozen=True, slots=True)
class EffectLines:
    """Columns of equal length; drawing never calculates.

    Attributes:
        t: Seconds since 1970, rising.
        observed: What was measured.
        expected: The line without the solution.
        low, high: Where that line may lie after the start; equal to it before.
        start: Seconds at which full operation begins.
        start_label: Words at the upright line.
        names: How the two lines are called in the legend (measured, expected).
    """

    t: Sequence[float]
    observed: Sequence[float]
    expected: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    start: float
    start_label: str
    names: tuple[str, str]


def effect_chart(
    lines: EffectLines,
    *,
    title: str,
    description: str,
    unit: str = "",
    look: Look = Look(),  # noqa: B008 (frozen)
) -> str:
    """Return the figure as SVG text; the measured line is solid, the expected one dashed."""
    values = [*lines.observed, *lines.expected, *lines.low, *lines.high]
    ticks = value_ticks(min(values), max(values))
    widest = max(len(number(tick, language=look.language)) for tick in ticks)
    frame = Frame(
        left=14 + 7.4 * widest,
        top=44,
        right=look.width - 10,
        bottom=look.height - 28,
        start=float(lines.t[0]),
        end=float(lines.t[-1]),
        low=ticks[0],
        high=ticks[-1],
    )
    body = draw_axes(frame, ticks, "", look)
    body += words(frame.left, 38, unit, fill=look.palette.ink_3) if unit else ""
    body += _band(lines, frame, look.palette) + _start(lines, frame, look)
    body += _line(lines.t, lines.expected, frame, look.palette.ink_3, dashed=True)
    body += _line(lines.t, lines.observed, frame, look.palette.blue)
    body += _legend(lines, frame, look)
    return picture(
        body,
        size=(look.width, look.height),
        naming=Naming(title, description, look.key, look.css_class),
        palette=look.palette,
    )


def effect_chart_pair(
    lines: EffectLines,
    *,
    title: str,
    description: str,
    unit: str = "",
    look: Look = Look(),  # noqa: B008 (frozen)
) -> str:
    """Return a wide and a narrow figure; the page layer shows the one that fits."""
    wide = replace(look, key=f"{look.key}-w", css_class="mw-wide")
    narrow = replace(look, key=f"{look.key}-n", css_class="mw-narrow", width=380, height=280)
    return "".join(
        effect_chart(lines, title=title, description=description, unit=unit, look=variant)
        for variant in (wide, narrow)
    )


def _runs(t: Sequence[float]) -> list[range]:
    """Return stretches without a missing month: a gap stays a gap."""
    if len(t) < 2:
        return [range(len(t))]
    usual = sorted(b - a for a, b in pairwise(t))[len(t) // 2]
    cuts = [i for i in range(1, len(t)) if t[i] - t[i - 1] > CLOSE * usual]
    edges = [0, *cuts, len(t)]
    return [range(a, b) for a, b in pairwise(edges)]


def _line(
    t: Sequence[float], values: Sequence[float], frame: Frame, colour: str, *, dashed: bool = False
) -> str:
    return "".join(
        element(
            "path",
            d=polyline((frame.x(t[i]), frame.y(values[i])) for i in run),
            fill="none",
            stroke=colour,
            stroke_width=1.8,
            stroke_linejoin="round",
            stroke_dasharray="5 4" if dashed else None,
        )
        for run in _runs(t)
    )


def _band(lines: EffectLines, frame: Frame, palette: Palette) -> str:
    after = [i for i, t in enumerate(lines.t) if t >= lines.start]
    if len(after) < 2 or all(lines.low[i] == lines.high[i] for i in after):
        return ""
    upper = [(frame.x(lines.t[i]), frame.y(lines.high[i])) for i in after]
    lower = [(frame.x(lines.t[i]), frame.y(lines.low[i])) for i in reversed(after)]
    return element("path", d=polyline(upper + lower) + "Z", fill=palette.ink_3, fill_opacity=".18")


def _start(lines: EffectLines, frame: Frame, look: Look) -> str:
    x = frame.x(lines.start)
    path = polyline([(x, frame.top - 4), (x, frame.bottom)])
    is_left = x > (frame.left + frame.right) / 2
    anchor, shift = ("end", -6) if is_left else ("start", 6)
    return element("path", d=path, stroke=look.palette.ink, stroke_width=1.2) + words(
        x + shift, frame.top + 8, lines.start_label, fill=look.palette.ink, text_anchor=anchor
    )


def _legend(lines: EffectLines, frame: Frame, look: Look) -> str:
    palette, x, drawn = look.palette, frame.left, ""
    for name, colour, dash in (
        (lines.names[0], palette.blue, None),
        (lines.names[1], palette.ink_3, "5 4"),
    ):
        stroke = polyline([(x, 14), (x + 22, 14)])
        drawn += element(
            "path", d=stroke, stroke=colour, stroke_width=1.8, stroke_dasharray=dash
        ) + words(x + 28, 18.5, name, fill=palette.ink)
        x += 28 + 7.2 * len(name) + 18
    return drawn
