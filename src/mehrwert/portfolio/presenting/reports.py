"""Reports in words: before they are written, as a line, as they were frozen."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from mehrwert.figures.text import number
from mehrwert.portfolio.choices import GATE_LABELS
from mehrwert.portfolio.choices.indicators import ORIGIN_LABELS, Origin
from mehrwert.portfolio.choices.reports import (
    CORRECTABLE,
    PART_LABELS,
    Light,
    ReportState,
)
from mehrwert.portfolio.models import Report, ReportCorrection
from mehrwert.portfolio.monthly_report.reading import (
    correction_words,
    forecast_words,
    read_content,
    share_words,
    value_words,
)
from mehrwert.portfolio.presenting.dashboard import freshness_words
from mehrwert.portfolio.presenting.words import (
    age_words,
    day_words,
    deviation_view,
    euro,
    language,
    light_view,
    month_words,
)
from mehrwert.portfolio.queries import Collected
from mehrwert.portfolio.rules.chain import Verdict
from mehrwert.portfolio.rules.leadtime import Forecast
from mehrwert.portfolio.rules.lights import counted_stated, deviation

VERDICT_KINDS: dict[str, str] = {Verdict.OK: "ok", Verdict.ERASED: "", Verdict.BROKEN: "bad"}


def verdict_view(verdict: Verdict | None) -> dict[str, str] | None:
    """Return what checking the chain said, in words."""
    if verdict is None:
        return None
    label = {
        Verdict.OK: gettext("Kette geprüft"),
        Verdict.ERASED: gettext("Inhalt gelöscht"),
        Verdict.BROKEN: gettext("Kette verletzt: Der Inhalt wurde nachträglich verändert"),
    }[verdict]
    return {"label": label, "kind": VERDICT_KINDS[verdict]}


def report_line(row: Report, verdict: Verdict | None) -> dict[str, Any]:
    """Return one report of the list: month, both lights, what to say about them."""
    is_delivered = row.delivered_us is not None
    counted = counted_stated(row.stated, is_late=row.is_late) if is_delivered else Light.MISSING
    return {
        "row": row,
        "month": month_words(row.month),
        "stated": light_view(row.stated if row.is_late and row.stated else counted),
        "is_late": row.is_late,
        "computed": light_view(row.computed, row.parts) if is_delivered else None,
        "note": deviation_view(deviation(row.stated, row.computed)),
        "verdict": verdict_view(verdict),
        "is_missing": row.state == ReportState.NOT_DELIVERED.value,
    }


def prefilled(known: Collected) -> dict[str, Any]:
    """Return what a new report begins with: money and sentence of the last one."""
    last = known.previous
    if last is None:
        return {"forecast_eur": known.project.planned_eur}
    return {
        "sentence": last.sentence,
        "actual_eur": last.actual_eur,
        "forecast_eur": last.forecast_eur,
    }


def known_view(known: Collected, today: date) -> dict[str, Any]:
    """Return what a report knows before a person writes: light, money, gate, figures, risks."""
    gate = known.gate
    forecast = known.forecast
    return {
        "light": light_view(known.computed.total, dict(known.computed.parts)),
        "parts": [
            {"name": gettext(PART_LABELS[name]), **light_view(light)}
            for name, light in known.computed.parts.items()
        ],
        "facts": [
            (gettext("Geplante Kosten"), euro(known.project.planned_eur)),
            (
                gettext("Nächstes Tor"),
                f"{gate} {gettext(GATE_LABELS[gate])}, {day_words(known.gate_on)}" if gate else "–",
            ),
            (
                gettext("In Betrieb voraussichtlich"),
                forecast_view(forecast)
                if forecast
                else gettext("zu wenige abgeschlossene Tore für eine Vorausschau"),
            ),
            (
                gettext("Daten der letzten 30 Tage"),
                share_words(known.given.data_delivered) or gettext("nicht bekannt"),
            ),
            *known.alerts,
        ],
        "indicators": [
            {
                "name": one.version.name,
                "value": number(one.last.value if one.last else None, language=language()),
                "unit": one.version.unit,
                "fresh": freshness_words(one),
            }
            for one in known.indicators
        ],
        "risks": [
            {
                "text": risk.text,
                "age": age_words((today - risk.since).days),
                "measures": [m.text for m in risk.countermeasures.all()],
            }
            for risk in known.risks
        ],
        "decisions": [f"{d.question} {d.body}, {day_words(d.until)}" for d in known.decisions],
        "corrections": [correction_view(one) for one in known.corrections],
        "last": month_words(known.previous.month) if known.previous else "",
    }


def forecast_view(found: Forecast) -> str:
    """Return when a project will be live by our own history."""
    days = {name: getattr(found, name).isoformat() for name in ("low", "middle", "high")}
    return forecast_words({**days, "n": found.n})


def correction_view(one: ReportCorrection) -> dict[str, Any]:
    """Return a correction in words."""
    return {
        "field": gettext(CORRECTABLE[one.field]),
        "old": value_words(one.field, one.old) or gettext("nicht bekannt"),
        "new": value_words(one.field, one.new),
        "reason": one.reason,
        "role": one.author_role,
        "at_us": one.at_us,
        "month": month_words(one.report.month),
    }


def report_view(row: Report, verdict: Verdict | None) -> dict[str, Any]:
    """Return a delivered report as it was frozen."""
    content = read_content(row)
    gate, gate_on = content.get("gate", ""), content.get("gate_on")
    day = day_words(date.fromisoformat(gate_on)) if gate_on else gettext("kein Termin")
    return {
        **report_line(row, verdict),
        "is_erased": row.erased_us is not None,
        "sentence": content.get("sentence", ""),
        "parts": [
            {"name": gettext(PART_LABELS[name]), **light_view(light)}
            for name, light in row.parts.items()
        ],
        "facts": [
            (gettext("Kosten geplant"), _eur(content, "planned_eur")),
            (gettext("Kosten bisher"), _eur(content, "actual_eur")),
            (gettext("Kosten am Ende"), _eur(content, "forecast_eur")),
            (
                gettext("Nächstes Tor"),
                f"{gate} {gettext(GATE_LABELS[gate])}, {day}" if gate in GATE_LABELS else "–",
            ),
            (
                gettext("Daten der letzten 30 Tage"),
                share_words(content.get("data_delivered")) or gettext("nicht bekannt"),
            ),
            *((label, words) for label, words in content.get("alerts", ())),
            (gettext("Rolle"), row.author_role or "–"),
        ],
        "indicators": [_indicator(one) for one in content.get("indicators", ())],
        "risks": [_risk(one) for one in content.get("risks", ())],
        "decisions": [
            f"{d['question']} {d['body']}, {day_words(date.fromisoformat(d['until']))}"
            for d in content.get("decisions", ())
        ],
        "corrections_printed": [correction_words(one) for one in content.get("corrections", ())],
    }


def _eur(content: dict[str, Any], name: str) -> str:
    given = content.get(name)
    return euro(None if given is None else Decimal(given))


def _indicator(one: dict[str, Any]) -> dict[str, str]:
    period = one["period"]
    fresh = month_words(date.fromisoformat(f"{period}-01")) if period else gettext("noch kein Wert")
    if one["is_stale"] and period:
        fresh = gettext("%(month)s, veraltet") % {"month": fresh}
    if one.get("origin") == Origin.ASSOCIATION:
        fresh += ", " + gettext(ORIGIN_LABELS[Origin.ASSOCIATION])
    value = one["value"]
    return {
        "name": one["name"],
        "value": number(value, language=language()),
        "unit": one["unit"],
        "fresh": fresh,
    }


def _risk(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": one["text"],
        "age": age_words(one["age_days"]),
        "measures": [f"{m['text']} ({m['responsible']})" for m in one["countermeasures"]],
    }


def usual_words(usual: tuple[float, int] | None) -> str:
    """Return how long a report takes here, from the usage log; empty before the first (PF-16)."""
    if usual is None:
        return ""
    seconds, n = usual
    words = ngettext(
        "Vom Öffnen bis zum Liefern dauerte es im Median %(minutes)s Minuten (%(n)d Bericht).",
        "Vom Öffnen bis zum Liefern dauerte es im Median %(minutes)s Minuten (%(n)d Berichte).",
        n,
    )
    return words % {"minutes": number(seconds / 60, 1, language=language()), "n": n}
