"""Everything that reads in the room. The scope of the municipality is open already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mehrwert.base.clock import now_us
from mehrwert.catalogue.queries import Alike, home_of_tenant, list_alike, list_alike_in_size
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.queries import read_official
from mehrwert.portfolio.models import Project
from mehrwert.provision.assessing import (
    AnswerGiven,
    Assessment,
    assess,
    fields_of_action,
    in_order,
    read_indicators,
    tension_values,
)
from mehrwert.provision.gathering import gather_phase_facts, gather_projects, list_project_facts
from mehrwert.provision.models import PhaseAnswer, PhaseAssessment
from mehrwert.provision.rules import (
    Difference,
    PhaseOfProject,
    TensionShown,
    differences,
    project_phase,
    show_tensions,
)

__all__ = [
    "Current",
    "assess_now",
    "assessment_before",
    "count_projects",
    "list_assessments",
    "list_comparison_group",
    "list_differences",
    "list_project_facts",
    "newest_assessment",
    "phase_of",
    "read_answers",
    "read_tensions",
]

YEAR_US = 365 * 24 * 3_600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Current:
    """Where a municipality stands now: as a whole, by field of action, and its tensions."""

    whole: Assessment
    fields: Mapping[str, Assessment]
    tensions: Mapping[str, float]
    n_projects: int


def assess_now(*, today: date) -> Current:
    """Compute the assessment of the municipality in scope from its data and answers."""
    rows, town = gather_projects(today=today)
    answers = read_answers()
    return Current(
        whole=assess(rows, answers, today=today, town=town),
        fields={
            name: assess(inside, answers, today=today)
            for name, inside in fields_of_action(rows).items()
        },
        tensions=tension_values(rows, today=today, town=town),
        n_projects=len(rows),
    )


def read_answers() -> dict[str, AnswerGiven]:
    """Return the newest answer to each question; what was taken back is missing."""
    newest: dict[str, PhaseAnswer] = {}
    for row in PhaseAnswer.objects.order_by("answered_us", "pk"):
        newest[row.indicator] = row
    return {
        key: AnswerGiven(row.halves, row.document_on, row.document_title, row.document_url)
        for key, row in newest.items()
        if row.halves is not None
    }


def list_assessments() -> "QuerySet[PhaseAssessment]":
    """Return the stored assessments, newest first."""
    return PhaseAssessment.objects.order_by("-made_us", "-pk")


def newest_assessment() -> PhaseAssessment | None:
    """Return the last stored assessment, None before the first."""
    return list_assessments().first()


def assessment_before(row: PhaseAssessment) -> PhaseAssessment | None:
    """Return the one stored before another."""
    return list_assessments().filter(made_us__lt=row.made_us).first()


def list_differences(before: PhaseAssessment, after: PhaseAssessment) -> list[Difference]:
    """Explain what changed between two assessments: data, rule or answer (PF-07)."""
    found = differences(
        read_indicators(before.record),
        read_indicators(after.record),
        is_same_ruleset=before.ruleset == after.ruleset,
    )
    by_key = {one.key: one for one in found}
    return [by_key[key] for key in in_order(by_key)]


def read_tensions(now: Mapping[str, float]) -> tuple[TensionShown, ...]:
    """Return the four tensions with their trend over the last twelve months."""
    earlier = list_assessments().filter(made_us__lte=now_us() - YEAR_US).first()
    before = earlier.record.get("tensions", {}) if earlier is not None else {}
    return show_tensions(now, before)


def list_comparison_group(tenant: Tenant) -> list[Alike]:
    """Return the municipalities most like one (PF-09); an invented one by its size alone."""
    official = read_official(tenant)
    if official is not None:
        return list_alike(official)
    return list_alike_in_size(home_of_tenant(tenant)) if tenant.is_demo else []


def count_projects() -> int:
    """Return the number of projects of the municipality in scope."""
    return Project.objects.count()


def phase_of(project: Project, *, today: date) -> PhaseOfProject:
    """Return the phase of one project."""
    return project_phase(gather_phase_facts(project, today=today), today=today)
