"""Reads projects and their gates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from mehrwert.base.clock import from_us
from mehrwert.portfolio.choices import ProjectState
from mehrwert.portfolio.choices.reports import Light
from mehrwert.portfolio.models import Baseline, Funding, Gate, Project, Report
from mehrwert.portfolio.rules.gates import MISSING, GateFacts, missing_for
from mehrwert.portfolio.rules.rollup import RollUp, Standing, roll_up
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate of one project as a page shows it."""

    key: str
    planned_on: date | None
    passed_on: date | None
    note: str
    is_next: bool


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One thing that happened: ``gate`` P1…P5, ``report`` of a month, ``funding_end``."""

    on: date
    kind: str
    key: str


def list_projects(*, state: str = "", text: str = "") -> "QuerySet[Project]":
    """Return projects, those that need work first; ended ones only if asked for.

    Args:
        state: One of ``ProjectState``; empty = all that are not ended.
        text: Part of title, goal or unit.
    """
    rows = Project.objects.select_related("solution").order_by("title", "pk")
    rows = rows.filter(state=state) if state else rows.exclude(state=ProjectState.ENDED.value)
    if text:
        rows = rows.filter(
            Q(title__icontains=text) | Q(goal__icontains=text) | Q(unit__icontains=text)
        )
    return rows


def count_states() -> dict[str, int]:
    """Return state → number of projects; a state without any is 0."""
    found = dict(Project.objects.values_list("state").annotate(n=Count("pk")).order_by())
    return {state.value: found.get(state.value, 0) for state in ProjectState}


def list_gates(row: Project) -> list[GateLine]:
    """Return the five gates of a project in their order."""
    gates = list(Gate.objects.filter(project=row).order_by("key"))
    following = next((gate.key for gate in gates if gate.passed_on is None), "")
    is_over = row.state == ProjectState.ENDED.value
    return [
        GateLine(
            gate.key,
            gate.planned_on,
            gate.passed_on,
            gate.note,
            gate.key == following and not is_over,
        )
        for gate in gates
    ]


def next_gates(project_ids: Sequence[int]) -> dict[int, Gate]:
    """Return project → its next gate; one statement."""
    found: dict[int, Gate] = {}
    for gate in Gate.objects.filter(project__in=project_ids, passed_on=None).order_by("-key"):
        found[gate.project_id] = gate
    return found


def gate_facts(row: Project) -> GateFacts:
    """Return what the step to live asks about."""
    baseline = Baseline.objects.filter(project=row).first()
    return GateFacts(
        goal=row.goal,
        operator=row.operator,
        financing=row.financing,
        baseline_values=len(baseline.values) if baseline else 0,
        baseline_waiver=baseline.waiver if baseline else "",
    )


def missing_before(row: Project, gate: str) -> list[str]:
    """Return codes of what is missing before a gate."""
    return missing_for(gate, gate_facts(row), least=PORTFOLIO.baseline_values_min)


def missing_sentences(row: Project, gate: str) -> list[str]:
    """Return what is missing before a gate as sentences in the language of the reader."""
    return [missing_sentence(code) for code in missing_before(row, gate)]


def missing_sentence(code: str) -> str:
    """Return what is missing as a sentence in the language of the reader."""
    return gettext(MISSING[code]) % {"least": PORTFOLIO.baseline_values_min}


def read_rollup() -> RollUp:
    """Return all projects that are not ended or drafts, counted and never averaged; one query."""
    rows = Project.objects.filter(
        state__in=(ProjectState.RUNNING.value, ProjectState.LIVE.value)
    ).values_list("light_stated", "light_computed", "planned_eur", "actual_eur", "oldest_risk_on")
    return roll_up(
        Standing(
            stated or Light.UNKNOWN.value,
            computed,
            planned - actual if planned is not None and actual is not None else None,
            risk_on,
        )
        for stated, computed, planned, actual, risk_on in rows
    )


def list_dated_events(project: Project) -> list[DatedEvent]:
    """Return what happened in a project with its day, for rooms above: gates, reports, money."""
    found = [
        DatedEvent(gate.passed_on, "gate", gate.key)
        for gate in Gate.objects.filter(project=project, passed_on__isnull=False)
        if gate.passed_on is not None
    ]
    found += [
        DatedEvent(from_us(at).date(), "report", f"{month:%Y-%m}")
        for month, at in Report.objects.filter(
            project=project, delivered_us__isnull=False
        ).values_list("month", "delivered_us")
        if at is not None
    ]
    found += [
        DatedEvent(row.ends_on, "funding_end", row.programme)
        for row in Funding.objects.filter(project=project)
    ]
    return sorted(found, key=lambda event: (event.on, event.kind, event.key))
