"""Rows and alerts as the pages show them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.alerts.actions import RuleChoice
from mehrwert.alerts.cap import CapAlert
from mehrwert.alerts.choices import VERDICT_LABELS, Channel, RuleKind, Severity, Step, Verdict
from mehrwert.alerts.models import Alert, AlertRule, Message
from mehrwert.alerts.queries import Past
from mehrwert.alerts.rules import channel_of, number_of
from mehrwert.alerts.wording import (
    amount,
    clock_text,
    condition_text,
    duration_text,
    severity_text,
    value_sentence,
)
from mehrwert.base.clock import from_us, now_us
from mehrwert.observations import queries as observations
from mehrwert.observations.access import tenant_of

TAGS = {Severity.NOTE: "", Severity.WARNING: "warn", Severity.ALARM: "bad"}
CSV_COLUMNS = ("Beginn", "Ende", "Stufe", "Meldung", "Messreihe", "Wert", "Spitze", "Antwort")
MOST_SPELLS = 50


def address(request: HttpRequest, name: str, **ids: int | str) -> str:
    """Return the address of a page of the room in this municipality."""
    return reverse(f"alerts:{name}", kwargs={"mandant": tenant_of(request).slug, **ids})


def series_names(request: HttpRequest) -> list[tuple[int, str]]:
    """Return all series of the municipality with thing and name, by name."""
    found = _series(request)
    return sorted(((s.id, _name(s)) for s in found.values()), key=lambda pair: pair[1].casefold())


def unit_of(request: HttpRequest, datastream_id: int) -> str:
    """Return the unit of a series, empty when there is none."""
    series = _series(request).get(datastream_id)
    return (series.unit_symbol or "") if series else ""


def units_of(request: HttpRequest) -> dict[int, str]:
    """Return the unit of every series, empty when it has none."""
    return {number: series.unit_symbol or "" for number, series in _series(request).items()}


def rule_line(request: HttpRequest, row: AlertRule) -> dict[str, Any]:
    """Return one rule as a sentence with its addresses."""
    series = _series(request).get(row.datastream_id)
    unit = (series.unit_symbol or "") if series else ""
    return {
        "title": row.title,
        "url": address(request, "rule", rule_id=row.pk),
        "series": _name(series) if series else gettext("gelöschte Messreihe"),
        "series_url": _series_url(request, row.datastream_id) if series else "",
        "condition": condition_text(row.condition, unit, row.expression),
        "severity": severity_text(row.severity),
        "tag": TAGS[Severity(row.severity)],
        "is_active": row.is_active,
        "is_met": row.open_alert_id is not None,
        "n_recipients": len(row.recipients),
        "n_escalate": len(row.escalate_to),
        "escalate_after": duration_text(row.escalate_after_s),
        "others": [
            (name, _name(known[series_id]))
            for name, series_id in sorted(row.others().items() if row.expression else ())
            if series_id in (known := _series(request))
        ],
    }


def alert_line(request: HttpRequest, alert: Alert) -> dict[str, Any]:
    """Return one alert with what was measured and how it stands."""
    series = _series(request).get(alert.datastream_id)
    unit = (series.unit_symbol or "") if series else ""
    return {
        "title": alert.title,
        "url": address(request, "alert", alert_id=alert.pk),
        "answer_url": address(request, "answer", alert_id=alert.pk),
        "series": _name(series) if series else gettext("gelöschte Messreihe"),
        "series_url": _series_url(request, alert.datastream_id) if series else "",
        "severity": severity_text(alert.severity),
        "tag": TAGS[Severity(alert.severity)],
        "sentence": _silence(request, alert, series) or value_sentence(alert, unit),
        "peak": amount(alert.peak, unit) if alert.peak is not None else "",
        "began_us": alert.began_us,
        "ended_us": alert.ended_us,
        "lasted": duration_text((alert.ended_us - alert.began_us) / 1e6) if alert.ended_us else "",
        "answered_us": alert.answered_us,
        "answered_by": alert.answered_by,
        "rule_url": address(request, "rule", rule_id=alert.rule_id) if alert.rule_id else "",
    }


def shown_address(where: str, known: dict[str, str]) -> str:
    """Return an address as people read it; ``known`` names rosters and webhooks by address."""
    if channel_of(where) in {Channel.MAIL, Channel.SMS}:
        return where
    return known.get(where) or gettext("gelöscht (%(n)s)") % {"n": number_of(where)}


def message_line(message: Message, known: dict[str, str]) -> dict[str, Any]:
    """Return one message with why and how it stands; ``known`` as for ``shown_address``."""
    why = {
        Step.FIRST: gettext("zuerst"),
        Step.ESCALATED: gettext("weil niemand antwortete"),
        Step.ENDED: gettext("Ende"),
        Step.TEST: gettext("Probe"),
    }[Step(message.step)]
    if message.sent_us is not None:
        state = gettext("gesendet")
    elif message.dropped_us is not None:
        state = gettext("aufgegeben") if message.error else gettext("nicht mehr nötig")
    else:
        state = gettext("wartet")
    at_us = message.sent_us or message.dropped_us or message.due_us
    return {
        "address": shown_address(message.address, known),
        "why": why,
        "state": state,
        "at_us": at_us,
        "error": message.error,
    }


def cap_of(request: HttpRequest, alert: Alert) -> CapAlert:
    """Return one alert as a CAP file says it."""
    tenant, series = tenant_of(request), _series(request).get(alert.datastream_id)
    unit = (series.unit_symbol or "") if series else ""
    thing = observations.read_thing(tenant.pk, series.thing_id) if series else None
    host = request.get_host()
    return CapAlert(
        identifier=f"{host}-{tenant.slug}-{alert.pk}",
        sender=f"{tenant.slug}@{host}",
        sent=from_us(now_us()),
        is_exercise=tenant.is_demo,
        is_over=alert.ended_us is not None,
        began=from_us(alert.began_us),
        severity=Severity(alert.severity),
        headline=alert.title,
        description=value_sentence(alert, unit),
        instruction=alert.advice,
        area=f"{tenant.name}, {thing.name}" if thing else tenant.name,
        lon=thing.lon if thing else None,
        lat=thing.lat if thing else None,
    )


def csv_row(alert: Alert) -> tuple[Any, ...]:
    """Return one alert as a row of the table."""
    return (
        from_us(alert.began_us).isoformat(),
        from_us(alert.ended_us).isoformat() if alert.ended_us else "",
        severity_text(alert.severity),
        alert.title,
        alert.datastream_id,
        "" if alert.value is None else alert.value,
        "" if alert.peak is None else alert.peak,
        from_us(alert.answered_us).isoformat() if alert.answered_us else "",
    )


def past_of(past: Past, unit: str, choice: RuleChoice) -> dict[str, Any]:
    """Return a back-test as the pages show it, newest alert first."""
    tested = past.backtest
    lead = tested.median_lead_us
    verdicts = {o.at_us: o.verdict for o in tested.outcomes if o.verdict is Verdict.FALSE_ALARM}
    spells = [
        {
            "at": clock_text(spell.start_us),
            "lasted": duration_text((spell.end_us - spell.start_us) / 1e6)
            if spell.end_us
            else gettext("hält an"),
            "peak": amount(spell.peak, unit),
            "verdict": gettext(VERDICT_LABELS[verdicts[spell.start_us]])
            if spell.start_us in verdicts
            else "",
        }
        for spell in reversed(tested.spells)
    ]
    return {
        "n": past.n,
        "start_us": past.start_us,
        "end_us": past.end_us,
        "n_alerts": len(spells),
        "spells": spells[:MOST_SPELLS],
        "is_judged": choice.damage_value is not None,
        "damage": amount(choice.damage_value, unit),
        "hits": tested.hits,
        "misses": tested.misses,
        "false_alarms": tested.false_alarms,
        "lead": duration_text(lead / 1e6) if lead is not None else "",
        "missed_at": [clock_text(o.at_us) for o in tested.outcomes if o.verdict is Verdict.MISS][
            :MOST_SPELLS
        ],
    }


def _series(request: HttpRequest) -> dict[int, Any]:
    """Return the series of the municipality by id, read once per request."""
    known: dict[int, Any] | None = getattr(request, "_alert_series", None)
    if known is None:
        rows = observations.list_datastreams(tenant_of(request).pk)
        known = {series.id: series for series in rows}
        request._alert_series = known  # type: ignore[attr-defined]
    return known


def _silence(request: HttpRequest, alert: Alert, series: Any) -> str:
    """Return since when a sensor is silent and what its battery said last; empty if it speaks."""
    if alert.kind != RuleKind.SILENT.value or alert.ended_us or not (series and series.n):
        return ""
    lasts = duration_text((now_us() - (series.last_end_us or series.last_time_us)) / 1e6)
    told = gettext("Schweigt seit %(lasts)s.") % {"lasts": lasts}
    for other in _series(request).values():
        is_battery = "batter" in other.property_name.casefold() and other.latest is not None
        if other.thing_id == series.thing_id and is_battery:
            shown = amount(other.latest.result, other.unit_symbol)
            return f"{told} {gettext('Batterie zuletzt %(value)s.') % {'value': shown}}"
    return told


def _name(series: Any) -> str:
    return f"{series.thing_name}: {series.name}"


def _series_url(request: HttpRequest, datastream_id: int) -> str:
    kwargs = {"mandant": tenant_of(request).slug, "datastream_id": datastream_id}
    return reverse("observations:datastream", kwargs=kwargs)
