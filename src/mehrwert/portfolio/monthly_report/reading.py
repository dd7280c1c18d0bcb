"""Reads the reports of a month and words them for ``compose``."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from mehrwert.base.clock import from_us
from mehrwert.figures.text import number
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import GATE_LABELS, STATE_LABELS
from mehrwert.portfolio.choices.indicators import ORIGIN_LABELS, Origin
from mehrwert.portfolio.choices.reports import (
    CORRECTABLE,
    LIGHT_LABELS,
    PART_LABELS,
    Light,
    ReportState,
)
from mehrwert.portfolio.models import Project, Report
from mehrwert.portfolio.monthly_report.facts import (
    IndicatorLine,
    NeededDecision,
    PortfolioReport,
    ProjectReport,
    RiskLine,
)
from mehrwert.portfolio.presenting.projects import phase_of
from mehrwert.portfolio.presenting.words import (
    age_words,
    day_words,
    euro,
    language,
    light_view,
    month_words,
)
from mehrwert.portfolio.rules.lights import counted_stated
from mehrwert.portfolio.rules.rollup import Standing, roll_up
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


def read_portfolio_report(
    tenant: Tenant, month: date, *, only: Project | None = None
) -> PortfolioReport:
    """Return the report of a month of a municipality, or of one of its projects.

    Projects whose report covers the month come with it as it was frozen; active ones without are
    named as not delivered.
    """
    reports = queries.read_month(month)
    last = queries.last_delivered_months()
    rows = [only] if only else list(queries.list_projects())
    found = [
        _project(row, reports.get(row.pk), last.get(row.pk))
        for row in rows
        if row.pk in reports or row.state in {"running", "live"}
    ]
    today = timezone.localdate()
    summed = roll_up(
        _standing(report) for pk, report in reports.items() if pk in {r.pk for r in rows}
    )
    return PortfolioReport(
        municipality=tenant.name,
        month=month_words(month),
        created=today,
        projects=tuple(found),
        at_risk=None if summed.unknown_red else summed.at_risk_eur,
        oldest_risk=age_words((today - summed.oldest_risk_on).days)
        if summed.oldest_risk_on
        else gettext("keines"),
        funding_ends=tuple(_cliff_lines(today)),
        provenance=((gettext("Regeln"), f"portfolio {PORTFOLIO.version}"),),
        is_demo=tenant.is_demo,
    )


def _standing(report: Report) -> Standing:
    if report.state != ReportState.DELIVERED.value:
        return Standing(Light.MISSING.value, Light.UNKNOWN.value)
    planned, actual = report.project.planned_eur, report.actual_eur
    known = planned is not None and actual is not None
    content = read_content(report)
    since = [date.fromisoformat(risk["since"]) for risk in content.get("risks", ())]
    return Standing(
        counted_stated(report.stated, is_late=report.is_late),
        report.computed,
        planned - actual if known and planned is not None and actual is not None else None,
        min(since, default=None),
    )


def _cliff_lines(today: date) -> list[str]:
    lines = queries.undecided_lines(queries.list_cliff(today), today)
    return [
        f"{line.funding.project.title}: {line.funding.programme}, {day_words(line.funding.ends_on)}"
        for line in lines
    ]


def read_content(report: Report) -> dict[str, Any]:
    """Return what a report says, empty after it was erased."""
    found: dict[str, Any] = json.loads(report.content) if report.content else {}
    return found


def _project(row: Project, report: Report | None, last: date | None) -> ProjectReport:
    phase = phase_of(row)
    base: dict[str, Any] = {
        "key": str(row.uuid),
        "title": row.title,
        "owner": row.unit,
        "phase": phase["label"] if phase else gettext(STATE_LABELS[row.state]),
    }
    if report is None or report.state != ReportState.DELIVERED.value:
        words = month_words(last) if last else ""
        return ProjectReport(
            **base, stated="not_delivered", computed="unknown", last_delivered=words
        )
    return ProjectReport(**base, **_delivered(report, read_content(report)))


def _delivered(report: Report, content: dict[str, Any]) -> dict[str, Any]:
    at = report.delivered_us or 0
    gate = content.get("gate", "")
    return {
        "stated": report.stated,
        "computed": report.computed,
        "is_late": report.is_late,
        "sentence": content.get("sentence", gettext("Inhalt gelöscht")),
        "parts": {gettext(PART_LABELS[k]): v for k, v in report.parts.items()},
        "planned_cost": _money(content.get("planned_eur")),
        "actual_cost": _money(content.get("actual_eur")),
        "forecast_cost": _money(content.get("forecast_eur")),
        "next_gate": f"{gate} {gettext(GATE_LABELS[gate])}" if gate in GATE_LABELS else "",
        "gate_on": _date(content.get("gate_on")),
        "forecast": forecast_words(content.get("forecast")),
        "indicators": tuple(_indicator(one) for one in content.get("indicators", ())),
        "data_delivery": share_words(content.get("data_delivered")),
        "risks": tuple(_risk(one) for one in content.get("risks", ())),
        "decisions": tuple(
            NeededDecision(text=d["question"], body=d["body"], until=date.fromisoformat(d["until"]))
            for d in content.get("decisions", ())
        ),
        "alerts": tuple((label, words) for label, words in content.get("alerts", ())),
        "corrections": tuple(correction_words(one) for one in content.get("corrections", ())),
        "evidence": content.get("effect", ""),
        "delivered_on": from_us(at).date(),
        "role": report.author_role,
        "content_hash": report.hash,
        "previous_hash": report.previous_hash,
    }


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def forecast_words(found: dict[str, Any] | None) -> str:
    """Return when a project will be live by our own history, with its 80 % interval."""
    if not found:
        return ""
    low, middle, high = (
        day_words(date.fromisoformat(found[name])) for name in ("low", "middle", "high")
    )
    return gettext("%(middle)s (80 %% zwischen %(low)s und %(high)s, aus %(n)s Toren)") % {
        "low": low,
        "middle": middle,
        "high": high,
        "n": found["n"],
    }


def share_words(share: float | None) -> str:
    """Return a share of values delivered, empty if unknown."""
    return "" if share is None else f"{number(100 * share, 0, language=language())}\u00a0%"


def _indicator(one: dict[str, Any]) -> IndicatorLine:
    value = number(one["value"], language=language()) if one["value"] is not None else "–"
    month = month_words(date.fromisoformat(f"{one['period']}-01")) if one["period"] else "–"
    stale = gettext("veraltet") if one["is_stale"] else gettext("aktuell")
    if one.get("origin") == Origin.ASSOCIATION:
        stale += ", " + gettext(ORIGIN_LABELS[Origin.ASSOCIATION])
    return IndicatorLine(
        name=one["name"],
        value=f"{value} {one['unit']}".strip(),
        period=month,
        target="–",
        freshness=one["absence"] or stale,
    )


def _risk(one: dict[str, Any]) -> RiskLine:
    measures = "; ".join(f"{m['text']} ({m['responsible']})" for m in one["countermeasures"])
    return RiskLine(text=one["text"], age_days=one["age_days"], countermeasure=measures)


def correction_words(one: dict[str, Any]) -> str:
    """Return a correction of an earlier report in one sentence."""
    field = one["field"]
    old, new = value_words(field, one["old"]), value_words(field, one["new"])
    return gettext("%(month)s, %(field)s: „%(old)s“ ist richtig „%(new)s“. Grund: %(reason)s") % {
        "month": month_words(date.fromisoformat(f"{one['month']}-01")),
        "field": gettext(CORRECTABLE[field]),
        "old": old,
        "new": new,
        "reason": one["reason"],
    }


def value_words(field: str, value: str) -> str:
    """Return a corrected value as people read it."""
    if field == "stated" and value:
        return light_view(value)["label"] if value in LIGHT_LABELS else value
    try:
        return euro(Decimal(value)) if field.endswith("_eur") else value
    except ArithmeticError:
        return value
