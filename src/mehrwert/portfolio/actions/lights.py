"""Works out again what lists show of a project."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from mehrwert.base.clock import now_us
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import ProjectState
from mehrwert.portfolio.choices.reports import Light, ReportState
from mehrwert.portfolio.models import Project, Report, Risk
from mehrwert.portfolio.rules.lights import counted_stated

FIELDS = (
    "light_stated", "light_computed", "light_parts", "light_us", "actual_eur", "forecast_eur",
    "oldest_risk_on", "has_outcome",
)  # fmt: skip


def refresh_lights(row: Project, *, today: date | None = None) -> Project:
    """Work out lights, money spent, oldest risk and mark of one project; no audit, no event."""
    today = today or timezone.localdate()
    with transaction.atomic():
        row = Project.objects.select_for_update().get(pk=row.pk)
        reports = Report.objects.filter(project=row)
        newest = reports.exclude(state=ReportState.DRAFT.value).order_by("-month").first()
        delivered = reports.filter(delivered_us__isnull=False).order_by("-number").first()
        row.light_stated = _stated(newest)
        row.actual_eur = delivered.actual_eur if delivered else None
        row.forecast_eur = delivered.forecast_eur if delivered else None
        computed, _given = queries.compute_light(row, today, forecast_eur=row.forecast_eur)
        row.light_computed, row.light_parts = computed.total, dict(computed.parts)
        row.light_us = now_us()
        risks = Risk.objects.filter(project=row, closed_on=None).order_by("since")
        row.oldest_risk_on = risks.values_list("since", flat=True).first()
        row.has_outcome = queries.has_outcome(row)
        row.save(update_fields=list(FIELDS))
    return row


def _stated(newest: Report | None) -> str:
    if newest is None:
        return Light.UNKNOWN.value
    if newest.state == ReportState.NOT_DELIVERED.value:
        return Light.MISSING.value
    return counted_stated(newest.stated, is_late=newest.is_late)


def refresh_all(*, today: date | None = None) -> int:
    """Work out all projects of the municipality that are not ended; return how many."""
    rows = list(Project.objects.exclude(state=ProjectState.ENDED.value))
    for row in rows:
        refresh_lights(row, today=today)
    return len(rows)


def set_effect(
    row: Project, sentence: str, evidence_class: int | None, *, sentence_en: str = ""
) -> None:
    """Keep what a room above found out about the effect, so that lists show it in both languages.

    That room says the sentence: here nobody knows the words of evidence.
    """
    Project.objects.filter(pk=row.pk).update(
        effect=sentence[:300], effect_en=sentence_en[:300], effect_class=evidence_class
    )
