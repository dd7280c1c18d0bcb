"""What the computed light of a project rests on."""

from datetime import date
from decimal import Decimal

from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.observations.queries import (
    BucketSize,
    list_datastreams,
    read_buckets_of_time,
)
from mehrwert.portfolio.models import Gate, Indicator, Project, Report, Risk
from mehrwert.portfolio.rules.delivery import Delivered, share_delivered, window_s
from mehrwert.portfolio.rules.gates import END_GATE
from mehrwert.portfolio.rules.lights import Computed, LightInputs, computed_light, days_late
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

SECOND_US = 1_000_000


def list_series_of(project: Project) -> list[int]:
    """Return the series of the municipality that the indicators of a project are taken from."""
    rows = Indicator.objects.filter(project=project).order_by("key")
    ids = rows.values_list("current__datastream_id", flat=True)
    return [int(one) for one in ids if one is not None]


def read_data_delivered(project: Project, *, at_us: int | None = None) -> float | None:
    """Return the share of expected values of its series that came in 30 days; None = unknown."""
    ids = list_series_of(project)
    if not ids:
        return None
    tenant_id, end = current_tenant_id(), at_us or now_us()
    rows = []
    for stream in list_datastreams(tenant_id, ids=ids):
        interval = stream.expected_interval_s
        if not interval:
            rows.append(Delivered(None, 0))
            continue
        start = end - window_s(interval) * SECOND_US
        buckets = read_buckets_of_time(tenant_id, stream.id, BucketSize(unit="day"), start, end)
        rows.append(Delivered(interval, sum(bucket.n for bucket in buckets)))
    return share_delivered(rows)


def cost_over_plan(planned: Decimal | None, forecast: Decimal | None) -> float | None:
    """Return by which share the forecast lies above the plan; None if either is unknown."""
    if not planned or forecast is None:
        return None
    return float(forecast / planned - 1)


def next_gate_of(project: Project) -> Gate | None:
    """Return the next gate of a project, None when all are passed."""
    return Gate.objects.filter(project=project, passed_on=None).order_by("key").first()


def risk_age_days(project: Project, today: date) -> int | None:
    """Return the age of the oldest open risk without countermeasure.

    0 if there is none. None if nobody ever looked: no risk was recorded and no report delivered.
    """
    bare = Risk.objects.filter(project=project, closed_on=None, countermeasures=None)
    since = bare.order_by("since").values_list("since", flat=True).first()
    if since is not None:
        return max(0, (today - since).days)
    was_looked_at = (
        Risk.objects.filter(project=project).exists()
        or Report.objects.filter(project=project, delivered_us__isnull=False).exists()
    )
    return 0 if was_looked_at else None


def _days_late(gate: Gate | None, today: date) -> int | None:
    """Return how late the next gate is; a live project without a day for its end is not late."""
    if gate is None or (gate.key == END_GATE and gate.planned_on is None):
        return 0
    return days_late(gate.planned_on, today)


def light_inputs(project: Project, today: date, *, forecast_eur: Decimal | None) -> LightInputs:
    """Return the four values a light is computed from."""
    return LightInputs(
        days_late=_days_late(next_gate_of(project), today),
        cost_over_plan=cost_over_plan(project.planned_eur, forecast_eur),
        data_delivered=read_data_delivered(project),
        risk_age_days=risk_age_days(project, today),
    )


def compute_light(
    project: Project, today: date, *, forecast_eur: Decimal | None
) -> tuple[Computed, LightInputs]:
    """Return the computed light of a project with what it rests on."""
    given = light_inputs(project, today, forecast_eur=forecast_eur)
    return computed_light(given, PORTFOLIO), given
