"""Ranks solutions for one municipality; every factor and every exclusion stays explained."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import Basis
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.catalogue.queries.page import covers
from mehrwert.catalogue.queries.places import read_places
from mehrwert.catalogue.queries.rows import FEWEST, IN_RANGE
from mehrwert.catalogue.rules import Place, size_class_of
from mehrwert.catalogue.rules.matching import (
    Exclusion,
    Facts,
    Match,
    Wishes,
    exclusions,
    match,
    rank_key,
)
from mehrwert.catalogue.rules.places import counts_as_declared_use, counts_as_reuse
from mehrwert.catalogue.rules.similarity import similarity_of

FILE = Path(__file__).resolve().parent.parent / "data" / "matching.json"
Places = Mapping[tuple[str, str], Place]


@dataclass(frozen=True, slots=True)
class Fit:
    """One solution for one municipality.

    Args:
        solution: The solution.
        match: Score as a range with its factors.
        closed: Rules that exclude it.
        open: Rules whose answer is missing: "zu klären".
        here: Own county, association or Land that runs it already.
        nearest: Name of the most similar user, empty without one.
    """

    solution: Solution
    match: Match
    closed: tuple[Exclusion, ...]
    open: tuple[Exclusion, ...]
    here: tuple[Adoption, ...]
    nearest: str


@cache
def read_method() -> dict[str, Any]:
    """Return weights and exclusion rules with their version."""
    method: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return method


def list_fits(home: Place, wishes: Wishes) -> list[Fit]:
    """Return all public solutions, best first; excluded ones come last and say why.

    What the own county, association or Land runs already stands first (CAT-506), unless it misses
    all chosen goals. The same input gives the same order. Three queries and one per level.
    """
    today = from_us(now_us()).date()
    adoptions: dict[int, list[Adoption]] = {}
    for row in Adoption.objects.filter(is_denied=False):
        adoptions.setdefault(row.solution_id, []).append(row)
    places = read_places((r.place_level, r.place_key) for rows in adoptions.values() for r in rows)
    costs = _costs(home)
    weights = read_method()["weights"]
    fits = []
    for solution in Solution.objects.filter(is_public=True, is_withdrawn=False).order_by("pk"):
        rows = adoptions.get(solution.pk, [])
        facts, nearest = _facts(solution, rows, places, home, today)
        facts = _with_cost(facts, costs.get(solution.pk), home)
        rules = exclusions(facts, wishes, status=solution.status)
        fits.append(
            Fit(
                solution,
                match(facts, wishes, weights),
                tuple(rule for rule in rules if not rule.is_open),
                tuple(rule for rule in rules if rule.is_open),
                tuple(row for row in rows if covers(row, home)),
                nearest,
            )
        )
    fits.sort(key=_order)
    return fits


def _order(fit: Fit) -> tuple[bool, bool, tuple[float, float, int]]:
    misses = any(f.name == "need" and f.value == 0 for f in fit.match.factors)
    return bool(fit.closed), not fit.here or misses, rank_key(fit.match, fit.solution.pk)


def _facts(
    solution: Solution, rows: Sequence[Adoption], places: Places, home: Place, today: date
) -> tuple[Facts, str]:
    declared: list[float] = []
    documented: list[float] = []
    best, nearest = 0.0, ""
    for row in rows:
        place = places.get((row.place_level, row.place_key))
        if place is None or place.key == home.key or not counts_as_reuse(row):
            continue
        alike = similarity_of(home, place)
        if alike is None:
            continue
        if counts_as_declared_use(row, today):
            declared.append(alike.value)
        elif row.basis == Basis.DOCUMENTED:
            documented.append(alike.value)
        if alike.value > best:
            best, nearest = alike.value, row.place_name
    profile: dict[str, Any] = solution.profile
    needs: dict[str, Any] = profile.get("preconditions") or {}
    facts = Facts(
        declared=declared,
        documented=documented,
        evidence_class=solution.evidence_class,
        direction=solution.evidence_direction,
        fields_of_action=frozenset(profile.get("fields_of_action") or ()),
        tasks=frozenset(str(task["key"]) for task in profile.get("tasks") or ()),
        staff_hours_per_week=needs.get("staff_hours_per_week"),
        networks=_set(needs.get("networks")),
        base_components=_set(needs.get("base_components")),
        freshness=solution.freshness_factor,
    )
    return facts, nearest


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _costs(home: Place) -> dict[int, float]:
    """Return the median per inhabitant and year in the size class of a place, from three on."""
    size = size_class_of(home.level, home.population)
    amounts: dict[int, list[float]] = {}
    rows = CostRecord.objects.filter(size_class=size or "", **IN_RANGE)
    for key, amount in rows.values_list("solution_id", "per_inhabitant_year"):
        amounts.setdefault(key, []).append(float(amount))
    return {key: median(values) for key, values in amounts.items() if len(values) >= FEWEST}


def _with_cost(facts: Facts, per_inhabitant: float | None, home: Place) -> Facts:
    if per_inhabitant is None or not home.population:
        return facts
    values = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    return Facts(**{**values, "cost_eur": per_inhabitant * home.population})
