"""What stands around the projects: the catalogue, dependencies, series of others' foundations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum

from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue.choices import AdoptionStatus, Freshness, Relation
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.evaluation.queries import read_punctuality
from mehrwert.observations.queries import BucketSize, read_buckets_of_time
from mehrwert.portfolio.models import (
    DeclaredAdoption,
    Dependency,
    IndicatorValue,
    MoneyPlan,
    Project,
)
from mehrwert.portfolio.queries import list_series_of
from mehrwert.provision.rules import TownFacts
from mehrwert.provision.rules.ruleset import PHASE_RULES

DAY_US = 86_400_000_000
YEAR_DAYS = 365
HALF_YEAR_VALUES = 3
CURRENT = (Freshness.FRESH.value, Freshness.DUE.value)


@dataclass(slots=True)
class Around:
    """What tables of other rooms say, by project or by solution.

    Attributes:
        connected: Projects joined to another by a confirmed ``needs`` or ``feeds``; None while no
            dependency was entered anywhere.
        foundations: Projects that others need.
        reuse_out: Solution → days on which other municipalities began to reuse it live.
        use_trend: Project → change of its services in twelve months, in the good direction.
        town: What belongs to no single project.
    """

    connected: set[int] | None = None
    foundations: set[int] = field(default_factory=set)
    reuse_out: dict[int, list[date]] = field(default_factory=dict)
    use_trend: dict[int, float] = field(default_factory=dict)
    town: TownFacts = field(default_factory=TownFacts)


def gather_around(
    solutions: Mapping[int, int | None], active: Iterable[int], *, today: date
) -> Around:
    """Return what stands around the projects of the municipality in scope.

    Args:
        solutions: Project → solution it adopts or is.
        active: Projects that are running or live.
        today: From here one looks back twelve months.
    """
    found = Around(reuse_out=list_reuse_out(), use_trend=_use_trends(today))
    _connect(found)
    placed = {solution for solution in solutions.values() if solution is not None}
    alone = [d for pk, days in found.reuse_out.items() if pk not in placed for d in days]
    own, findable = _own_entries()
    punctual = read_punctuality(_months_ago(today, PHASE_RULES.reuse_window_months), today)
    found.town = TownFacts(
        due=punctual.due,
        on_time=punctual.on_time,
        reuse_out=tuple(alone),
        own_entries=own,
        findable_entries=findable,
        flow=_flow(found.foundations & set(active)),
        **_adopted(),
        uses=MoneyPlan.objects.filter(project__in=set(active)).aggregate(n=Sum("yearly_uses"))["n"],
    )
    return found


def _adopted() -> dict[str, int]:
    """Return how many uses of other towns' solutions go on, and how many were changed here."""
    going_on = DeclaredAdoption.objects.filter(relation=Relation.REUSE).exclude(
        status__in=(AdoptionStatus.ENDED, AdoptionStatus.WITHDRAWN)
    )
    return going_on.aggregate(adoptions=Count("pk"), deviating=Count("pk", filter=~Q(variant="")))


def _connect(found: Around) -> None:
    edges = Dependency.objects.filter(confirmed_us__isnull=False, kind__in=("needs", "feeds"))
    for start, end, kind in edges.values_list("project", "target", "kind"):
        found.connected = (found.connected or set()) | {start, end}
        found.foundations.add(end if kind == "needs" else start)


def _own() -> "dict[int, Solution]":
    rows = Solution.objects.filter(owner_tenant_id=current_tenant_id(), is_withdrawn=False)
    return {row.pk: row for row in rows.filter(is_public=True)}


def _own_entries() -> tuple[int, int]:
    """Return own public entries, and those with contact, licence and a current date (T8)."""
    own = _own().values()
    findable = [
        row
        for row in own
        if any(row.profile.get("contact", {}).values())
        and row.profile.get("code", {}).get("licence")
        and row.freshness in CURRENT
    ]
    return len(own), len(findable)


def list_reuse_out() -> dict[int, list[date]]:
    """Return own solution → days on which others declared to reuse it live; unknown days not."""
    rows = Adoption.objects.filter(
        solution__in=list(_own()), basis="declared", relation="reuse", is_denied=False
    ).exclude(tenant_id=current_tenant_id())
    days: dict[int, list[date]] = {}
    for row in rows:
        since = row.stages.get("live") or (row.since if row.status == "live" else "")
        if since:
            days.setdefault(row.solution_id, []).append(_first_day(since))
    return days


def _first_day(since: str) -> date:
    """Return the first day of a year, month or day as told: ``2026``, ``2026-03``."""
    return date.fromisoformat(f"{since}-01-01"[:10])


def _use_trends(today: date) -> dict[int, float]:
    """Return project → mean of its newest half year of services less that before, better is > 0.

    Only indicators of the type ``output``; three values in each half or nothing is said.
    """
    start, middle = _months_ago(today, 12), _months_ago(today, 6)
    rows = IndicatorValue.objects.filter(
        version__type="output",
        value__isnull=False,
        period__gte=start,
        version__indicator__project__isnull=False,
    ).values_list(
        "version__indicator__project", "version__good_direction", "version", "period", "value"
    )
    halves: defaultdict[tuple[int, str, int], tuple[list[float], list[float]]]
    halves = defaultdict(lambda: ([], []))
    for project, direction, version, period, value in rows:
        if value is not None:
            halves[project, direction, version][period >= middle].append(value)
    trends: dict[int, float] = {}
    for (project, direction, _), (old, new) in halves.items():
        if min(len(old), len(new)) < HALF_YEAR_VALUES:
            continue
        change = sum(new) / len(new) - sum(old) / len(old)
        better = change if direction == "up" else -change
        trends[project] = min(trends.get(project, better), better)
    return trends


def _months_ago(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _flow(projects: set[int]) -> float | None:
    """Return on which part of the last 365 days the series of foundations had a value (B4)."""
    tenant_id, end = current_tenant_id(), now_us()
    shares = []
    for project in Project.objects.filter(pk__in=projects):
        for series in list_series_of(project):
            buckets = read_buckets_of_time(
                tenant_id, series, BucketSize(unit="day"), end - YEAR_DAYS * DAY_US, end
            )
            days = sum(bucket.n > 0 for bucket in buckets)
            shares.append(min(1.0, days / YEAR_DAYS))
    return sum(shares) / len(shares) if shares else None
