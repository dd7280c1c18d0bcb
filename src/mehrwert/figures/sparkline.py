"""Very small figures inside a row: decoration beside a number in words."""

from collections.abc import Sequence

from mehrwert.figures.palette import PAGE, Palette
from mehrwert.figures.series import Points, segments, thin
from mehrwert.figures.svg import coordinate, element, polyline


def sparkline(
    values: Sequence[float | None],
    *,
    times: Sequence[float] = (),
    size: tuple[float, float] = (160, 36),
    target: float | None = None,
    palette: Palette = PAGE,
) -> str:
    """Return a line without axes, hidden from screen readers; missing values leave a gap.

    Args:
        values: What is drawn, left to right.
        times: Seconds since 1970; without them the values stand at equal distances.
        size: Width and height.
        target: Value of a dashed line.
        palette: Colours.
    """
    width, height = size
    t = list(times) if times else [float(i) for i in range(len(values))]
    runs = list(segments(Points(t, values)))
    runs = [thin(run, -(-len(values) // 120)) for run in runs]
    known = [b.mean for run in runs for b in run] + ([target] if target is not None else [])
    if not known:
        return ""
    low, high = min(known), max(known)
    span, length = (high - low) or 1.0, (t[-1] - t[0]) or 1.0

    def place(at: float, value: float) -> tuple[float, float]:
        x = 3 + (at - t[0]) / length * (width - 6)
        return x, height - 4 - (value - low) / span * (height - 8)

    drawn = ""
    if target is not None:
        y = place(t[0], target)[1]
        drawn += element(
            "path", d=polyline([(0, y), (width, y)]), stroke=palette.edge, stroke_dasharray="4 3"
        )
    for run in runs:
        line = polyline(place(b.t, b.mean) for b in run)
        drawn += element(
            "path", d=line, fill="none", stroke=palette.blue, stroke_width=1.8,
            stroke_linejoin="round",
        )  # fmt: skip
    last = runs[-1][-1]
    x, y = place(last.t, last.mean)
    drawn += element("circle", cx=x, cy=y, r=2.6, fill=palette.blue)
    return _decoration(drawn, size)


def bar(
    share: float,
    *,
    target: float | None = None,
    size: tuple[float, float] = (120, 10),
    palette: Palette = PAGE,
) -> str:
    """Return a bar from 0 to 1 with an optional tick for the target; decoration beside words."""
    width, height = size
    filled = max(0.0, min(share, 1.0)) * width
    drawn = element("rect", width=width, height=height, rx=2, fill=palette.grid)
    if filled:
        drawn += element("rect", width=filled, height=height, rx=2, fill=palette.blue)
    if target is not None:
        x = max(0.0, min(target, 1.0)) * width
        drawn += element(
            "path", d=polyline([(x, 0), (x, height)]), stroke=palette.ink, stroke_width=2
        )
    return _decoration(drawn, size)


def _decoration(drawn: str, size: tuple[float, float]) -> str:
    """Wrap a small figure that screen readers pass over: the number stands beside it."""
    width, height = size
    return element(
        "svg",
        drawn,
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        width=width,
        height=height,
        aria_hidden="true",
        focusable="false",
    )
