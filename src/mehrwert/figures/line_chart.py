"""A line over time with its band from least to greatest value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from mehrwert.figures.axes import time_ticks, value_ticks
from mehrwert.figures.palette import PAGE, Palette
from mehrwert.figures.series import Bucket, Points, segments, thin
from mehrwert.figures.svg import Naming, element, picture, polyline, words
from mehrwert.figures.text import number

BERLIN = ZoneInfo("Europe/Berlin")
LINE_PX = 1.8


@dataclass(frozen=True, slots=True)
class Threshold:
    """A dashed line with its name, for example an alarm."""

    value: float
    label: str
    kind: str = "red"


@dataclass(frozen=True, slots=True)
class Look:
    """Size, colours and language of a chart."""

    width: float = 900
    height: float = 300
    palette: Palette = PAGE
    language: str = "de"
    zone: tzinfo = BERLIN
    key: str = "f"
    css_class: str = ""
    max_points: int = 360


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the picture (pixels), and what values its edges are."""

    left: float
    top: float
    right: float
    bottom: float
    start: float
    end: float
    low: float
    high: float

    def x(self, t: float) -> float:
        """Return the pixel of a time."""
        return self.left + (t - self.start) / max(self.end - self.start, 1e-9) * (
            self.right - self.left
        )

    def y(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.bottom - (value - self.low) / max(self.high - self.low, 1e-12) * (
            self.bottom - self.top
        )


def line_chart(
    points: Points,
    *,
    title: str,
    description: str,
    unit: str = "",
    thresholds: Sequence[Threshold] = (),
    look: Look = Look(),  # noqa: B008 (frozen)
) -> str:
    """Return a chart as SVG text.

    Args:
        points: What is drawn; missing values leave a gap.
        title: Name of the figure.
        description: One sentence saying what it shows.
        unit: Stands at the uppermost tick.
        thresholds: Dashed lines with a name.
        look: Size, colours, language.
    """
    runs = list(segments(points))
    count = sum(len(run) for run in runs)
    runs = [thin(run, -(-count // look.max_points)) for run in runs]
    frame, ticks = _frame(points, runs, thresholds, look)
    body = draw_axes(frame, ticks, unit, look)
    if points.ends:
        body += _bars(points, frame, look.palette)
    else:
        body += "".join(_run(run, frame, look.palette) for run in runs)
    body += "".join(_threshold(line, frame, look.palette) for line in thresholds)
    return picture(
        body,
        size=(look.width, look.height),
        naming=Naming(title, description, look.key, look.css_class),
        palette=look.palette,
    )


def line_chart_pair(
    points: Points,
    *,
    title: str,
    description: str,
    unit: str = "",
    thresholds: Sequence[Threshold] = (),
    look: Look = Look(),  # noqa: B008 (frozen)
) -> str:
    """Return a wide and a narrow chart; the page layer shows the one that fits."""
    wide = Look(
        palette=look.palette, language=look.language, zone=look.zone, key=f"{look.key}-w",
        css_class="mw-wide", width=look.width, height=look.height,
    )  # fmt: skip
    narrow = Look(
        palette=look.palette, language=look.language, zone=look.zone, key=f"{look.key}-n",
        css_class="mw-narrow", width=380, height=260, max_points=160,
    )  # fmt: skip
    return "".join(
        line_chart(
            points,
            title=title,
            description=description,
            unit=unit,
            thresholds=thresholds,
            look=variant,
        )
        for variant in (wide, narrow)
    )


def _frame(
    points: Points, runs: list[list[Bucket]], thresholds: Sequence[Threshold], look: Look
) -> tuple[Frame, list[float]]:
    lows = [b.low for run in runs for b in run] + [line.value for line in thresholds]
    highs = [b.high for run in runs for b in run] + [line.value for line in thresholds]
    if points.ends:
        lows, highs = [*lows, 0.0], [*highs, 0.0]
    ticks = value_ticks(min(lows, default=0.0), max(highs, default=1.0))
    start, end = (points.t[0], points.t[-1]) if len(points.t) else (0.0, 1.0)
    end = points.ends[-1] if points.ends else end
    widest = max(len(number(tick, language=look.language)) for tick in ticks)
    frame = Frame(
        left=14 + 7.4 * widest,
        top=24,
        right=look.width - 10,
        bottom=look.height - 28,
        start=float(start),
        end=float(end) if end > start else float(start) + 1,
        low=ticks[0],
        high=ticks[-1],
    )
    return frame, ticks


def draw_axes(frame: Frame, ticks: list[float], unit: str, look: Look) -> str:
    """Return grid, value labels, unit and the times below."""
    palette, drawn = look.palette, []
    for tick in ticks:
        y = frame.y(tick)
        drawn.append(
            element("path", d=polyline([(frame.left, y), (frame.right, y)]), stroke=palette.grid)
        )
        label = number(tick, language=look.language)
        drawn.append(words(frame.left - 8, y + 4.5, label, fill=palette.ink_3, text_anchor="end"))
    if unit:
        drawn.append(words(frame.left, 13, unit, fill=palette.ink_3))
    base = polyline([(frame.left, frame.bottom), (frame.right, frame.bottom)])
    drawn.append(element("path", d=base, stroke=palette.edge))
    count = 8 if look.width > 600 else 4
    for mark in time_ticks(
        frame.start, frame.end, zone=look.zone, language=look.language, count=count
    ):
        x = frame.x(mark.at_s)
        tick_path = polyline([(x, frame.bottom), (x, frame.bottom + 5)])
        drawn.append(element("path", d=tick_path, stroke=palette.edge))
        anchor = "middle" if frame.left + 20 < x < frame.right - 24 else "end"
        anchor = "start" if x <= frame.left + 20 else anchor
        drawn.append(
            words(x, frame.bottom + 21, mark.label, fill=palette.ink_3, text_anchor=anchor)
        )
    return "".join(drawn)


def _run(run: list[Bucket], frame: Frame, palette: Palette) -> str:
    if len(run) == 1:
        return element(
            "circle", cx=frame.x(run[0].t), cy=frame.y(run[0].mean), r=2.2, fill=palette.blue
        )
    drawn = ""
    if any(b.high - b.low > 0 for b in run):
        upper = [(frame.x(b.t), frame.y(b.high)) for b in run]
        lower = [(frame.x(b.t), frame.y(b.low)) for b in reversed(run)]
        area = polyline(upper + lower) + "Z"
        drawn = element("path", d=area, fill=palette.blue, fill_opacity=".2")
    line = polyline((frame.x(b.t), frame.y(b.mean)) for b in run)
    return drawn + element(
        "path", d=line, fill="none", stroke=palette.blue, stroke_width=LINE_PX,
        stroke_linejoin="round",
    )  # fmt: skip


def _bars(points: Points, frame: Frame, palette: Palette) -> str:
    """Draw amounts as bars from zero, with a slit between them where there is room."""
    zero, path = frame.y(0.0), []
    for start, end, value in zip(points.t, points.ends, points.mean, strict=True):
        if value is None or value != value:
            continue
        left, right = frame.x(start), frame.x(end)
        slit = min(1.5, (right - left) * 0.15)
        width = max(right - left - slit, 0.4)
        top = frame.y(value)
        path.append(f"M{left + slit / 2:.1f} {zero:.1f}V{top:.1f}h{width:.1f}V{zero:.1f}z")
    return element("path", d="".join(path), fill=palette.blue) if path else ""


def _threshold(line: Threshold, frame: Frame, palette: Palette) -> str:
    colour = palette.amber if line.kind == "amber" else palette.red
    y = frame.y(line.value)
    path = polyline([(frame.left, y), (frame.right, y)])
    return element("path", d=path, stroke=colour, stroke_width=1.4, stroke_dasharray="5 4") + words(
        frame.left + 6, y - 6, line.label, fill=colour
    )
