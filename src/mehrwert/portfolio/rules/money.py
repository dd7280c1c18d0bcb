"""The money of a project: total cost, capital value at two rates, what a measured effect is worth.

Positions nobody knows make costs a lower bound and capital values an upper bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mehrwert.portfolio.choices import WITHOUT_VAT, Position, VatState
from mehrwert.portfolio.rules.costs import FULL_VAT, Line, per_year
from mehrwert.portfolio.rules.financing import Funded, lost_in_year
from mehrwert.stats.capital_value import Bridge, annuity_factor, net_present_value
from mehrwert.stats.cost_benefit import (
    SECOND_RATE,
    CapitalValue,
    Flows,
    OwnCost,
    TotalCost,
    capital_value,
    own_cost,
    total_cost,
)
from mehrwert.stats.mixture import Mixture

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """Years of operation, and the rate: the dated one or an own one."""

    years: int
    rate: float


@dataclass(frozen=True, slots=True)
class Benefit:
    """Euros a year; None = nobody knows. ``yearly_base`` is B of the measured effect."""

    in_budget: Decimal | None
    outside_budget: Decimal | None
    yearly_base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A measured effect: θ with its 95 % interval and its whole distribution."""

    theta: float
    low: float
    high: float
    law: Mixture
    good_is_up: bool = False


@dataclass(frozen=True, slots=True)
class EffectMoney:
    """What a measured effect is worth at one rate and one cost.

    Attributes:
        value, low, high: Capital value with interval.
        needed: Share of B that must be saved to break even; None: it cannot carry itself.
        p_positive: P(capital value > 0).
    """

    value: float
    low: float
    high: float
    needed: float | None
    p_positive: float


@dataclass(frozen=True, slots=True)
class RateCase:
    """Everything at one rate; None where its numbers are missing."""

    rate: float
    capital: CapitalValue | None
    alone: EffectMoney | None
    shared: EffectMoney | None


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """All numbers of the money page.

    Attributes:
        positions: Position → euros of the years 0 … n, None unknown; all fourteen.
        total: Their sum.
        net_total, gross_total: With 0 and with 19 per cent VAT.
        cases: First the rate chosen, then 3 per cent.
    """

    positions: Mapping[str, Sequence[Decimal] | None]
    total: TotalCost
    net_total: Decimal
    gross_total: Decimal
    cases: tuple[RateCase, ...]


def money_facts(
    lines: Sequence[Line],
    vat: VatState,
    terms: Terms,
    *,
    benefit: Benefit,
    effect: Effect | None = None,
    shared: tuple[Decimal, Decimal] | None = None,
) -> MoneyFacts:
    """Work out a project.

    Args:
        lines: Of the cost sheet.
        vat: How they are meant.
        terms: Years and rate.
        benefit: What is known.
        effect: As measured; None while nothing is measured.
        shared: Own one-off and yearly cost in shared operation.
    """
    years, rate = terms.years, terms.rate
    positions = positions_of(lines, vat, years)
    total = total_cost(positions, years)
    net, gross = _vat_scenarios(lines, vat, years)
    rates = [rate] if rate == SECOND_RATE else [rate, SECOND_RATE]
    cases = tuple(
        RateCase(
            one,
            _capital(total, benefit, one, years),
            _worth(list(map(float, total.per_year)), benefit, effect, one, years),
            _worth(_flows(shared, years), benefit, effect, one, years) if shared else None,
        )
        for one in rates
    )
    return MoneyFacts(positions, total, net, gross, cases)


def own_cost_of(
    per_year: Sequence[Decimal], fundings: Sequence[Funded], base_year: int
) -> OwnCost | None:
    """Return what is left to the town each year, and the jump after funding (PF-132).

    A funding bears its share of the running cost until its last day, exact to the day; the first
    year holds no running cost. None without any funding.
    """
    if not fundings:
        return None
    given = [ZERO]
    for year, cost in enumerate(per_year[1:], start=base_year + 1):
        shares = (
            cost * one.share - lost_in_year(replace(one, running_eur=cost), year)
            for one in fundings
        )
        given.append(min(cost, sum(shares, ZERO)))
    return own_cost(per_year, given)


def positions_of(
    lines: Sequence[Line], vat: VatState, years: int
) -> dict[str, list[Decimal] | None]:
    """Return all fourteen positions as the town bears them; unknown VAT stays unknown."""
    found = per_year(lines, years, vat_rate=FULL_VAT if vat is VatState.EXCLUDED else None)
    if vat is VatState.UNKNOWN:
        found[Position.VAT] = None
    return found


def _vat_scenarios(lines: Sequence[Line], vat: VatState, years: int) -> tuple[Decimal, Decimal]:
    """Return the total without and with 19 per cent, whatever the amounts were meant as."""
    found = per_year(lines, years)
    free = sum((sum(a, ZERO) for p, a in found.items() if a and p in WITHOUT_VAT), ZERO)
    taxed = sum((sum(a, ZERO) for p, a in found.items() if a and p not in WITHOUT_VAT), ZERO)
    if vat is VatState.INCLUDED:
        return free + taxed / (1 + FULL_VAT), free + taxed
    return free + taxed, free + taxed * (1 + FULL_VAT)


def _capital(total: TotalCost, benefit: Benefit, rate: float, years: int) -> CapitalValue | None:
    if benefit.in_budget is None and benefit.outside_budget is None:
        return None
    flows = Flows(
        total.per_year,
        [ZERO, *[benefit.in_budget or ZERO] * years],
        [ZERO, *[benefit.outside_budget or ZERO] * years],
    )
    return capital_value(flows, rate)


def _flows(shared: tuple[Decimal, Decimal], years: int) -> list[float]:
    once, yearly = shared
    return [float(once), *[float(yearly)] * years]


def _worth(
    costs: Sequence[float], benefit: Benefit, effect: Effect | None, rate: float, years: int
) -> EffectMoney | None:
    if effect is None or not benefit.yearly_base:
        return None
    bridge = Bridge(
        -net_present_value(costs, rate),
        float(benefit.yearly_base),
        annuity_factor(years, rate),
        effect.good_is_up,
    )
    low, high = bridge.interval(effect.low, effect.high)
    return EffectMoney(
        bridge.capital_value(effect.theta),
        low,
        high,
        _needed(bridge),
        bridge.probability(effect.law),
    )


def _needed(bridge: Bridge) -> float | None:
    """Return the share of B that must be saved, or gained, to break even."""
    if bridge.break_even() is None:
        return None
    return -bridge.base_value / (bridge.annuity * bridge.yearly_base)
