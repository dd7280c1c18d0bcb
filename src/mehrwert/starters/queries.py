"""Everything that reads: the library of packages, what is set up, what an update would do."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db.models import Count

from mehrwert.alerts.queries import read_readings
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.evaluation.queries import label_of, month_of
from mehrwert.observations import queries as observations
from mehrwert.portfolio.choices import ItemState
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.portfolio.queries import ChecklistRow, list_checklist, read_declared
from mehrwert.starters.choices import TASK_LINES, Level, PieceKind
from mehrwert.starters.errors import TrialTableError
from mehrwert.starters.format.model import Package, from_json
from mehrwert.starters.library import bundled, bundled_package, check_folder, load, signer
from mehrwert.starters.models import Installation, InstalledPiece
from mehrwert.starters.rules import Change, Piece, defaults_of, diff, level_of, pieces_of
from mehrwert.starters.standing import standing_of
from mehrwert.starters.trial import Columns, Trial, demo_readings, try_package

__all__ = [
    "Standard",
    "Task",
    "adoption_of",
    "bundled",
    "bundled_package",
    "changes_to",
    "check_folder",
    "count_measured",
    "installation_of",
    "iterate_readings",
    "last_year_of",
    "line_of",
    "list_installations",
    "list_tasks",
    "load",
    "missing_in_trial",
    "month_text",
    "own_series",
    "package_of",
    "packages_for",
    "pieces_by_default",
    "proposed_answers",
    "read_standards",
    "series_of",
    "series_to_try",
    "series_with_readings",
    "signer",
    "things_of",
    "try_draft",
    "try_folder",
    "try_table",
    "wanted_pieces",
]

INVENTED = "demo"
TIME_LAPSE_MONTHS = 12
YEAR_US = 365 * 86_400_000_000
FREE = ("open", "internal")
TRIED = frozenset({PieceKind.RULE, PieceKind.PLAN})
Reading = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a package; ``is_joined`` ones are answered in the checklist of the use."""

    piece: InstalledPiece
    is_done: bool
    note: str
    is_joined: bool


def list_installations() -> dict[str, Installation]:
    """Return what is set up in the municipality, by name of the package."""
    return {row.slug: row for row in Installation.objects.all()}


def package_of(row: Installation) -> Package:
    """Return the package as it was taken."""
    return from_json(row.package)


def wanted_pieces(row: Installation, package: Package | None = None) -> tuple[Piece, ...]:
    """Return what an installation makes, with the answers of the town in the plan.

    Args:
        row: Parameters and answers.
        package: Another version of the package; the one it has without.

    Raises:
        ParameterError: Two places have the same name.
    """
    answers = {name: row.answers[name] for name in ("goal", "sesoi_percent")}
    return tuple(
        replace(piece, values={**piece.values, **answers})
        if piece.kind is PieceKind.PLAN
        else piece
        for piece in pieces_of(package or package_of(row), row.parameters)
    )


def changes_to(
    row: Installation, package: Package, *, overwrite: Collection[str] = ()
) -> list[Change]:
    """Return what happens when an installation takes another version; nothing is changed.

    For a draft: what going live makes.
    """
    standing = standing_of(list(row.pieces.order_by("pk")))
    return diff(wanted_pieces(row, package), standing, overwrite=overwrite)


def list_tasks(row: Installation) -> list[Task]:
    """Return the tasks in their order; what the checklist of the use answers stands there too."""
    adoption = adoption_of(row)
    answered = {}
    if adoption is not None:
        answered = {one.line.key: one for one in list_checklist(adoption)}
    pieces = row.pieces.filter(kind=PieceKind.TASK.value).order_by("pk")
    return [_task(piece, answered.get(line_of(piece))) for piece in pieces]


def _task(piece: InstalledPiece, line: ChecklistRow | None) -> Task:
    if line is None:
        return Task(piece, piece.done_us is not None, piece.note, is_joined=False)
    is_done = line.state is not ItemState.OPEN
    return Task(piece, is_done, line.proof or line.reason, is_joined=True)


def line_of(piece: InstalledPiece) -> str:
    """Return the line of the checklist that asks the same as a task, empty if none does."""
    return TASK_LINES.get(piece.key.rpartition("/")[2], "")


def adoption_of(row: Installation) -> DeclaredAdoption | None:
    """Return what the municipality declared of the solution of a package."""
    solution = Solution.objects.filter(slug=from_json(row.package).solution).first()
    return read_declared(solution.pk) if solution is not None else None


def installation_of(adoption: DeclaredAdoption) -> Installation | None:
    """Return the running package that sets up the solution of a declared use."""
    slugs = {package.slug for package in packages_for(adoption.solution.slug)}
    return Installation.objects.filter(slug__in=slugs, live_us__isnull=False).first()


def count_measured(row: Installation) -> int:
    """Return how many readings lie in the series of an installation."""
    return sum(series.n for series in series_of(row))


def series_with_readings(row: Installation) -> set[int]:
    """Return the ids of series that hold readings."""
    return {series.id for series in series_of(row) if series.n}


def things_of(row: Installation, series_ids: Collection[int]) -> set[int]:
    """Return the ids of the stations of some series."""
    return {series.thing_id for series in series_of(row) if series.id in series_ids}


def series_of(row: Installation) -> list[observations.DatastreamRow]:
    """Return the series of an installation that are still there."""
    rows = row.pieces.filter(kind=PieceKind.SERIES.value)
    ids = [i for i in rows.values_list("object_id", flat=True) if i]
    return observations.list_datastreams(row.tenant_id, ids=ids) if ids else []


@dataclass(frozen=True, slots=True)
class Standard:
    """How good a package is, and why."""

    level: Level
    live_adopters: int
    evidence_class: int


def read_standards(*, with_invented: bool) -> dict[str, Standard]:
    """Return the level of every bundled package by its name; two queries.

    Args:
        with_invented: Count what invented towns declare too; only pages of such a town do.
    """
    slugs = [package.solution for package in bundled()]
    classes = dict(Solution.objects.filter(slug__in=slugs).values_list("slug", "evidence_class"))
    declared = Adoption.objects.filter(
        solution__slug__in=slugs,
        basis=Basis.DECLARED,
        relation=Relation.REUSE,
        status=AdoptionStatus.LIVE,
        is_denied=False,
    )
    if not with_invented:
        declared = declared.exclude(place_level=INVENTED)
    rows = declared.values_list("solution__slug").annotate(n=Count("pk"))
    adopters: dict[str, int] = dict(rows.order_by())
    return {
        package.slug: _standard(
            package, adopters.get(package.solution, 0), classes.get(package.solution) or 0
        )
        for package in bundled()
    }


def _standard(package: Package, live_adopters: int, evidence_class: int) -> Standard:
    level = level_of(
        is_valid=package.manifest["tested_on"][-1]["result"] == "passed",
        has_demo_and_plan=bool(package.demo) and bool(package.items.get("evaluation_plan")),
        live_adopters=live_adopters,
        evidence_class=evidence_class,
    )
    return Standard(level, live_adopters, evidence_class)


def packages_for(solution_slug: str) -> list[Package]:
    """Return the packages that set up a solution."""
    return [package for package in bundled() if package.solution == solution_slug]


def first_package(solution_slugs: Iterable[str]) -> tuple[str, Package] | None:
    """Return the first of the solutions that a package sets up, with the package."""
    by_solution = {package.solution: package for package in reversed(bundled())}
    return next(((s, by_solution[s]) for s in solution_slugs if s in by_solution), None)


def pieces_by_default(package: Package) -> tuple[Piece, ...]:
    """Return what a package makes with the values it proposes."""
    return pieces_of(package, defaults_of(package))


def proposed_answers(
    package: Package, row: Installation | None, parameter_set: str, *, is_demo: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return parameters and answers to begin with: those of the draft, else of the package.

    A set of parameters that is chosen goes over both. In an invented town full operation began
    twelve months ago, so that the invented readings show what comes after it.
    """
    if row is not None and not parameter_set:
        typed = month_text(int(row.answers["start_month"]))
        return dict(row.parameters), {**row.answers, "start_month": typed}
    plan = package.items["evaluation_plan"][0]
    this_month = month_of(from_us(now_us()).date())
    start = this_month - TIME_LAPSE_MONTHS if is_demo else this_month + 1
    answers = {
        "goal": plan["goal"],
        "sesoi_percent": plan["sesoi_percent"],
        "start_month": month_text(start),
    }
    return defaults_of(package, parameter_set), answers


def month_text(month: int) -> str:
    """Return a month as people type it: ``04/2027``."""
    year, number = label_of(month).split("-")
    return f"{number}/{year}"


def try_draft(row: Installation | None, package: Package) -> Trial:
    """Return what the sample data of a package show with the parameters of here."""
    values = _parameters(row, package)
    return try_package(package, values, demo_readings(package, values, now_us()))


def try_folder(folder: Path) -> Trial:
    """Return what the sample data of a package in a folder show.

    Raises:
        PackageRefusedError: It breaks the format.
    """
    return try_draft(None, load(folder))


def missing_in_trial(package: Package, tried: Trial) -> list[str]:
    """Return in sentences what sample data should show and do not; nothing means it is good."""
    plan = package.items["evaluation_plan"][0]
    wanted = plan["months_before"] + plan["months_after"]
    found = []
    if not tried.n_alerts:
        found.append("Mit den Beispieldaten meldet sich keine Regel.")
    if tried.n_months < wanted:
        found.append(f"Die Kennzahl hat {tried.n_months} Monate, der Plan braucht {wanted}.")
    return found


def try_table(row: Installation | None, package: Package, series: str, columns: Columns) -> Trial:
    """Return what an own table shows as one series of the package."""
    return try_package(package, _parameters(row, package), {series: columns})


def own_series(tenant_id: int) -> list[tuple[int, str]]:
    """Return the series of the municipality that have readings, to be tried with: id, name.

    Personal and critical ones are left out: who reads these stands in the audit.
    """
    rows = observations.list_datastreams(tenant_id)
    free = [one for one in rows if one.n and one.protection in FREE]
    return [(one.id, f"{one.thing_name}: {one.name}"[:160]) for one in free]


def last_year_of(tenant_id: int, series_id: int) -> Columns:
    """Return times and values of a year of an own series; what is called wrong is left out.

    Raises:
        TrialTableError: It has no readings in that time.
    """
    found = read_readings(tenant_id, series_id, now_us() - YEAR_US)
    if not found[0]:
        raise TrialTableError
    return found


def series_to_try(package: Package, row: Installation | None) -> list[tuple[str, str]]:
    """Return the series a table may stand for: watched by a rule or the indicator; key, name.

    One place is enough: its rules are those of all places.
    """
    pieces = pieces_of(package, _parameters(row, package))
    wanted = {piece.links["series"] for piece in pieces if piece.kind in TRIED}
    found: dict[str, Piece] = {}
    for piece in pieces:
        if piece.key in wanted:
            found.setdefault(piece.values["name"], piece)
    return [(piece.key, piece.title) for piece in found.values()]


def iterate_readings(tenant_id: int, series: list[observations.DatastreamRow]) -> Iterator[Reading]:
    """Yield station, series, time, value and unit of all readings as text."""
    for row in series:
        for rows in observations.stream_rows(tenant_id, row.id):
            for reading in rows:
                at = from_us(reading.time_us).isoformat()
                value = str(reading.result).replace(".", ",")
                yield row.thing_name, row.name, at, value, row.unit_symbol or row.unit_name or ""


def _parameters(row: Installation | None, package: Package) -> Mapping[str, Any]:
    return row.parameters if row is not None else defaults_of(package)
