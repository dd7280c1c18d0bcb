"""Everything that reads in the room. The scope of the municipality is open already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Prefetch, QuerySet
from django.utils import timezone

from mehrwert.base.clock import from_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import read_own_catalogue, read_root, read_solution
from mehrwert.evaluation.choices import CODES, EvaluationState, Moment
from mehrwert.evaluation.errors import SeriesMissingError
from mehrwert.evaluation.models import (
    Answer,
    CouncilPaper,
    Decision,
    Estimate,
    Evaluation,
    Result,
    Voice,
)
from mehrwert.evaluation.outcomes import ProjectOutcome, list_outcomes, read_punctuality
from mehrwert.evaluation.plans import plan_from_json
from mehrwert.evaluation.rules import (
    Course,
    Data,
    Due,
    MonthlySeries,
    Plan,
    Readings,
    missing_for_freezing,
    monthly_values,
    schedule,
)
from mehrwert.evaluation.rules.agreement import Agreement, Said, agree, kind_of
from mehrwert.evaluation.rules.months import (
    BERLIN,
    begins_us,
    first_day,
    label_of,
    month_of,
    parse_month,
)
from mehrwert.evidence.queries import is_own
from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.queries import read_population
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.queries import (
    DatastreamRow,
    list_datastreams,
    read_datastream,
    read_series,
)
from mehrwert.portfolio.models import Gate, Project
from mehrwert.stats.effect_rules import EFFECTS

__all__ = [
    "Line",
    "ProjectOutcome",
    "begins_us",
    "count_baseline",
    "entry_of",
    "has_wider_questions",
    "label_of",
    "line_of",
    "list_answers",
    "list_due",
    "list_entries",
    "list_estimates",
    "list_evaluations",
    "list_evaluations_of",
    "list_missing",
    "list_moments",
    "list_outcomes",
    "list_series",
    "list_unlinked",
    "list_voices",
    "moments_of",
    "month_of",
    "newest_decision",
    "newest_estimate",
    "parse_month",
    "plan_of",
    "read_agreement",
    "read_data",
    "read_estimate",
    "read_punctuality",
    "read_result",
    "read_slug",
    "root_of",
    "study_of",
]

DAY_S = 86_400
LAST_GATE = "P5"
WIDE_FROM = 3
WIDE_LEVELS = frozenset({Level.LAND.value, Level.COUNTY.value})
CALIBRATION = "calibration_valid_until"


@dataclass(frozen=True, slots=True)
class Line:
    """One evaluation in the list with its newest estimate."""

    row: Evaluation
    plan: Plan
    estimate: Estimate | None
    is_overdue: bool


def list_evaluations(*, state: str = "") -> "QuerySet[Evaluation]":
    """Return evaluations, newest first; those of one state, or ``ended`` for learning reports."""
    newest = Estimate.objects.order_by("-made_us", "-pk")
    rows = Evaluation.objects.order_by("-created_us", "-pk").prefetch_related(
        Prefetch("estimates", queryset=newest), Prefetch("decisions", Decision.objects.all())
    )
    if state == "ended":
        return rows.filter(pk__in=Decision.objects.filter(decision="end").values("evaluation_id"))
    return rows.filter(state=state) if state else rows


def list_due() -> "QuerySet[Evaluation]":
    """Return frozen evaluations whose result is due, the most urgent first (EVI-36)."""
    return Evaluation.objects.filter(state=EvaluationState.FROZEN.value).order_by("due_on", "pk")


def list_evaluations_of(project: Project) -> "QuerySet[Evaluation]":
    """Return the evaluations of a project, newest first."""
    return list_evaluations().filter(project=project)


def list_unlinked() -> "QuerySet[Evaluation]":
    """Return evaluations that belong to no project yet, newest first."""
    return Evaluation.objects.filter(project=None).order_by("-created_us", "-pk")


def line_of(row: Evaluation) -> Line:
    """Return an evaluation as the list shows it."""
    estimates = list(row.estimates.all())
    is_open = row.state == EvaluationState.FROZEN.value
    overdue = is_open and row.due_on is not None and row.due_on < timezone.localdate()
    return Line(row, plan_of(row), estimates[0] if estimates else None, overdue)


def plan_of(row: Evaluation) -> Plan:
    """Return the plan of an evaluation."""
    return plan_from_json(row.plan)


def newest_estimate(row: Evaluation) -> Estimate | None:
    """Return the newest estimate, None before the first."""
    return Estimate.objects.filter(evaluation=row).order_by("-made_us", "-pk").first()


def list_estimates(row: Evaluation) -> "QuerySet[Estimate]":
    """Return all estimates of an evaluation, newest first, without their lines."""
    return Estimate.objects.filter(evaluation=row).order_by("-made_us", "-pk")


def read_estimate(row: Evaluation, estimate_id: int) -> Estimate | None:
    """Return one estimate of an evaluation."""
    return Estimate.objects.filter(evaluation=row, pk=estimate_id).first()


def read_result(row: Evaluation) -> Result | None:
    """Return the filed result, None while it is due."""
    return Result.objects.filter(evaluation=row).first()


def newest_decision(row: Evaluation) -> Decision | None:
    """Return the newest decision, None before the first."""
    return Decision.objects.filter(evaluation=row).order_by("-made_us", "-pk").first()


def list_papers(row: Evaluation) -> "QuerySet[CouncilPaper]":
    """Return the council papers of an evaluation, newest first."""
    return CouncilPaper.objects.filter(evaluation=row).order_by("-created_us", "-pk")


def list_answers(row: Evaluation) -> list[Answer]:
    """Return what was answered, by question and role."""
    rows = Answer.objects.filter(evaluation=row).select_related("voice")
    return list(rows.order_by("question", "role", "answered_us"))


def list_answers_by(voice: Voice) -> list[Answer]:
    """Return what somebody said by an invitation."""
    return list(Answer.objects.filter(voice=voice))


def list_voices(row: Evaluation) -> list[Voice]:
    """Return whom an evaluation invited to answer without an account, newest first."""
    return list(Voice.objects.filter(evaluation=row).order_by("-made_us", "-pk"))


def list_moments(row: Evaluation) -> list[Due]:
    """Return when the review of an evaluation is due, and what was answered (EVI-31)."""
    return moments_of([row])[row.pk]


def moments_of(rows: Sequence[Evaluation]) -> dict[int, list[Due]]:
    """Return the moments of many evaluations, in two statements beside their projects."""
    answered: dict[int, dict[str, date]] = {}
    said = Answer.objects.filter(evaluation__in=rows).values_list("evaluation", "moment")
    for pk, moment, first in said.annotate(first=Min("answered_us")).order_by():
        answered.setdefault(pk, {})[moment] = from_us(first).astimezone(BERLIN).date()
    projects = [row.project_id for row in rows if row.project_id]
    gates: dict[int, dict[str, date | None]] = {}
    for gate in Gate.objects.filter(project__in=projects).order_by("key"):
        gates.setdefault(gate.project_id, {})[gate.key] = gate.passed_on or gate.planned_on
    today = timezone.localdate()
    return {
        row.pk: schedule(
            _course(row, gates.get(row.project_id or 0, {})), answered.get(row.pk, {}), today
        )
        for row in rows
    }


def _course(row: Evaluation, gates: Mapping[str, date | None]) -> Course:
    """Return the dates of the project, of the plan where there is none."""
    plan, project = plan_of(row), row.project
    end = first_day(plan.last_month + 1)
    if project is None:
        return Course(first_day(plan.start_month), {}, end)
    before = {key: day for key, day in gates.items() if key != LAST_GATE}
    return Course(project.starts_on, before, gates.get(LAST_GATE) or project.ends_on or end)


def read_agreement(*, is_demo: bool) -> list[Agreement]:
    """Return how far municipalities agree on coded questions, with small cells suppressed (EVI-34).

    The one query over all municipalities of the installation: it reads codes, never words, and
    hands out counts from three upwards. Invented and real ones are never counted together; what was
    said before the start is a guess and does not count.
    """
    rows = Answer.counted.exclude(code="").exclude(moment=Moment.START.value)
    tenants = Tenant.objects.filter(
        is_demo=is_demo, suspended_us=None, pk__in=rows.values("tenant_id")
    )
    kinds = {row.pk: kind_of(read_population(row)) for row in tenants}
    named = rows.filter(tenant_id__in=kinds).order_by()
    said = [
        Said(question, code, town, kinds[town])
        for question, code, town in named.values_list("question", "code", "tenant_id").distinct()
    ]
    return agree(said, {key: [code for code, _ in codes] for key, codes in CODES.items()})


def has_wider_questions(tenant: Tenant) -> bool:
    """Say whether a municipality is asked about Land and Bund: from three projects (decisions 48).

    A Land or Kreis always is.
    """
    return tenant.level in WIDE_LEVELS or Project.objects.count() >= WIDE_FROM


def list_series() -> list[DatastreamRow]:
    """Return the series of the municipality that may be an indicator."""
    return list_datastreams(current_tenant_id())


def list_entries(tenant: Tenant, *, also: str = "") -> list[tuple[str, str]]:
    """Return entries of the catalogue (address, name) that a municipality may evaluate.

    Its own ones, those it says it uses, and ``also`` when that is public.
    """
    mine = read_own_catalogue(tenant)
    rows = [row for row in mine.entries if row.is_public]
    rows += [adoption.solution for adoption in mine.declared]
    if also and (found := _public(also)) is not None:
        rows.append(found)
    return sorted({row.slug: row.name for row in rows}.items(), key=lambda pair: pair[1].lower())


def _public(slug: str) -> Solution | None:
    try:
        return read_solution(slug)
    except UnknownSolutionError:
        return None


def root_of(slug: str) -> str:
    """Return the root under which the findings of an entry are pooled, empty for none."""
    found = _public(slug) if slug else None
    return read_root(found.pk)[0] if found else ""


def entry_of(solution_root: str) -> str:
    """Return the address of the entry a plan is about, empty for a solution of its own name."""
    found = None if is_own(solution_root) else _public(solution_root)
    return found.slug if found else ""


def read_data(plan: Plan, *, as_of_us: int | None = None) -> Data:
    """Return the monthly values that a plan asks for, as the data stood at a time.

    Raises:
        SeriesMissingError: A series of the plan does not exist in the municipality.
    """
    first, last = plan.first_month, plan.last_month
    span = (begins_us(first), begins_us(last + 1))
    tenant_id = current_tenant_id()
    own = _series(tenant_id, plan.datastream_id, span, as_of_us)
    quiet, base = next(iter(plan.no_effect), None), next(iter(plan.exposure), None)
    return Data(
        own=own,
        comparisons={k: _series(tenant_id, k, span, as_of_us) for k in plan.comparisons},
        no_effect=_series(tenant_id, quiet, span, as_of_us) if quiet else None,
        exposure=_series(tenant_id, base, span, as_of_us) if base else None,
        calibrated_until=_calibrated_until(tenant_id, plan.datastream_id),
    )


def count_baseline(plan: Plan) -> int:
    """Return how many months before the start have a value (EVI-24)."""
    if not plan.datastream_id:
        return 0
    span = (begins_us(plan.first_month), begins_us(plan.start_month))
    own = _series(current_tenant_id(), plan.datastream_id, span, None)
    return len(own.months)


def list_missing(plan: Plan) -> list[tuple[str, dict[str, int]]]:
    """Return what still keeps a plan from being fixed, as codes of ``MISSING`` with their data."""
    least = EFFECTS.design.before_after_min
    return missing_for_freezing(plan, pre_months=count_baseline(plan), least=least)


def _series(
    tenant_id: int, datastream_id: int, span: tuple[int, int], as_of_us: int | None
) -> MonthlySeries:
    try:
        about = read_datastream(tenant_id, datastream_id)
        series = read_series(tenant_id, datastream_id, *span, as_of=as_of_us)
    except UnknownEntityError as error:
        raise SeriesMissingError from error
    interval_s = about.expected_interval_s or (about.gap_us or DAY_S * 1_000_000) / 1_000_000
    readings = Readings(
        series.times_us, series.values, series.qualities, interval_s, about.aggregation
    )
    return monthly_values(readings, coverage_min=EFFECTS.design.daily_coverage_min)


def _calibrated_until(tenant_id: int, datastream_id: int) -> int | None:
    stated = (read_datastream(tenant_id, datastream_id).properties or {}).get(CALIBRATION)
    try:
        return parse_month(str(stated)[:7]) if stated else None
    except ValueError:
        return None


def read_slug(tenant_id: int) -> str:
    """Return the short name in the address of a municipality."""
    slug: str = Tenant.objects.values_list("slug", flat=True).get(pk=tenant_id)
    return slug


def study_of(row: Evaluation, plan: Plan, record: dict[str, Any]) -> dict[str, Any]:
    """Return the study record (columns of ``Finding``) of an estimate."""
    effect = record.get("effect") or {}
    return {
        "theta": effect.get("theta"),
        "se": effect.get("se"),
        "low": effect.get("low"),
        "high": effect.get("high"),
        "p_better": effect.get("p_better"),
        "direction": record["direction"],
        "design": record["design"],
        "design_level": record["design_level"] if not plan.baseline_waiver else 1,
        "passed": record["passed"],
        "has_plan": row.is_before_start,
        "is_proxy": plan.is_proxy,
        "sesoi": plan.sesoi,
        "scale": plan.scale,
    }
