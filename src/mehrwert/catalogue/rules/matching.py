"""How well a solution fits a municipality (catalogue 6.1): six factors, a range, no magic number.

A factor without data is unknown: the score runs from "all unknown = 0" to "all unknown = 1".
Weights and exclusions are versioned data shown on the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

BEST_OF = 3
DOCUMENTED_SHARE = 0.5
HIGHEST_CLASS = 4
# what SPDX calls code that nobody licensed; nothing said is a question, no answer
NO_LICENCE = frozenset({"", "NONE"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a municipality says about itself; every answer may be missing.

    Args:
        fields_of_action: Chosen fields.
        tasks: Chosen tasks, by key.
        it_provider: Name of the provider, empty for unanswered.
        staff_hours_per_week: Hours at hand, None for unanswered.
        networks: Radio networks at hand, None for unanswered.
        base_components: Components in use, None for unanswered.
        ceiling_eur: Most euros a year, None for unanswered.
    """

    fields_of_action: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    it_provider: str = ""
    staff_hours_per_week: float | None = None
    networks: frozenset[str] | None = None
    base_components: frozenset[str] | None = None
    ceiling_eur: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one solution for one municipality.

    Args:
        declared: Similarities of declared live adopters, 0 to 1.
        documented: Similarities of documented reusers.
        evidence_class: 0 to 4, None without a finding.
        direction: ``better``, ``worse``, ``no_relevant_difference``, ``unclear`` or empty.
        fields_of_action: Fields of the solution.
        tasks: Tasks of the solution, by key.
        staff_hours_per_week: Hours needed, None where unknown.
        networks: Networks needed, None where unknown.
        base_components: Components needed, None where unknown.
        cost_eur: Median a year for this population, None below three records.
        freshness: Factor 0.5 to 1.
        base_offered: Components that the own association, county or Land runs already.
        base_nearby: Components that a neighbour runs, each with the name of that place.
        it_providers: Providers with which alone it runs, None where unknown.
        law_areas: Keys of the areas whose law it rests on today, empty without such a need.
        has_code: Whether there is source code.
        licence: Of the source code, empty where unknown.
    """

    declared: Sequence[float] = ()
    documented: Sequence[float] = ()
    evidence_class: int | None = None
    direction: str = ""
    fields_of_action: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    staff_hours_per_week: float | None = None
    networks: frozenset[str] | None = None
    base_components: frozenset[str] | None = None
    cost_eur: float | None = None
    freshness: float = 1.0
    base_offered: frozenset[str] = frozenset()
    base_nearby: Mapping[str, str] = field(default_factory=dict)
    it_providers: frozenset[str] | None = None
    law_areas: frozenset[str] = frozenset()
    has_code: bool = False
    licence: str = ""


class Factor(NamedTuple):
    """One factor: ``value`` 0 to 1, None for unknown; points are weight × value.

    ``reason`` is a code that the page words: it says where the value comes from.
    """

    name: str
    weight: float
    value: float | None
    reason: str

    @property
    def points(self) -> float | None:
        """Return the points this factor gives, None for unknown."""
        return None if self.value is None else self.weight * self.value


class Match(NamedTuple):
    """A score as a range in points of 100, with what it is made of."""

    low: float
    high: float
    factors: tuple[Factor, ...] = ()

    @property
    def known(self) -> int:
        """Return how many factors are known."""
        return sum(factor.value is not None for factor in self.factors)


def fixed_factors(facts: Facts, weights: Mapping[str, float]) -> tuple[Factor, ...]:
    """Return the factors that no answer changes: similarity, evidence and freshness."""
    return (
        Factor("similarity", weights["similarity"], *_similarity(facts)),
        Factor("evidence", weights["evidence"], *_evidence(facts)),
        Factor("freshness", weights["freshness"], facts.freshness, "freshness"),
    )


def match(
    facts: Facts,
    wishes: Wishes,
    weights: Mapping[str, float],
    *,
    fixed: tuple[Factor, ...] | None = None,
) -> Match:
    """Return how well a solution fits, every factor explained.

    Args:
        facts: What is known of the solution.
        wishes: What the municipality answers.
        weights: Points of each factor.
        fixed: What ``fixed_factors`` says of the solution, where it is at hand.
    """
    similarity, evidence, freshness = fixed or fixed_factors(facts, weights)
    factors = (
        similarity,
        evidence,
        Factor("need", weights["need"], *_need(facts, wishes)),
        Factor("preconditions", weights["preconditions"], *_preconditions(facts, wishes)),
        Factor("cost", weights["cost"], *_cost(facts, wishes)),
        freshness,
    )
    low = open_weight = 0.0
    for _, weight, value, _ in factors:
        if value is None:
            open_weight += weight
        else:
            low += weight * value
    return Match(_rounded(low), _rounded(low + open_weight), factors)


def _rounded(points: float) -> float:
    return round(points * 1e6) / 1e6


def _similarity(facts: Facts) -> tuple[float | None, str]:
    for values, share, reason in (
        (facts.declared, 1.0, "declared"),
        (facts.documented, DOCUMENTED_SHARE, "documented"),
    ):
        if values:
            best = sorted(values, reverse=True)[:BEST_OF]
            return share * sum(best) / len(best), reason
    return None, "nobody"


def _evidence(facts: Facts) -> tuple[float | None, str]:
    if facts.evidence_class is None or facts.direction in {"", "unclear"}:
        return None, "unmeasured" if facts.evidence_class is None else "unclear"
    if facts.direction == "better":
        return facts.evidence_class / HIGHEST_CLASS, "better"
    return 0.0, facts.direction


def _need(facts: Facts, wishes: Wishes) -> tuple[float | None, str]:
    wanted = len(wishes.fields_of_action) + len(wishes.tasks)
    if not wanted:
        return None, "no_wishes"
    met = len(wishes.fields_of_action & facts.fields_of_action) + len(wishes.tasks & facts.tasks)
    return met / wanted, "overlap"


def _preconditions(facts: Facts, wishes: Wishes) -> tuple[float | None, str]:
    """Return the share of the preconditions that are known on both sides and met."""
    met: list[bool] = []
    if facts.staff_hours_per_week is not None and wishes.staff_hours_per_week is not None:
        met.append(wishes.staff_hours_per_week >= facts.staff_hours_per_week)
    for needed, given in (
        (facts.networks, wishes.networks),
        (facts.base_components, wishes.base_components),
    ):
        if needed is not None and given is not None:
            met.append(needed <= given)
    return (sum(met) / len(met), "met") if met else (None, "unknown")


def _cost(facts: Facts, wishes: Wishes) -> tuple[float | None, str]:
    if facts.cost_eur is None or not wishes.ceiling_eur:
        return None, "no_costs" if facts.cost_eur is None else "no_ceiling"
    over = facts.cost_eur / wishes.ceiling_eur - 1
    return min(1.0, max(0.0, 1.0 - over)), "ceiling"


class Exclusion(NamedTuple):
    """Why a solution cannot be taken over now, or what is still to be clarified.

    ``is_open`` means an answer or a fact is missing: then nothing is excluded.
    """

    rule: str
    is_open: bool
    detail: str = ""


def exclusions(facts: Facts, wishes: Wishes, *, status: str, key: str = "") -> list[Exclusion]:
    """Return the rules that apply, in the order of the data file.

    A fact that is unknown on the side of the solution is no rule at all; an answer that is
    missing leaves the rule open, and so does a component that a neighbour may share.

    Args:
        facts: What is known of the solution.
        wishes: What the municipality answers.
        status: Of the solution.
        key: Official key of the municipality, which begins with that of its Land; empty if unknown.
    """
    found: list[Exclusion] = []
    if status == "ended":
        found.append(Exclusion("ended", is_open=False))
    found += _missing_component(facts, wishes)
    if facts.networks:
        lacking = facts.networks - (wishes.networks or frozenset())
        if lacking:
            is_open = wishes.networks is None
            found.append(Exclusion("network", is_open, ", ".join(sorted(lacking))))
    hours = facts.staff_hours_per_week
    if hours is not None:
        have = wishes.staff_hours_per_week
        if have is None or have < hours:
            found.append(Exclusion("staff", have is None, f"{hours:g}"))
    return [*found, *_terms(facts, wishes, key)]


def _missing_component(facts: Facts, wishes: Wishes) -> Iterator[Exclusion]:
    """Yield the components that are missing; what a neighbour runs only has to be asked for."""
    given, needed = wishes.base_components, facts.base_components or frozenset()
    lacking = sorted(needed - facts.base_offered - (given or frozenset()))
    if not lacking:
        return
    nearby = facts.base_nearby
    told = [f"{name} ({nearby[name]})" if name in nearby else name for name in lacking]
    is_open = given is None or all(name in nearby for name in lacking)
    yield Exclusion("base_component", is_open, ", ".join(told))


def _terms(facts: Facts, wishes: Wishes, key: str) -> Iterator[Exclusion]:
    """Yield what provider, law and licence forbid."""
    if facts.it_providers:
        own = wishes.it_provider.strip().casefold()
        if own not in {provider.strip().casefold() for provider in facts.it_providers}:
            yield Exclusion("it_provider", not own, ", ".join(sorted(facts.it_providers)))
    if is_law_elsewhere(facts, key):
        yield Exclusion("land_law", not key, ", ".join(sorted(facts.law_areas)))
    if facts.has_code and facts.licence.upper() in NO_LICENCE:
        yield Exclusion("licence", not facts.licence)


def is_law_elsewhere(facts: Facts, key: str) -> bool:
    """Say whether the law a solution rests on holds only in areas a municipality is not in."""
    areas = facts.law_areas
    return bool(areas) and not any(key.startswith(area) for area in areas if key)


def rank_key(match_: Match, solution_id: int) -> tuple[float, float, int]:
    """Return the order: lower end, upper end, id."""
    return (-match_.low, -match_.high, solution_id)
