"""Everything a report is filled with before a person writes a word (PF-16)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from mehrwert.base.canonical import significant
from mehrwert.base.clock import to_us
from mehrwert.base.wiring import call, table
from mehrwert.portfolio.choices.indicators import Origin
from mehrwert.portfolio.models import (
    Countermeasure,
    NeededDecision,
    Project,
    Report,
    ReportCorrection,
    Risk,
)
from mehrwert.portfolio.queries.indicators import Shown, list_indicators, show_all
from mehrwert.portfolio.queries.leadtimes import read_forecast
from mehrwert.portfolio.queries.lights import compute_light, list_series_of, next_gate_of
from mehrwert.portfolio.queries.reports import list_decisions, newest_delivered
from mehrwert.portfolio.queries.risks import list_risks
from mehrwert.portfolio.rules.leadtime import Forecast
from mehrwert.portfolio.rules.lights import Computed, LightInputs
from mehrwert.portfolio.rules.periods import add_months

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Collected:
    """What is known of a project for a report.

    ``alerts`` are (label, words) of rooms beside this one, listed in the wiring.
    """

    project: Project
    month: date
    previous: Report | None
    computed: Computed
    given: LightInputs
    gate: str
    gate_on: date | None
    forecast: Forecast | None
    indicators: list[Shown]
    risks: list[Risk]
    decisions: list[NeededDecision]
    corrections: list[ReportCorrection]
    alerts: list[tuple[str, str]]


def collect(
    project: Project, month: date, today: date, *, forecast_eur: Decimal | None = None
) -> Collected:
    """Return everything known of a project for the report of a month.

    Args:
        project: Whose.
        month: First day of its last month.
        today: The day it is written.
        forecast_eur: Forecast at completion; that of the last report unless given.
    """
    previous = newest_delivered(project)
    if forecast_eur is None and previous is not None:
        forecast_eur = previous.forecast_eur
    computed, given = compute_light(project, today, forecast_eur=forecast_eur)
    gate = next_gate_of(project)
    return Collected(
        project,
        month,
        previous,
        computed,
        given,
        gate.key if gate else "",
        gate.planned_on if gate else None,
        read_forecast(project),
        show_all(list(list_indicators(project)), today),
        list(list_risks(project, is_open=True)),
        list(list_decisions(project)),
        list(
            ReportCorrection.objects.select_related("report")
            .filter(report__project=project, joined=None)
            .order_by("at_us", "pk")
        ),
        read_neighbours(project, month),
    )


def read_neighbours(project: Project, month: date) -> list[tuple[str, str]]:
    """Ask the rooms named in the wiring what happened to the series of a project."""
    series = list_series_of(project)
    first = add_months(month, 1 - project.rhythm_months)
    start, end = (_us(day) for day in (first, add_months(month, 1)))
    found: list[tuple[str, str]] = []
    for dotted in table("PROJECT_FACTS", ()):
        found += call(dotted)(series, start, end)
    return found


def _us(day: date) -> int:
    return to_us(datetime.combine(day, time(), tzinfo=BERLIN))


def content_of(
    given: Collected, *, today: date, stated: dict[str, Any], role: str, delivered_at: str
) -> dict[str, Any]:
    """Return the report as plain JSON, as it is frozen; money as text, days as ISO text.

    Args:
        given: What is known.
        today: The day it is written.
        stated: What a person said: light, sentence, costs.
        role: Role of the author.
        delivered_at: ISO time.
    """
    project = given.project
    return {
        "project": str(project.uuid),
        "title": project.title,
        "unit": project.unit,
        "state": project.state,
        "phase": project.phase,
        "month": f"{given.month:%Y-%m}",
        "months": project.rhythm_months,
        **stated,
        "computed": given.computed.total,
        "parts": dict(given.computed.parts),
        "planned_eur": _money(project.planned_eur),
        "gate": given.gate,
        "gate_on": _day(given.gate_on),
        "forecast": _forecast(given.forecast),
        "data_delivered": significant(given.given.data_delivered, 4),
        "indicators": [_indicator(one) for one in given.indicators],
        "risks": [_risk(risk, today) for risk in given.risks],
        "decisions": [
            {"question": d.question, "body": d.body, "until": _day(d.until)}
            for d in given.decisions
        ],
        "alerts": [list(pair) for pair in given.alerts],
        "corrections": [correction_json(one) for one in given.corrections],
        "has_outcome": project.has_outcome,
        "effect": project.effect,
        "role": role,
        "delivered_at": delivered_at,
    }


def correction_json(one: ReportCorrection) -> dict[str, Any]:
    """Return a correction as plain JSON."""
    return {
        "month": f"{one.report.month:%Y-%m}",
        "field": one.field,
        "old": one.old,
        "new": one.new,
        "reason": one.reason,
        "role": one.author_role,
        "at_us": one.at_us,
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _forecast(found: Forecast | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "low": _day(found.low),
        "middle": _day(found.middle),
        "high": _day(found.high),
        "n": found.n,
    }


def _indicator(one: Shown) -> dict[str, Any]:
    last = one.last
    return {
        "key": one.indicator.key,
        "version": one.version.number,
        "name": one.version.name,
        "unit": one.version.unit,
        "period": f"{last.period:%Y-%m}" if last else None,
        "value": significant(last.value) if last else None,
        "absence": last.absence if last else "",
        **({"origin": last.origin} if last and last.origin == Origin.ASSOCIATION else {}),
        "is_stale": one.is_stale,
    }


def _risk(risk: Risk, today: date) -> dict[str, Any]:
    return {
        "text": risk.text,
        "size": risk.size,
        "since": _day(risk.since),
        "age_days": max(0, (today - risk.since) // timedelta(days=1)),
        "countermeasures": [_measure(one) for one in risk.countermeasures.all()],
    }


def _measure(one: Countermeasure) -> dict[str, Any]:
    return {
        "text": one.text,
        "since": _day(one.since),
        "responsible": one.responsible,
        "checks": [
            {"on": _day(c.checked_on), "effect": c.effect, "note": c.note} for c in one.checks.all()
        ],
    }
