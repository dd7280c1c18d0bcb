"""From the rooms below to the rows of the model: what each project says about itself."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from mehrwert.evaluation.queries import ProjectOutcome, list_outcomes
from mehrwert.portfolio.choices import Financing, ProjectState
from mehrwert.portfolio.models import AdoptionEvent, Funding, IndicatorValue, Project, Replacement
from mehrwert.provision.gathering_around import Around, gather_around, list_reuse_out
from mehrwert.provision.rules import ProjectFacts, ProjectRow, TownFacts

ACTIVE = frozenset({ProjectState.RUNNING, ProjectState.LIVE})
UNFUNDED = frozenset({Financing.BUDGET, Financing.LIMITED})
REUSE = "reuse"
LIVE = "live"


@dataclass(slots=True)
class Told:
    """What further tables say about one project."""

    outcome: ProjectOutcome = field(default_factory=ProjectOutcome)
    fundings: list[Funding] = field(default_factory=list)
    reused_on: list[date] = field(default_factory=list)
    reused_by: list[date] = field(default_factory=list)
    is_old_process_off: bool | None = None
    months_with_values: int | None = None


def gather_projects(*, today: date) -> tuple[list[ProjectRow], TownFacts]:
    """Return every project of the municipality in scope, and what belongs to none of them."""
    told = _read_told(today)
    projects = list(Project.objects.order_by("pk"))
    around = gather_around(
        {row.pk: row.solution_id for row in projects},
        [row.pk for row in projects if row.state in ACTIVE],
        today=today,
    )
    for row in projects:
        told[row.pk].reused_by = around.reuse_out.get(row.solution_id or 0, [])
    rows = [_with_bricks(_row(row, told[row.pk], today), row, around) for row in projects]
    return rows, around.town


def _with_bricks(seen: ProjectRow, project: Project, around: Around) -> ProjectRow:
    """Return a row with what tables of other rooms say of it."""
    connected = around.connected
    return replace(
        seen,
        is_connected=project.pk in connected if connected is not None else None,
        use_trend=around.use_trend.get(project.pk),
    )


def list_project_facts(*, today: date) -> list[tuple[int, ProjectFacts]]:
    """Return (id, facts) of every project of the municipality in scope."""
    told, out = _read_told(today), list_reuse_out()
    projects = list(Project.objects.order_by("pk"))
    for row in projects:
        told[row.pk].reused_by = out.get(row.solution_id or 0, [])
    return [(row.pk, _facts(row, told[row.pk], today)) for row in projects]


def gather_phase_facts(project: Project, *, today: date) -> ProjectFacts:
    """Return what the phase of one project needs."""
    told = _read_told(today)[project.pk]
    told.reused_by = list_reuse_out().get(project.solution_id or 0, [])
    return _facts(project, told, today)


def _read_told(today: date) -> defaultdict[int, Told]:
    """Return what the tables beside the project say, by its id."""
    told: defaultdict[int, Told] = defaultdict(Told)
    for project_id, outcome in list_outcomes().items():
        told[project_id].outcome = outcome
    for funding in Funding.objects.all():
        told[funding.project_id].fundings.append(funding)
    for event in AdoptionEvent.objects.select_related("adoption").order_by("on", "pk"):
        if event.relation == REUSE and event.status == LIVE and event.adoption.project_id:
            told[event.adoption.project_id].reused_on.append(event.on)
    for row in Replacement.objects.exclude(confirmed_by=""):
        if row.off_on <= today:
            told[row.project_id].is_old_process_off = True
    for project_id, months in _count_months(today).items():
        told[project_id].months_with_values = months
    return told


def _count_months(today: date) -> dict[int, int]:
    """Return in how many of the last twelve whole months a project's indicators had a value."""
    first = today.replace(year=today.year - 1, day=1)
    rows = (
        IndicatorValue.objects.filter(
            value__isnull=False, period__gte=first, period__lt=today.replace(day=1)
        )
        .exclude(version__indicator__project=None)
        .values_list("version__indicator__project", "period")
        .distinct()
    )
    return Counter(project_id for project_id, _ in rows)


def _row(project: Project, told: Told, today: date) -> ProjectRow:
    outcome = told.outcome
    is_over = project.state == ProjectState.ENDED or (
        project.ends_on is not None and project.ends_on <= today
    )
    roles = (
        *(project.unit, project.sponsor, project.operator),
        *(project.beneficiaries, project.benefit_kind),
    )
    return ProjectRow(
        title=project.title,
        field_of_action=project.field_of_action,
        is_active=project.state in ACTIVE,
        is_closing=is_over,
        is_adoption=project.solution_id is not None,
        roles_named=all(roles),
        names_beneficiaries=bool(project.beneficiaries),
        serves_strategy=bool(project.strategy_goal),
        is_measurable=project.has_outcome or outcome.has_plan,
        running_cost=float(project.running_eur) if project.running_eur is not None else None,
        funded_share=_funded_share(project, told, today),
        decided_on=outcome.decided_on,
        has_review=outcome.has_review,
        evidence_class=outcome.evidence_class,
        reuse_in=tuple(told.reused_on),
        reuse_out=tuple(told.reused_by),
        goal=project.strategy_goal,
        is_conformant=project.is_conformant,
        available=_share_of(project.available_percent),
        facts=_facts(project, told, today),
    )


def _share_of(percent: Decimal | None) -> float | None:
    return float(percent / 100) if percent is not None else None


def _funded_share(project: Project, told: Told, today: date) -> float | None:
    """Return the part of the running cost that programmes pay today; None where nobody said."""
    if told.fundings:
        running = [one.share for one in told.fundings if one.ends_on >= today]
        return float(min(Decimal(1), sum(running, Decimal(0))))
    return 0.0 if project.financing in UNFUNDED else None


def _facts(project: Project, told: Told, today: date) -> ProjectFacts:
    to_come = [one.ends_on for one in told.fundings if one.ends_on >= today]
    return ProjectFacts(
        decision=told.outcome.decision,
        is_ended=project.state == ProjectState.ENDED,
        has_learning_report=told.outcome.has_learning_report,
        is_permanent_budget=project.budget_is_permanent,
        is_line_owned=project.is_line_owned,
        has_operator=True if project.operator else None,
        months_in_use=told.months_with_values,
        has_end_date=project.ends_on is not None,
        is_old_process_off=told.is_old_process_off,
        reuse_events=len(told.reused_on) + len(told.reused_by),
        funding_end=max(to_come, default=None),
        is_pilot=project.state == ProjectState.RUNNING,
    )
