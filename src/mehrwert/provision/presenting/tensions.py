"""Four tensions as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.provision.presenting.common import shown_number
from mehrwert.provision.rules import (
    TensionShown,
    Trend,
)

TREND_LABELS: dict[str, str] = {
    Trend.UP: mark("gestiegen"),
    Trend.DOWN: mark("gesunken"),
    Trend.SAME: mark("gleich geblieben"),
    Trend.UNKNOWN: mark("kein Vergleich vor einem Jahr"),
}


TREND_ICONS = {Trend.UP: "up", Trend.DOWN: "down", Trend.SAME: "", Trend.UNKNOWN: ""}


@dataclass(frozen=True, slots=True)
class PoleShown:
    """One end of a tension."""

    name: str
    measured: str
    value: str
    trend: str
    icon: str


@dataclass(frozen=True, slots=True)
class TensionLine:
    """One tension: two ends and a warning."""

    title: str
    left: PoleShown
    right: PoleShown
    warning: str


def show_tension_lines(found: Iterable[TensionShown]) -> list[TensionLine]:
    """Return the tensions in the reader's words."""
    return [
        TensionLine(
            gettext(one.tension.title),
            _pole(one.tension.left, one.left, one.left_trend),
            _pole(one.tension.right, one.right, one.right_trend),
            gettext(one.warning) if one.warning else "",
        )
        for one in found
    ]


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
        gettext(TREND_LABELS[trend]),
        TREND_ICONS[trend],
    )
