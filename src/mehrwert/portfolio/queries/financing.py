"""Reads fundings, the cliff they leave, replacements and dependencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from mehrwert.portfolio.choices import ProjectState
from mehrwert.portfolio.choices.financing import LEVEL_LABELS
from mehrwert.portfolio.models import Dependency, Funding, Project, Replacement, SpatialSplit
from mehrwert.portfolio.queries.costs import list_lines, read_sheet
from mehrwert.portfolio.rules.dependencies import layers
from mehrwert.portfolio.rules.financing import (
    Cliff,
    Funded,
    cliff,
    committed_until,
    lost_in_year,
    spatial_split,
)
from mehrwert.portfolio.rules.periods import add_months
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


@dataclass(frozen=True, slots=True)
class CliffLine:
    """One funding with what is lost per year; None while running cost is unknown."""

    funding: Funding
    lost: tuple[tuple[int, Decimal | None], ...]


def list_fundings(project: Project | None = None) -> "QuerySet[Funding]":
    """Return fundings by their end: of one project, or of all that are not ended."""
    rows = Funding.objects.select_related("project").order_by("ends_on", "pk")
    if project is not None:
        return rows.filter(project=project)
    return rows.exclude(project__state=ProjectState.ENDED.value)


def _funded(row: Funding) -> Funded | None:
    running = row.project.running_eur
    if running is None:
        return None
    return Funded(str(row.pk), running, row.share, row.ends_on, row.decided_on is not None)


def list_cliff(today: date) -> list[CliffLine]:
    """Return the calendar of fundings that end, by date and project (PF-151)."""
    years = range(today.year, today.year + 4)
    found = []
    for row in list_fundings():
        one = _funded(row)
        lost = tuple((year, lost_in_year(one, year) if one else None) for year in years)
        found.append(CliffLine(row, lost))
    return found


def undecided_lines(lines: Sequence[CliffLine], today: date) -> list[CliffLine]:
    """Return fundings that end within 24 months while nobody decided how it goes on."""
    until = add_months(today.replace(day=1), PORTFOLIO.cliff_months)
    return [
        line for line in lines if line.funding.decided_on is None and line.funding.ends_on < until
    ]


def read_cliff(today: date) -> Cliff:
    """Return what the municipality loses per year, and whether a warning is due (PF-152)."""
    return cliff_of(list_cliff(today), today)


def cliff_of(lines: Sequence[CliffLine], today: date) -> Cliff:
    """Return the cliff of fundings that were read already."""
    projects = Project.objects.exclude(state=ProjectState.ENDED.value)
    running = projects.aggregate(total=Sum("running_eur"))["total"] or Decimal(0)
    rows = [one for line in lines if (one := _funded(line.funding)) is not None]
    return cliff(
        rows,
        today=today,
        running_eur=running,
        months=PORTFOLIO.cliff_months,
        warn_share=PORTFOLIO.cliff_warn_share,
    )


def read_commitment(project: Project, on: date) -> date | None:
    """Return until when a funding binds a project beyond a day, None if nothing does (PF-156)."""
    ends = Funding.objects.filter(project=project).values_list("committed_until", flat=True)
    return committed_until(ends, on)


def list_replacements(project: Project | None = None) -> "QuerySet[Replacement]":
    """Return what is switched off in return, by date: of one project or of all (PF-71)."""
    rows = Replacement.objects.select_related("project").order_by("off_on", "pk")
    return rows if project is None else rows.filter(project=project)


@dataclass(frozen=True, slots=True)
class Split:
    """Where the benefit of a project arises and who would pay by that (PF-153).

    ``local_eur``, ``shared_eur`` and ``by_level`` are euros a year; ``by_level`` is empty while no
    yearly cost is known.
    """

    row: SpatialSplit
    local_eur: Decimal
    shared_eur: Decimal
    by_level: dict[str, Decimal]


def read_split(project: Project) -> Split | None:
    """Return the split of a project, None while nobody said where its benefit arises."""
    row = SpatialSplit.objects.filter(project=project).first()
    if row is None:
        return None
    sheet = read_sheet(project)
    lines = list_lines(sheet) if sheet else {}
    yearly = {pos.value: line.yearly for pos, line in lines.items() if line.yearly is not None}
    shared = sum((eur for pos, eur in yearly.items() if pos in row.shared_positions), Decimal(0))
    local = sum(yearly.values(), Decimal(0)) - shared
    incidence = {level: getattr(row, level) / 100 for level in LEVEL_LABELS}
    by_level = spatial_split(local, shared, incidence) if yearly else {}
    return Split(row, local, shared, by_level)


@dataclass(frozen=True, slots=True)
class DependencyGraph:
    """Who needs whom: projects, the step each stands on (0 = it needs nothing), the edges."""

    projects: dict[int, Project]
    steps: dict[int, int]
    edges: list[Dependency]


def read_graph() -> DependencyGraph:
    """Return all dependencies of projects that are not ended (PF-20)."""
    ended = ProjectState.ENDED.value
    edges = list(list_dependencies().exclude(project__state=ended).exclude(target__state=ended))
    projects = {row.pk: row for edge in edges for row in (edge.project, edge.target)}
    below: dict[int, list[int]] = {}
    for edge in edges:
        # who feeds another is needed by it
        first, then = edge.project_id, edge.target_id
        if edge.kind == "feeds":
            first, then = then, first
        below.setdefault(first, []).append(then)
    return DependencyGraph(projects, layers(below, projects), edges)


def list_dependencies(project: Project | None = None) -> "QuerySet[Dependency]":
    """Return dependencies: those that begin at a project, or all of the municipality."""
    rows = Dependency.objects.select_related("project", "target").order_by("kind", "target__title")
    return rows if project is None else rows.filter(project=project)
