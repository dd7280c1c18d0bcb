"""Indicators in words, with their figure."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from mehrwert.base.clock import from_us
from mehrwert.figures import Look, Points, Threshold, line_chart_pair, number
from mehrwert.portfolio.choices.indicators import (
    DELAY_LABELS,
    DIRECTION_LABELS,
    ORIGIN_LABELS,
    TYPE_LABELS,
)
from mehrwert.portfolio.models import Baseline, DashboardFigure, IndicatorValue
from mehrwert.portfolio.presenting.dashboard import freshness_words
from mehrwert.portfolio.presenting.words import language, month_words
from mehrwert.portfolio.queries import Shown


def indicator_line(one: Shown) -> dict[str, Any]:
    """Return one indicator of a list."""
    last = one.last
    return {
        "name": one.version.name,
        "type": gettext(TYPE_LABELS[one.version.type]),
        "value": number(last.value if last else None, language=language()),
        "unit": one.version.unit,
        "fresh": freshness_words(one),
        "is_stale": one.is_stale,
        "delay": gettext(DELAY_LABELS[one.version.delay_class]),
        "better": gettext(DIRECTION_LABELS[one.version.good_direction]),
    }


def _period_words(period: str) -> str:
    """Return ``2024-09`` as people write it; a year stays."""
    year, _, month = period.partition("-")
    return month_words(date(int(year), int(month[:2]), 1)) if month else year


def baseline_view(row: Baseline) -> dict[str, Any]:
    """Return what was before the start, or why nobody knows."""
    return {
        "row": row,
        "name": row.version.name if row.version else "",
        "unit": row.version.unit if row.version else "",
        "first": _period_words(row.values[0][0]) if row.values else "",
        "last": _period_words(row.values[-1][0]) if row.values else "",
        "values": [(_period_words(period), value) for period, value in row.values],
        "n": len(row.values),
        "mean": number(
            sum(v for _m, v in row.values) / len(row.values) if row.values else None,
            language=language(),
        ),
    }


def indicator_view(one: Shown, figure: DashboardFigure | None) -> dict[str, Any]:
    """Return an indicator with its series as a figure."""
    line = indicator_line(one)
    known = [v for v in one.values if v.value is not None]
    sentence = gettext("%(name)s: zuletzt %(value)s %(unit)s (%(fresh)s).") % line
    if figure is not None:
        sentence += " " + gettext("Ziel: %(target)s.") % {
            "target": number(figure.target, language=language())
        }
    return {**line, "sentence": sentence, "svg": _chart(one, known, figure, sentence)}


def _chart(
    one: Shown, known: list[IndicatorValue], figure: DashboardFigure | None, sentence: str
) -> str:
    if len(known) < 2:
        return ""
    times = [datetime(v.period.year, v.period.month, 1, tzinfo=UTC).timestamp() for v in known]
    marks = [Threshold(figure.target, gettext("Ziel"))] if figure is not None else []
    return mark_safe(  # noqa: S308 (drawn by figures)
        line_chart_pair(
            Points(times, [v.value for v in known]),
            unit=one.version.unit,
            title=one.version.name,
            description=sentence,
            thresholds=marks,
            look=Look(language="en" if language() == "en" else "de"),
        )
    )


def value_view(value: IndicatorValue) -> dict[str, Any]:
    """Return one value of the table."""
    return {
        "row": value,
        "month": month_words(value.period),
        "value": number(value.value, language=language()),
        "origin": gettext(ORIGIN_LABELS[value.origin]),
    }


def csv_row(value: IndicatorValue) -> list[str]:
    """Return one value for the file."""
    return [
        f"{value.period:%Y-%m}",
        "" if value.value is None else str(value.value).replace(".", ","),
        value.version.unit,
        str(value.version.number),
        value.absence,
        gettext(ORIGIN_LABELS[value.origin]),
        from_us(value.retrieved_us).date().isoformat(),
    ]
