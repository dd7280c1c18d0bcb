"""What an installation has made, as it stands now in the rooms where it lives."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mehrwert.alerts.access import find_rule
from mehrwert.alerts.errors import UnknownRuleError
from mehrwert.evaluation.access import find_evaluation
from mehrwert.evaluation.choices import EvaluationState
from mehrwert.evaluation.errors import UnknownEvaluationError
from mehrwert.evaluation.queries import plan_of
from mehrwert.observations import queries as observations
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.models import InstalledPiece
from mehrwert.starters.rules.diffing import Standing
from mehrwert.starters.rules.pieces import RULE_NUMBERS

THING_FIELDS = ("name", "description", "field")
SERIES_FIELDS = ("name", "description", "aggregation", "expected_interval_s", "protection")
Values = Mapping[str, Any]


def standing_of(rows: Sequence[InstalledPiece]) -> list[Standing]:
    """Return all pieces with their present values."""
    return [Standing(PieceKind(row.kind), row.key, row.title, row.made, _now(row)) for row in rows]


def _now(row: InstalledPiece) -> Values | None:
    """Return the present values, None when the piece is gone or fixed for good."""
    read = READERS.get(PieceKind(row.kind))
    if read is None:
        return dict(row.values)
    if row.object_id is None:
        return None
    try:
        return read(row)
    except (UnknownEntityError, UnknownRuleError, UnknownEvaluationError):
        return None


def _thing(row: InstalledPiece) -> Values:
    thing = observations.read_thing(row.tenant_id, row.object_id or 0)
    return {name: getattr(thing, name) for name in THING_FIELDS}


def _series(row: InstalledPiece) -> Values:
    series = observations.read_datastream(row.tenant_id, row.object_id or 0)
    return {
        **row.made,
        **{name: getattr(series, name) for name in SERIES_FIELDS},
        "unit_name": series.unit_name or "",
        "unit_symbol": series.unit_symbol or "",
        "property": series.property_name,
        "instrument": series.sensor_name,
        "fields": (series.properties or {}).get("fields", {}),
    }


def _rule(row: InstalledPiece) -> Values:
    rule = find_rule(row.object_id or 0)
    numbers = {name: _same_number(getattr(rule, name), row.made.get(name)) for name in RULE_NUMBERS}
    return {
        "title": rule.title,
        "kind": rule.kind,
        "severity": rule.severity,
        "advice": rule.advice,
        "recipients": list(rule.recipients),
        **numbers,
    }


def _plan(row: InstalledPiece) -> Values | None:
    found = find_evaluation(row.object_id or 0)
    if found.state != EvaluationState.DRAFT.value:
        return None
    plan = plan_of(found)
    return {
        **row.made,
        "goal": plan.goal,
        "sesoi_percent": round(100 * math.expm1(plan.sesoi), 6),
        "beneficiaries": plan.beneficiaries,
        "benefit_kind": plan.benefit_kind,
        "shape": plan.shape,
    }


def _same_number(now: Any, made: Any) -> Any:
    """Return the number as the package wrote it where it means the same: nothing is zero."""
    return made if (now or 0) == (made or 0) else now


READERS = {
    PieceKind.THING: _thing,
    PieceKind.SERIES: _series,
    PieceKind.RULE: _rule,
    PieceKind.PLAN: _plan,
}
