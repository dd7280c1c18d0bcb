"""Four tensions as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.provision.presenting.common import shown_number
from mehrwert.provision.rules import Pole, TensionShown, Trend

HALF = 500

TREND_LABELS: dict[str, str] = {
    Trend.UP: mark("gestiegen"),
    Trend.DOWN: mark("gesunken"),
    Trend.SAME: mark("gleich geblieben"),
    Trend.UNKNOWN: mark("kein Vergleich vor einem Jahr"),
}


TREND_ARROWS = {Trend.UP: "↑", Trend.DOWN: "↓", Trend.SAME: "→", Trend.UNKNOWN: ""}


@dataclass(frozen=True, slots=True)
class PoleShown:
    """One end of a tension."""

    name: str
    measured: str
    value: str
    entered: str
    trend: str
    arrow: str


@dataclass(frozen=True, slots=True)
class TensionLine:
    """One tension: two ends and a warning."""

    title: str
    left: PoleShown
    right: PoleShown
    warning: str
    gauge: SafeString


def show_tension_lines(found: Iterable[TensionShown]) -> list[TensionLine]:
    """Return the tensions in the reader's words."""
    return [
        TensionLine(
            gettext(one.tension.title),
            _pole(one.tension.left, one.left, one.left_trend),
            _pole(one.tension.right, one.right, one.right_trend),
            gettext(one.warning) if one.warning else "",
            gauge_svg((one.tension.left, one.left), (one.tension.right, one.right)),
        )
        for one in found
    ]


def gauge_svg(left: tuple[Pole, float | None], right: tuple[Pole, float | None]) -> SafeString:
    """Return one gauge with two poles: bars that grow from the middle, dotted where unknown.

    A count has no end and therefore no bar.
    """
    return format_html(
        '<svg class="prov-gauge" viewBox="0 0 {} 16" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false">{}{}<rect class="mid" x="{}" width="3" height="16"/></svg>',
        2 * HALF,
        _bar(*left, is_left=True),
        _bar(*right, is_left=False),
        HALF - 1.5,
    )


def _bar(pole: Pole, value: float | None, *, is_left: bool) -> SafeString:
    if not pole.is_share:
        return SafeString()
    start = 0 if is_left else HALF
    part = None if value is None else min(1.0, value)
    kind = "all" if part is not None else "open"
    track = format_html(
        '<rect class="{}" x="{}" y="4" width="{}" height="8" rx="2"/>', kind, start, HALF
    )
    long = round((part or 0.0) * HALF, 1)
    bar = format_html(
        '<rect class="part" x="{}" y="4" width="{}" height="8" rx="2"/>',
        round(HALF - long, 1) if is_left else HALF,
        long,
    )
    return track + bar


def _pole(pole: Any, value: float | None, trend: Trend) -> PoleShown:
    if value is None:
        shown = ""
    elif pole.is_share:
        shown = f"{shown_number(100 * value)} %"
    else:
        shown = shown_number(value)
    return PoleShown(
        gettext(pole.name),
        gettext(pole.measured),
        shown,
        gettext(pole.entered) if value is None else "",
        gettext(TREND_LABELS[trend]),
        TREND_ARROWS[trend],
    )
