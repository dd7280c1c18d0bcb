"""Defines indicators by versions, adds values, freezes what was before the start."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.canonical import fingerprint, significant
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.observations.queries import list_datastreams
from mehrwert.portfolio import queries
from mehrwert.portfolio.actions.common import audit, changeable, plain
from mehrwert.portfolio.actions.lights import refresh_lights
from mehrwert.portfolio.choices.indicators import (
    DELAY_LABELS,
    DIRECTION_LABELS,
    ORIGIN_LABELS,
    PERIOD_LABELS,
    TYPE_LABELS,
)
from mehrwert.portfolio.errors import (
    BaselineFrozenError,
    BaselineShortError,
    BreakReasonError,
    IndicatorTakenError,
    IndicatorWordsError,
    ReasonMissingError,
    ValueMissingError,
)
from mehrwert.portfolio.models import (
    Baseline,
    Indicator,
    IndicatorValue,
    IndicatorVersion,
    Project,
)
from mehrwert.portfolio.rules.periods import month_of
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an indicator means (PF-111); words of ``choices.indicators``."""

    type: str
    name: str
    explanation: str
    unit: str
    good_direction: str
    source: str
    owner: str
    valid_from: date
    period: str = "month"
    delay_class: str = "monthly"
    name_en: str = ""
    explanation_en: str = ""
    formula: str = ""
    datastream_id: int | None = None
    spatial_unit: str = ""
    licence: str = ""
    decision_served: str = ""
    breaks_series: bool = False
    break_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """One value of a period, or the reason why there is none (PF-112)."""

    period: date
    value: float | None = None
    absence: str = ""
    low: float | None = None
    high: float | None = None
    origin: str = "own"
    checked_by: str = ""


def define_indicator(
    given: Definition, *, project: Project | None = None, key: str = "", actor: Actor
) -> Indicator:
    """Define an indicator of a project, or of the whole municipality.

    Raises:
        IndicatorWordsError: A word is none of the known ones, or the series is of somebody else.
        IndicatorTakenError: The key is taken.
    """
    tenant_id = current_tenant_id()
    key = slugify(key or given.name)[:80]
    _refuse_wrong(given)
    if not key or Indicator.objects.filter(key=key).exists():
        raise IndicatorTakenError
    with transaction.atomic():
        row = Indicator.objects.create(
            tenant_id=tenant_id, project=project, key=key, created_us=now_us()
        )
        _add(row, given, number=1)
        _audit(actor, "define", row, asdict(given))
        if project is not None:
            refresh_lights(project)
    return row


def change_definition(row: Indicator, given: Definition, *, actor: Actor) -> Indicator:
    """Add a version of the definition; earlier values keep theirs (PF-113).

    Raises:
        BreakReasonError: It breaks the series without a reason.
        IndicatorWordsError: A word is none of the known ones.
    """
    _refuse_wrong(given)
    if given.breaks_series and not given.break_reason.strip():
        raise BreakReasonError
    with transaction.atomic():
        row = Indicator.objects.select_for_update().get(pk=row.pk)
        versions = IndicatorVersion.objects.filter(indicator=row)
        number = versions.aggregate(newest=Max("number"))["newest"] or 0
        _add(row, given, number=number + 1)
        _audit(actor, "define", row, asdict(given))
        if row.project is not None:
            refresh_lights(row.project)
    return row


def _add(row: Indicator, given: Definition, *, number: int) -> None:
    row.current = IndicatorVersion.objects.create(
        tenant_id=row.tenant_id,
        indicator=row,
        number=number,
        created_us=now_us(),
        **asdict(given),
    )
    row.save(update_fields=["current"])


def _refuse_wrong(given: Definition) -> None:
    words = (
        (given.type, TYPE_LABELS),
        (given.good_direction, DIRECTION_LABELS),
        (given.period, PERIOD_LABELS),
        (given.delay_class, DELAY_LABELS),
    )
    if any(word not in known for word, known in words):
        raise IndicatorWordsError
    stream = given.datastream_id
    if stream is not None and not list_datastreams(current_tenant_id(), ids=[stream]):
        raise IndicatorWordsError


def add_values(row: Indicator, given: Iterable[NewValue], *, actor: Actor) -> int:
    """Add values; an earlier value of the same period stays beside the new one.

    Each goes to the version that was valid in its period.

    Raises:
        ValueMissingError: Neither value nor reason, or an unknown origin.
    """
    versions = queries.list_versions(row)
    made = []
    for one in given:
        if (one.value is None and not one.absence.strip()) or one.origin not in ORIGIN_LABELS:
            raise ValueMissingError
        valid = [v for v in versions if v.valid_from <= one.period] or versions[:1]
        made.append(
            IndicatorValue(
                tenant_id=row.tenant_id,
                version=valid[-1],
                retrieved_us=now_us(),
                **{**asdict(one), "period": month_of(one.period)},
            )
        )
    with transaction.atomic():
        IndicatorValue.objects.bulk_create(made)
        _audit(actor, "add_values", row, {"n": len(made)})
    return len(made)


def take_over_values(*, today: date) -> int:
    """Take monthly values of series into indicators that name one; months that are over only."""
    taken = 0
    for row in queries.list_indicators():
        values = queries.months_to_take(row, today)
        if values:
            taken += add_values(
                row,
                [NewValue(period=month, value=significant(value)) for month, value in values],
                actor=SYSTEM,
            )
    return taken


def freeze_baseline(row: Project, indicator: Indicator, *, role: str, actor: Actor) -> Baseline:
    """Freeze the values of an indicator from before the start (PF-114).

    Raises:
        BaselineFrozenError: There is one already.
        BaselineShortError: Fewer values than needed.
    """
    values = queries.values_before(indicator, row.starts_on)
    if len(values) < PORTFOLIO.baseline_values_min:
        raise BaselineShortError(n=len(values), least=PORTFOLIO.baseline_values_min)
    stored = [[f"{v.period:%Y-%m}", significant(v.value)] for v in values]
    return _freeze(row, actor, version=indicator.current, values=stored, author_role=role[:60])


def waive_baseline(row: Project, reason: str, *, role: str, actor: Actor) -> Baseline:
    """Go on without values from before the start; the reason stays visible (EVI-24).

    Raises:
        BaselineFrozenError: There is one already.
        ReasonMissingError: No reason.
    """
    if not reason.strip():
        raise ReasonMissingError
    return _freeze(row, actor, waiver=reason.strip()[:300], author_role=role[:60])


def _freeze(row: Project, actor: Actor, **given: object) -> Baseline:
    with transaction.atomic():
        row = changeable(row)
        if queries.read_baseline(row) is not None:
            raise BaselineFrozenError
        content = {"project": str(row.uuid), "values": given.get("values", [])}
        made = Baseline.objects.create(
            tenant_id=row.tenant_id,
            project=row,
            frozen_us=now_us(),
            hash=fingerprint({**content, "waiver": given.get("waiver", "")}),
            **given,
        )
        audit(actor, "freeze", row, after={"baseline": len(made.values), "waiver": made.waiver})
    return made


def _audit(actor: Actor, verb: str, row: Indicator, after: dict[str, object]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="indicator",
        object_id=row.pk,
        label=row.current.name if row.current else row.key,
        after=plain(after),
        tenant_id=row.tenant_id,
    )
