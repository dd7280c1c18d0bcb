"""Delivers reports for good, corrects them beside, notes those that did not come."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from mehrwert.base.actions import emit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.canonical import canonical_json
from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.portfolio import queries
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.actions.lights import refresh_lights
from mehrwert.portfolio.choices.reports import CORRECTABLE, STATED, ReportState
from mehrwert.portfolio.errors import (
    NotDeliveredError,
    ReasonMissingError,
    ReportFrozenError,
    ReportMonthError,
)
from mehrwert.portfolio.events import ReportCorrected, ReportDelivered, ReportMissed
from mehrwert.portfolio.models import (
    DecisionUse,
    Indicator,
    NeededDecision,
    Project,
    Report,
    ReportCorrection,
)
from mehrwert.portfolio.rules.chain import digest_of, hash_of
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """Something somebody must decide."""

    question: str
    body: str
    until: date
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """What a person adds to what is known: three answers.

    Attributes:
        stated: Light as the project sees itself.
        sentence: One sentence to it.
        actual_eur, forecast_eur: Spent so far, expected at the end; None = unknown.
        decision: What is needed from somebody, if anything.
        role: Role of the author, as printed; never a name.
        seconds: From opening the form to now; None = not known.
    """

    stated: str
    sentence: str
    actual_eur: Decimal | None = None
    forecast_eur: Decimal | None = None
    decision: NewDecision | None = None
    role: str = ""
    seconds: int | None = None


def deliver_report(
    row: Project, month: date, given: ReportInput, *, actor: Actor, today: date | None = None
) -> Report:
    """Freeze the report of a month for good.

    Args:
        row: The project.
        month: First day of its last month; a month that is over.
        given: What a person said.
        actor: Who delivers.
        today: The day; now unless given.

    Raises:
        ReportMonthError: No report is asked for this month.
        ReportFrozenError: It was delivered already.
        ProjectEndedError: The project is ended.
    """
    at, today = _clock(today), today or timezone.localdate()
    with transaction.atomic():
        row = changeable(row)
        if month not in queries.list_months(row, today) or given.stated not in STATED:
            raise ReportMonthError
        report = _begin(row, month)
        if given.decision is not None:
            ask_decision(row, given.decision, actor=actor)
        _freeze(report, given, at=at, today=today)
        audit(actor, "deliver", row, after={"month": month, "hash": report.hash})
        event = ReportDelivered(row.pk, str(row.uuid), f"{month:%Y-%m}", report.hash)
        emit(event, tenant_id=row.tenant_id)
        refresh_lights(row, today=today)
    return report


def _clock(today: date | None) -> int:
    """Return the present, or noon of a day that was given."""
    return now_us() if today is None else to_us(datetime.combine(today, time(12), tzinfo=UTC))


def _begin(row: Project, month: date) -> Report:
    report = queries.read_report(row, month)
    if report is None:
        return Report(tenant_id=row.tenant_id, project=row, month=month)
    if report.delivered_us is not None:
        raise ReportFrozenError
    return report


def _freeze(report: Report, given: ReportInput, *, at: int, today: date) -> None:
    row = report.project
    known = queries.collect(row, report.month, today, forecast_eur=given.forecast_eur)
    previous = queries.newest_delivered(row)
    content = queries.content_of(
        known,
        today=today,
        stated=_stated(given, is_late=report.missed_us is not None),
        role=given.role,
        delivered_at=from_us(at).isoformat(timespec="seconds"),
    )
    report.stated, report.sentence = given.stated, given.sentence
    report.actual_eur, report.forecast_eur = given.actual_eur, given.forecast_eur
    report.computed, report.parts = known.computed.total, dict(known.computed.parts)
    report.ruleset, report.author_role = PORTFOLIO.version, given.role[:60]
    report.content, report.salt = canonical_json(content), secrets.token_hex(32)
    report.digest = digest_of(report.content, report.salt)
    report.previous_hash = previous.hash if previous else ""
    report.hash = hash_of(report.previous_hash, report.digest)
    report.number = (previous.number or 0) + 1 if previous else 1
    report.state, report.delivered_us = ReportState.DELIVERED.value, at
    report.seconds = given.seconds
    report.save()
    ids = [one.pk for one in known.corrections]
    ReportCorrection.objects.filter(pk__in=ids).update(joined=report)


def _stated(given: ReportInput, *, is_late: bool) -> dict[str, Any]:
    return {
        "stated": given.stated,
        "sentence": given.sentence,
        "actual_eur": None if given.actual_eur is None else str(given.actual_eur),
        "forecast_eur": None if given.forecast_eur is None else str(given.forecast_eur),
        "is_late": is_late,
        "ruleset": PORTFOLIO.version,
    }


def ask_decision(row: Project, given: NewDecision, *, actor: Actor) -> NeededDecision:
    """Note that somebody must decide something."""
    with transaction.atomic():
        made = NeededDecision.objects.create(
            tenant_id=row.tenant_id,
            project=row,
            question=given.question,
            why=given.why,
            body=given.body,
            until=given.until,
            asked_us=now_us(),
        )
        audit(actor, "ask", row, after={"question": given.question, "until": given.until})
    return made


def note_decision(
    decision: NeededDecision,
    *,
    outcome: str,
    on: date,
    used: Sequence[Indicator] = (),
    actor: Actor,
) -> NeededDecision:
    """Note what was decided, and which indicators lay on the table (PF-163).

    Raises:
        ReasonMissingError: Nothing was said.
    """
    if not outcome.strip():
        raise ReasonMissingError
    with transaction.atomic():
        row = NeededDecision.objects.select_for_update().get(pk=decision.pk)
        row.decided_on, row.outcome = on, outcome.strip()[:300]
        row.save(update_fields=["decided_on", "outcome"])
        DecisionUse.objects.filter(decision=row).delete()
        DecisionUse.objects.bulk_create(
            DecisionUse(tenant_id=row.tenant_id, decision=row, indicator=one) for one in used
        )
        audit(actor, "decide", row.project, after={"question": row.question, "on": on})
    return row


def correct_report(
    report: Report, field: str, new: str, *, reason: str, role: str, actor: Actor
) -> ReportCorrection:
    """Note what was wrong in a delivered report; the report itself stays (PF-102).

    Raises:
        NotDeliveredError: It was not delivered, then it can simply be written.
        ReasonMissingError: No reason, or no such field.
    """
    if report.delivered_us is None:
        raise NotDeliveredError
    if field not in CORRECTABLE or not reason.strip():
        raise ReasonMissingError
    old = getattr(report, field)
    with transaction.atomic():
        made = ReportCorrection.objects.create(
            tenant_id=report.tenant_id,
            report=report,
            field=field,
            old="" if old is None else str(old),
            new=new.strip()[:300],
            reason=reason.strip()[:300],
            author_role=role[:60],
            at_us=now_us(),
        )
        audit(actor, "correct", report.project, after={"month": report.month, "field": field})
        month = f"{report.month:%Y-%m}"
        emit(ReportCorrected(report.project_id, month, field), tenant_id=report.tenant_id)
    return made


def erase_report(report: Report, *, reason: str, actor: Actor) -> None:
    """Erase what a report says; the chain stays whole and says so (decisions 46).

    Raises:
        NotDeliveredError: It was never delivered.
        ReasonMissingError: No reason.
    """
    if report.delivered_us is None:
        raise NotDeliveredError
    if not reason.strip():
        raise ReasonMissingError
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=report.pk)
        row.content = row.salt = row.sentence = ""
        row.erased_us = now_us()
        row.save(update_fields=["content", "salt", "sentence", "erased_us"])
        audit(actor, "erase", row.project, after={"month": row.month, "reason": reason.strip()})


def mark_missing(*, today: date | None = None) -> int:
    """Note every report whose due day is over; return how many were new. Bears repeating."""
    today = today or timezone.localdate()
    made = 0
    for due in queries.list_due_reports(today):
        if due.is_missed:
            made += _mark(due.project, due.month, today)
    return made


def _mark(row: Project, month: date, today: date) -> int:
    with transaction.atomic():
        report = queries.read_report(row, month)
        if report is not None and report.missed_us is not None:
            return 0
        report = report or Report(tenant_id=row.tenant_id, project=row, month=month)
        report.state, report.missed_us = ReportState.NOT_DELIVERED.value, _clock(today)
        report.save()
        audit(SYSTEM, "miss", row, after={"month": month})
        emit(ReportMissed(row.pk, str(row.uuid), f"{month:%Y-%m}"), tenant_id=row.tenant_id)
        refresh_lights(row, today=today)
    return 1
