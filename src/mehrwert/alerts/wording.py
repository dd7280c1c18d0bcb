"""How rules and alerts are told to people, on pages and in messages."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from mehrwert.alerts.choices import KIND_LABELS, SEVERITY_LABELS, RuleKind, Severity, Step
from mehrwert.alerts.models import Alert, Message
from mehrwert.alerts.rules import Condition
from mehrwert.base.clock import from_us
from mehrwert.figures import number
from mehrwert.municipalities.queries import read_tenant_by_id
from mehrwert.observations import queries as observations
from mehrwert.observations.errors import UnknownEntityError

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400


def duration_text(seconds: float) -> str:
    """Return a length of time to the minute: ``10 Stunden 30 Minuten``, ``2 Tage``."""
    minutes = round(seconds / MINUTE_S)
    days, rest = divmod(minutes, DAY_S // MINUTE_S)
    hours, rest = divmod(rest, HOUR_S // MINUTE_S)
    parts = [
        ngettext("%(n)s Tag", "%(n)s Tage", days) % {"n": days} if days else "",
        ngettext("%(n)s Stunde", "%(n)s Stunden", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s Minute", "%(n)s Minuten", rest) % {"n": rest}
        if rest or not minutes
        else "",
    ]
    return " ".join(part for part in parts if part)


def amount(value: float | None, unit: str | None) -> str:
    """Return a value with its unit."""
    shown = number(value, language=translation.get_language() or "de")
    return f"{shown} {unit}".strip() if unit else shown


def condition_text(condition: Condition, unit: str | None, expression: str = "") -> str:
    """Return what a rule waits for, as the middle of a sentence that begins with the series."""
    return condition_words(
        condition.kind,
        limit=amount(condition.threshold, unit),
        window=duration_text(condition.window_us / 1e6),
        hold=duration_text(condition.hold_us / 1e6) if condition.hold_us else "",
        expression=expression,
    )


def condition_words(
    kind: RuleKind, *, limit: str, window: str, hold: str, expression: str = ""
) -> str:
    """Return the same from its pieces; ``hold`` is empty when a rule does not wait."""
    text = {
        RuleKind.ABOVE: gettext("über %(limit)s liegt"),
        RuleKind.BELOW: gettext("unter %(limit)s liegt"),
        RuleKind.RISES: gettext("in %(window)s um mehr als %(limit)s steigt"),
        RuleKind.FALLS: gettext("in %(window)s um mehr als %(limit)s fällt"),
        RuleKind.STUCK: gettext("sich %(window)s lang nicht ändert"),
        RuleKind.SILENT: gettext("länger als %(hold)s nichts sendet"),
        RuleKind.COMBINED: gettext("als A mit den anderen erfüllt: %(expression)s"),
    }[kind] % {"limit": limit, "window": window, "hold": hold, "expression": expression}
    if hold and kind is not RuleKind.SILENT:
        return gettext("%(what)s, länger als %(hold)s") % {"what": text, "hold": hold}
    return text


def kind_text(kind: str) -> str:
    """Return what a kind of rule waits for."""
    return gettext(KIND_LABELS[RuleKind(kind)])


def severity_text(severity: str) -> str:
    """Return how much an alert matters."""
    return gettext(SEVERITY_LABELS[Severity(severity)])


def value_sentence(alert: Alert, unit: str | None) -> str:
    """Return what was measured when the alert began."""
    if alert.kind == RuleKind.SILENT.value:
        return gettext("Es kommt kein Wert mehr an.")
    return gettext("Gemessen: %(value)s.") % {"value": amount(alert.value, unit)}


def clock_text(at_us: int) -> str:
    """Return day and time on the wall clock of the municipality."""
    return _local(at_us).strftime("%d.%m.%Y %H:%M")


def mail_text(message: Message) -> tuple[str, str]:
    """Return subject and body of a mail, in German as all messages to a group are."""
    with translation.override("de"):
        subject, lines = _told(message)
        return subject, "\n\n".join(lines)


def sms_text(message: Message) -> str:
    """Return what an SMS says, the address of the page last."""
    with translation.override("de"):
        subject, lines = _told(message)
        return f"{subject}. {' '.join(lines[:1] + lines[2:3])} {lines[-1]}"


def payload_of(message: Message, at_s: int) -> dict[str, Any]:
    """Return what a webhook is told; times in ISO 8601, unknown values as null."""
    with translation.override("de"):
        subject, lines = _told(message)
        alert = message.alert
        data: dict[str, Any] = {"subject": subject, "url": lines[-1], "step": message.step}
        if alert is not None:
            data |= _facts(alert)
    kind = "alert.test" if alert is None else f"alert.{message.step}"
    return {"type": kind, "timestamp": from_us(at_s * 1_000_000).isoformat(), "data": data}


def _facts(alert: Alert) -> dict[str, Any]:
    where, unit = _series(alert)
    return {
        "alert_id": alert.pk,
        "datastream_id": alert.datastream_id,
        "series": where,
        "title": alert.title,
        "kind": alert.kind,
        "severity": alert.severity,
        "began": from_us(alert.began_us).isoformat(),
        "ended": from_us(alert.ended_us).isoformat() if alert.ended_us else None,
        "value": alert.value,
        "peak": alert.peak,
        "unit": unit or None,
        "advice": alert.advice,
        "answered_by": alert.answered_by or None,
    }


def _told(message: Message) -> tuple[str, list[str]]:
    """Return subject and paragraphs: where, when, what, more, the address of the page."""
    if message.alert is not None:
        return _alert_told(message.alert, Step(message.step))
    tenant = read_tenant_by_id(message.tenant_id)
    title = message.rule.title if message.rule else ""
    path = reverse("alerts:rule", kwargs={"mandant": tenant.slug, "rule_id": message.rule_id or 0})
    lines = [
        str(tenant),
        gettext("Dies ist eine Probe. Es ist nichts geschehen."),
        gettext("So käme eine Meldung der Regel „%(rule)s“ zu Ihnen.") % {"rule": title},
        _page(path),
    ]
    return gettext("Probe: %(rule)s") % {"rule": title}, lines


def _alert_told(alert: Alert, step: Step) -> tuple[str, list[str]]:
    tenant = read_tenant_by_id(alert.tenant_id)
    where, unit = _series(alert)
    prefix = {
        Step.FIRST: severity_text(alert.severity),
        Step.ESCALATED: gettext("Noch nicht beantwortet"),
        Step.ENDED: gettext("Vorbei"),
    }[step]
    lines = [
        f"{tenant}: {where}" if where else str(tenant),
        gettext("Beginn: %(at)s Uhr") % {"at": clock_text(alert.began_us)},
        value_sentence(alert, unit),
    ]
    if step is Step.ENDED and alert.ended_us is not None:
        lines.append(gettext("Ende: %(at)s Uhr") % {"at": clock_text(alert.ended_us)})
    elif alert.advice:
        lines.append(gettext("Was zu tun ist: %(advice)s") % {"advice": alert.advice})
    path = reverse("alerts:alert", kwargs={"mandant": tenant.slug, "alert_id": alert.pk})
    return f"{prefix}: {alert.title}", [*lines, _page(path)]


def _page(path: str) -> str:
    return f"{settings.MEHRWERT.public_url.rstrip('/')}{path}"


def _series(alert: Alert) -> tuple[str, str]:
    try:
        series = observations.read_datastream(alert.tenant_id, alert.datastream_id)
    except UnknownEntityError:
        return "", ""
    return f"{series.thing_name}, {series.name}", series.unit_symbol or ""


def _local(at_us: int) -> datetime:
    from zoneinfo import ZoneInfo

    return from_us(at_us).astimezone(ZoneInfo(settings.TIME_ZONE))
