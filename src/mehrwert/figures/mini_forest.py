"""The mini forest plot of a list row: one effect with its interval on a common zero line.

The unit of length is the smallest relevant effect declared for the indicator; the axis runs from
−5 to +5 of these, right is better. Only zero and direction are comparable between rows, so there is
no scale. Weak evidence is dashed and hollow, and colour comes only with evidence class 2.
"""

WIDTH, HEIGHT = 230, 30
REACH = 5.0
MARGIN = 6.0
COLOURED_FROM = 2


def mini_forest(value: float, low: float, high: float, *, evidence_class: int) -> str:
    """Return an SVG; the sentence beside it says the same, so it is hidden from screen readers.

    Args:
        value: Estimate in smallest relevant effects, positive is better.
        low: Worse end of the 95 % interval in the same unit.
        high: Better end.
        evidence_class: 0 to 4.
    """
    is_firm = evidence_class >= COLOURED_FROM
    tone = _tone(low, high) if is_firm else "var(--ink-3)"
    dashes = "" if is_firm else ' stroke-dasharray="3 3"'
    fill = tone if is_firm else "var(--card)"
    left, right, middle = _x(low), _x(high), HEIGHT / 2
    parts = [
        f'<path d="M{MARGIN} {middle}H{WIDTH - MARGIN}" stroke="var(--line)"/>',
        f'<path d="M{_x(0):.1f} 2V{HEIGHT - 2}" stroke="var(--edge)" stroke-width="1.2"/>',
        f'<path d="M{left:.1f} {middle}H{right:.1f}" stroke="{tone}" stroke-width="3"{dashes}/>',
        _end(low, left, -1, tone),
        _end(high, right, 1, tone),
        f'<circle cx="{_x(value):.1f}" cy="{middle}" r="5.5" fill="{fill}" stroke="{tone}" '
        'stroke-width="2"/>',
    ]
    return (
        f'<svg class="mw-mini" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-hidden="true" fill="none">{"".join(parts)}</svg>'
    )


def _tone(low: float, high: float) -> str:
    if low > 0:
        return "var(--green)"
    return "var(--red)" if high < 0 else "var(--ink-3)"


def _x(value: float) -> float:
    shown = max(-REACH, min(REACH, value))
    return MARGIN + (shown + REACH) / (2 * REACH) * (WIDTH - 2 * MARGIN)


def _end(value: float, x: float, side: int, tone: str) -> str:
    """Return a bar at the end of the interval, an arrow where it goes on beyond the axis."""
    middle = HEIGHT / 2
    if abs(value) > REACH:
        back = x - side * 6
        shape = f"M{back:.1f} {middle - 5}L{x:.1f} {middle}L{back:.1f} {middle + 5}"
    else:
        shape = f"M{x:.1f} {middle - 5}v10"
    return f'<path d="{shape}" stroke="{tone}" stroke-width="2"/>'
