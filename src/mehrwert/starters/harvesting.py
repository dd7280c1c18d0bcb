"""Builds a package from what runs in a municipality (TRF-210)."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mehrwert import __version__
from mehrwert.alerts.models import AlertRule
from mehrwert.alerts.queries import list_rules, read_readings
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.queries import without_personal_data
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import list_evaluations, month_of, plan_of
from mehrwert.intake.queries import read_library_fields
from mehrwert.observations import queries as observations
from mehrwert.observations.queries import DatastreamRow
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.format.loading import MOST_DEMO_ROWS
from mehrwert.starters.format.writing import written_package
from mehrwert.starters.models import InstalledPiece
from mehrwert.starters.rules.harvest import (
    MONTH_S,
    Found,
    Harvest,
    PlanFound,
    RuleFound,
    SeriesFound,
    ThingFound,
    harvest,
)
from mehrwert.starters.rules.pieces import RULE_NUMBERS

OPEN = frozenset({"open", "internal"})
HOUR_US = 3_600_000_000
MOST_AGE_H = 999_999
PLAN_MONTHS = (6, 60)
MOST_SESOI = 90.0


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of the package; see the manifest."""

    slug: str
    title: str
    tagline: str
    problem: str
    solution: str
    field: str
    hours_setup: float
    hours_per_month: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes along: stations, an evaluation, and whether own readings serve as sample data."""

    thing_ids: Collection[int]
    evaluation: Evaluation
    with_readings: bool = False


def list_choices(tenant_id: int) -> tuple[list[observations.ThingRow], list[Evaluation]]:
    """Return the stations with series, and the evaluations whose series is there."""
    things = [thing for thing in observations.list_things(tenant_id) if thing.n_datastreams]
    known = {row.id for row in observations.list_datastreams(tenant_id)}
    rows = [row for row in list_evaluations() if plan_of(row).datastream_id in known]
    return things, rows


def gather(tenant_id: int, chosen: Chosen) -> Found:
    """Return what was chosen as it runs; the station of the plan always goes along."""
    plan = plan_of(chosen.evaluation)
    rows = observations.list_datastreams(tenant_id)
    measured = {row.thing_id for row in rows if row.id == plan.datastream_id}
    wanted = set(chosen.thing_ids) | measured
    by_thing: dict[int, list[DatastreamRow]] = {}
    for row in rows:
        if row.thing_id in wanted:
            by_thing.setdefault(row.thing_id, []).append(row)
    devices = read_library_fields()
    things = [_thing(tenant_id, key, by_thing[key], devices) for key in sorted(by_thing)]
    ids = {series.id for thing in things for series in thing.series}
    pieces = list(InstalledPiece.objects.select_related("installation").order_by("pk"))
    rules = [
        RuleFound(row.datastream_id, _rule(row))
        for row in list_rules()
        if row.datastream_id in ids and row.is_active and not row.expression
    ]
    layers, tasks = _installed(pieces, ids)
    return Found(things, rules, _plan(chosen.evaluation, pieces), layers, tasks)


def build(tenant_id: int, publisher: str, told: Described, chosen: Chosen) -> bytes:
    """Return the package as a ZIP."""
    found = gather(tenant_id, chosen)
    made = harvest(found, without_personal_data)
    demo = _demo(tenant_id, made, _spare(found)) if chosen.with_readings else []
    return written_package(_manifest(told, publisher, found, made), made.items, demo)


def texts_of(made: Harvest) -> list[str]:
    """Return every text that leaves the house, once, for a person to read before it does."""
    texts: dict[str, None] = {}
    for rows in made.items.values():
        for row in rows:
            texts |= dict.fromkeys(
                value
                for name, value in row.items()
                if isinstance(value, str) and name in {"name", "title", "description", "advice",
                                                       "instrument", "goal", "definition", "hint"}
            )  # fmt: skip
    return list(texts)


def _thing(
    tenant_id: int,
    thing_id: int,
    rows: Sequence[DatastreamRow],
    devices: Mapping[str, Mapping[str, str]],
) -> ThingFound:
    thing = observations.read_thing(tenant_id, thing_id)
    return ThingFound(
        thing.id, thing.name, thing.description, [_series(row, devices) for row in rows]
    )


def _series(row: DatastreamRow, devices: Mapping[str, Mapping[str, str]]) -> SeriesFound:
    fields = (row.properties or {}).get("fields", {})
    known = {
        d: f for d, f in fields.items() if devices.get(d, {}).get(f) == (row.unit_symbol or "")
    }
    return SeriesFound(
        row.id,
        {
            "name": row.name,
            "description": row.description,
            "property": row.property_name,
            "unit_name": row.unit_name or "",
            "unit_symbol": row.unit_symbol or "",
            "aggregation": row.aggregation,
            "protection": row.protection,
            "interval_s": row.expected_interval_s,
        },
        row.sensor_name,
        known,
    )


def _rule(row: AlertRule) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in RULE_NUMBERS}
    texts = {name: getattr(row, name) for name in ("title", "kind", "severity", "advice")}
    return {**numbers, **texts}


def _plan(row: Evaluation, pieces: Sequence[InstalledPiece]) -> PlanFound:
    plan = plan_of(row)
    key = f"indicator/{plan.indicator_key}"
    told: Mapping[str, Any] = next((piece.values for piece in pieces if piece.key == key), {})
    low, high = PLAN_MONTHS
    indicator = {
        "key": plan.indicator_key,
        "name": plan.indicator_name,
        "definition": told.get("definition") or f"{plan.indicator_name} in {plan.unit}, je Monat.",
        **({"source": told["source"]} if told.get("source") else {}),
        "good_direction": plan.good_direction,
        "scale": plan.scale,
        **{name: True for name in ("is_count", "is_proxy") if getattr(plan, name)},
    }
    values = {
        "goal": without_personal_data(plan.goal),
        "sesoi_percent": min(round(100 * math.expm1(plan.sesoi), 6), MOST_SESOI),
        "beneficiaries": without_personal_data(plan.beneficiaries),
        "benefit_kind": plan.benefit_kind,
        "shape": plan.shape,
        **({"ramp_months": plan.ramp_months} if plan.shape == "ramp" else {}),
        "months_before": min(max(plan.start_month - plan.first_month, low), high),
        "months_after": min(max(plan.last_month - plan.start_month + 1, low), high),
    }
    return PlanFound(plan.datastream_id, indicator, values)


def _installed(
    pieces: Sequence[InstalledPiece], ids: Collection[int]
) -> tuple[list[tuple[int, Mapping[str, Any]]], list[dict[str, Any]]]:
    """Return layers and tasks of packages whose stations go along."""
    series = [p for p in pieces if p.kind == PieceKind.SERIES.value and p.object_id in ids]
    inside = {piece.installation_id for piece in series}
    layers: list[tuple[int, Mapping[str, Any]]] = []
    tasks: list[dict[str, Any]] = []
    for piece in pieces:
        if piece.installation_id not in inside:
            continue
        if piece.kind == PieceKind.LAYER.value:
            layers += _layer_of(piece, series)
        elif piece.kind == PieceKind.TASK.value:
            tasks.append({"key": piece.key.partition("/")[2], **piece.values})
    return layers, tasks


def _layer_of(
    piece: InstalledPiece, series: Sequence[InstalledPiece]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    thing, _, name = piece.values["of"].partition("/")
    for one in series:
        parts = one.key.split("/")
        if (parts[1], parts[-1]) == (thing, name) and one.object_id is not None:
            yield one.object_id, piece.values


def _spare(found: Found) -> dict[int, int]:
    """Return the series whose readings may serve as sample data: id → seconds between readings."""
    return {
        series.id: int(series.values["interval_s"] or 0)
        for thing in found.things
        for series in thing.series
        if series.values["protection"] in OPEN
    }


def _demo(tenant_id: int, made: Harvest, spare: Mapping[int, int]) -> list[list[str]]:
    """Return own readings as old as they are now; personal and critical series stay behind."""
    now, rows = now_us(), []
    each = (MOST_DEMO_ROWS - 1) // max(1, len(spare))
    this_month = month_of(from_us(now).date())
    for series_id, interval in spare.items():
        thing, series, place = made.places[series_id]
        times, values = read_readings(tenant_id, series_id, 0, now)
        for at, value in list(zip(times, values, strict=True))[-each:]:
            age = (
                f"{this_month - month_of(from_us(at).date())}M"
                if interval >= MONTH_S
                else f"{(now - at) / HOUR_US:.2f}h"
            )
            if (now - at) / HOUR_US <= MOST_AGE_H:
                rows.append([age, str(place or ""), thing, series, f"{value:.10g}"])
    return rows


def _manifest(told: Described, publisher: str, found: Found, made: Harvest) -> dict[str, Any]:
    is_personal = any(
        series.values["protection"] == "personal" for t in found.things for series in t.series
    )
    return {
        "format": "mehrwert-package/1",
        "slug": told.slug,
        "version": "1.0.0",
        "title": told.title,
        "tagline": without_personal_data(told.tagline),
        "summary": without_personal_data(f"{told.tagline} {told.problem}"),
        "problem": without_personal_data(told.problem),
        "solution": told.solution or f"paket-{told.slug}",
        "field": told.field,
        "licence": {"data": "CC0-1.0", "texts": "CC-BY-4.0"},
        "publisher": publisher,
        "requires": {"mehrwert": ">=" + ".".join(__version__.split(".")[:2])},
        "parameters": {"type": "object", "properties": dict(made.parameters)},
        "network": {"outgoing": []},
        "personal_data": {
            "answer": "yes" if is_personal else "no",
            "note": "Aus dem laufenden Betrieb gebaut; Messwerte mit Personenbezug fehlen.",
        },
        "effort": {"hours_setup": told.hours_setup, "hours_per_month": told.hours_per_month},
        "removal": "complete",
        "tested_on": [
            {
                "date": from_us(now_us()).date().isoformat(),
                "mehrwert": ".".join(__version__.split(".")[:3]),
                "result": "passed",
            }
        ],
    }
