"""Reads reports: what is due, what was delivered, whether the chain holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Max, QuerySet

from mehrwert.portfolio.choices import ProjectState
from mehrwert.portfolio.choices.reports import ReportState
from mehrwert.portfolio.models import Indicator, NeededDecision, Project, Report, ReportCorrection
from mehrwert.portfolio.rules import periods
from mehrwert.portfolio.rules.chain import Link, Verdict, verify
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

ACTIVE = (ProjectState.RUNNING.value, ProjectState.LIVE.value)


@dataclass(frozen=True, slots=True)
class Due:
    """One report that waits: whose, which month, until when, whether the day is over."""

    project: Project
    month: date
    due_on: date
    is_missed: bool
    is_soon: bool


def list_reports(project: Project) -> "QuerySet[Report]":
    """Return the reports of a project, newest first."""
    return Report.objects.filter(project=project).order_by("-month")


def read_report(project: Project, month: date) -> Report | None:
    """Return the report of a month."""
    return Report.objects.filter(project=project, month=month).first()


def newest_delivered(project: Project) -> Report | None:
    """Return the newest report that was delivered."""
    rows = Report.objects.filter(project=project, delivered_us__isnull=False)
    return rows.order_by("-number").first()


def list_months(project: Project, today: date) -> list[date]:
    """Return the report months of a project that are over, newest first."""
    months = periods.report_months(project.starts_on, today, project.rhythm_months)
    return months[::-1]


def list_due_reports(today: date) -> list[Due]:
    """Return the reports of active projects that wait for delivery, longest overdue first.

    Of each project the newest month that is over; two statements however many projects there are.
    """
    projects = list(Project.objects.filter(state__in=ACTIVE).order_by("title"))
    wanted = {p.pk: m[0] for p in projects if (m := list_months(p, today))}
    there = delivered_months(wanted)
    found = [
        _due(project, wanted[project.pk], today)
        for project in projects
        if project.pk in wanted and (project.pk, wanted[project.pk]) not in there
    ]
    return sorted(found, key=lambda due: (due.due_on, due.project.title))


def delivered_months(wanted: dict[int, date]) -> set[tuple[int, date]]:
    """Return (project, month) of the reports of these projects that were delivered."""
    rows = Report.objects.filter(month__in=set(wanted.values()), state=ReportState.DELIVERED.value)
    return set(rows.values_list("project_id", "month"))


def _due(project: Project, month: date, today: date) -> Due:
    day = PORTFOLIO.due_day_of_next_month
    return Due(
        project,
        month,
        periods.due_on(month, due_day=day),
        periods.is_missed(month, today, due_day=day),
        periods.is_to_be_reminded(
            month, today, due_day=day, days_before=PORTFOLIO.remind_days_before
        ),
    )


def read_usual_seconds(*, most: int = 200) -> tuple[float, int] | None:
    """Return the median time a report took and of how many reports, None without any (PF-16)."""
    rows = Report.objects.filter(seconds__isnull=False).order_by("-delivered_us")
    taken = [float(one or 0) for one in rows.values_list("seconds", flat=True)[:most]]
    return (median(taken), len(taken)) if taken else None


def list_decisions(project: Project | None = None) -> "QuerySet[NeededDecision]":
    """Return open decisions, the nearest day first; of one project or of all."""
    rows = NeededDecision.objects.select_related("project").filter(decided_on=None)
    rows = rows.order_by("until", "pk")
    return rows if project is None else rows.filter(project=project)


def list_uses(indicator: Indicator) -> list[NeededDecision]:
    """Return what was decided with an indicator on the table, newest first (PF-163)."""
    rows = NeededDecision.objects.select_related("project").filter(used__indicator=indicator)
    return list(rows.order_by("-decided_on", "-pk"))


def list_corrections(project: Project) -> list[ReportCorrection]:
    """Return all corrections of a project's reports in their order."""
    rows = ReportCorrection.objects.select_related("report").filter(report__project=project)
    return list(rows.order_by("at_us", "pk"))


def links_of(reports: Iterable[Report]) -> list[Link]:
    """Return delivered reports as links of a chain."""
    return [
        Link(None if r.erased_us else r.content, r.salt, r.digest, r.previous_hash, r.hash)
        for r in reports
    ]


def verify_chain(project: Project) -> dict[int, Verdict]:
    """Check the chain of a project; return report id → verdict."""
    rows = list(Report.objects.filter(project=project, number__isnull=False).order_by("number"))
    return dict(zip((row.pk for row in rows), verify(links_of(rows)), strict=True))


def report_months_of(today: date, *, most: int = 6) -> list[date]:
    """Return the newest months of which a report exists, newest first."""
    rows = Report.objects.exclude(state=ReportState.DRAFT.value).filter(month__lt=today)
    return list(rows.order_by("-month").values_list("month", flat=True).distinct()[:most])


def read_month(month: date) -> dict[int, Report]:
    """Return project → the report that covers a month: the newest that ends with it or before.

    A report of three months covers the two months before its own too.
    """
    found: dict[int, Report] = {}
    rows = Report.objects.select_related("project").exclude(state=ReportState.DRAFT.value)
    for report in rows.filter(month__gt=periods.add_months(month, -6), month__lte=month):
        first = periods.add_months(month, -report.project.rhythm_months)
        newest = found.get(report.project_id)
        if report.month > first and (newest is None or newest.month < report.month):
            found[report.project_id] = report
    return found


def last_delivered_months() -> dict[int, date]:
    """Return project → month of its newest delivered report."""
    rows = Report.objects.filter(delivered_us__isnull=False)
    return dict(rows.values_list("project_id").annotate(newest=Max("month")))
