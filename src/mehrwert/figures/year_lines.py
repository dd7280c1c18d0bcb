"""Years laid over each other, month by month: the newest stands out, the others lie behind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mehrwert.figures.axes import value_ticks
from mehrwert.figures.line_chart import Frame, Look
from mehrwert.figures.palette import Palette
from mehrwert.figures.svg import Naming, element, picture, polyline, words
from mehrwert.figures.text import MONTHS, number

Year = Sequence[float | None]
GREYS = ("7 4", "2 3", "10 3 2 3", "")


def year_lines(
    years: Mapping[int, Year], *, title: str, description: str, unit: str = "", look: Look
) -> str:
    """Return a chart with one line per year over the twelve months, as SVG text.

    Args:
        years: Twelve values per year, None where there is none. The newest is drawn bold, the
            three before it dashed and named, older ones thin.
        title: Name of the figure.
        description: One sentence saying what it shows.
        unit: Stands at the uppermost tick.
        look: Size, colours, language.
    """
    values = [v for year in years.values() for v in year if v is not None]
    ticks = value_ticks(min(values, default=0.0), max(values, default=1.0))
    widest = max(len(number(tick, language=look.language)) for tick in ticks)
    frame = Frame(
        left=14 + 7.4 * widest,
        top=24,
        right=look.width - 52,
        bottom=look.height - 28,
        start=0.0,
        end=11.0,
        low=ticks[0],
        high=ticks[-1],
    )
    body = _axes(frame, ticks, unit, look)
    newest_first = sorted(years, reverse=True)
    for place, year in reversed(list(enumerate(newest_first))):
        body += _line(years[year], frame, _stroke(place, look.palette))
    body += _names(years, newest_first[:4], frame, look.palette)
    naming = Naming(title, description, look.key, look.css_class)
    size = (look.width, look.height)
    return picture(body, size=size, naming=naming, palette=look.palette)


def year_lines_pair(
    years: Mapping[int, Year], *, title: str, description: str, unit: str = "", look: Look
) -> str:
    """Return a wide and a narrow chart; the page layer shows the one that fits."""
    wide = replace(look, key=f"{look.key}-w", css_class="mw-wide")
    narrow = replace(look, key=f"{look.key}-n", css_class="mw-narrow", width=380, height=260)
    return "".join(
        year_lines(years, title=title, description=description, unit=unit, look=variant)
        for variant in (wide, narrow)
    )


def _axes(frame: Frame, ticks: list[float], unit: str, look: Look) -> str:
    palette, drawn = look.palette, []
    for tick in ticks:
        y = frame.y(tick)
        line = polyline([(frame.left, y), (frame.right, y)])
        drawn.append(element("path", d=line, stroke=palette.grid))
        label = number(tick, language=look.language)
        drawn.append(words(frame.left - 8, y + 4.5, label, fill=palette.ink_3, text_anchor="end"))
    if unit:
        drawn.append(words(frame.left, 13, unit, fill=palette.ink_3))
    names = MONTHS[look.language].split()
    letters = 3 if look.width > 600 else 1
    for month, name in enumerate(names):
        x, y = frame.x(month), frame.bottom + 21
        drawn.append(words(x, y, name[:letters], fill=palette.ink_3, text_anchor="middle"))
    return "".join(drawn)


def _stroke(place: int, palette: Palette) -> dict[str, Any]:
    if place == 0:
        return {"stroke": palette.blue, "stroke_width": 2.6}
    if place < len(GREYS):
        return {"stroke": palette.ink_3, "stroke_width": 1.5, "stroke_dasharray": GREYS[place - 1]}
    return {"stroke": palette.edge, "stroke_width": 0.8}


def _line(year: Year, frame: Frame, stroke: Mapping[str, Any]) -> str:
    """Draw the runs of a year; a month without a value is a gap, a lone one a dot."""
    drawn, run = "", []
    for month, value in [*enumerate(year), (12, None)]:
        if value is not None:
            run.append((frame.x(month), frame.y(value)))
            continue
        if len(run) == 1:
            x, y = run[0]
            drawn += element("circle", cx=x, cy=y, r=2.4, fill=str(stroke["stroke"]))
        elif run:
            line = polyline(run)
            drawn += element("path", d=line, fill="none", stroke_linejoin="round", **stroke)
        run = []
    return drawn


def _names(years: Mapping[int, Year], named: Sequence[int], frame: Frame, palette: Palette) -> str:
    """Write years at the ends of their lines, pushed apart so that none covers another."""
    ends = []
    for year in named:
        months = [month for month, value in enumerate(years[year]) if value is not None]
        if months:
            value = years[year][months[-1]]
            ends.append((frame.y(value or 0.0), frame.x(months[-1]), year))
    drawn, last = "", float("-inf")
    for y, x, year in sorted(ends):
        at = max(y, last + 15)
        last = at
        fill = palette.blue if year == named[0] else palette.ink_3
        drawn += words(
            x + 7,
            at + 4.5,
            str(year),
            fill=fill,
            paint_order="stroke",
            stroke=palette.card,
            stroke_width="4",
        )
    return drawn
