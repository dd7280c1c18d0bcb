"""Reads the money of a project: sheet, plan, rate of the day, measured effect."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from mehrwert.base.clock import from_us, now_us
from mehrwert.portfolio.choices import VatState
from mehrwert.portfolio.facts import read_discount_rates
from mehrwert.portfolio.models import CostSheet, MeasuredEffect, MoneyPlan, Project
from mehrwert.portfolio.queries.costs import list_lines, population_of, read_sheet
from mehrwert.portfolio.queries.financing import list_fundings
from mehrwert.portfolio.rules.costs import DatedRate, needs_check, rate_on
from mehrwert.portfolio.rules.financing import Funded
from mehrwert.portfolio.rules.money import (
    Benefit,
    Effect,
    MoneyFacts,
    Terms,
    money_facts,
    own_cost_of,
)
from mehrwert.stats.cost_benefit import OwnCost
from mehrwert.stats.mixture import Mixture

CHECK_DAYS = 548  # 18 months (decisions 44)
USUAL_YEARS = 5


@dataclass(frozen=True, slots=True)
class ChosenRate:
    """The rate a capital value is worked out with, and what must be said about it.

    ``dated`` is the dated fact it comes from, None for an own rate or where no fact covers the day.
    """

    rate: Decimal
    dated: DatedRate | None
    is_own: bool
    must_check: bool


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """Everything the money page of a project shows; ``facts`` None while no cost is entered.

    ``own`` is what is left after funding, None without any.
    """

    sheet: CostSheet | None
    plan: MoneyPlan | None
    effect: MeasuredEffect | None
    rate: ChosenRate
    base_year: int
    years: int
    population: int | None
    facts: MoneyFacts | None
    own: OwnCost | None


def read_money(project: Project) -> ProjectMoney:
    """Return the money of a project."""
    sheet = read_sheet(project)
    plan = MoneyPlan.objects.filter(project=project).first()
    effect = MeasuredEffect.objects.filter(project=project).first()
    rate = chosen_rate(plan, from_us(now_us()).date())
    years = plan.years if plan else USUAL_YEARS
    facts = None
    if sheet is not None:
        facts = money_facts(
            list(list_lines(sheet).values()),
            VatState(sheet.vat),
            Terms(years, float(rate.rate)),
            benefit=_benefit(plan),
            effect=effect_of(effect),
            shared=_shared(plan),
        )
    base_year = plan.base_year if plan else project.starts_on.year
    fundings = [
        Funded(str(row.pk), Decimal(0), row.share, row.ends_on) for row in list_fundings(project)
    ]
    return ProjectMoney(
        sheet,
        plan,
        effect,
        rate,
        base_year,
        years,
        population_of(sheet) if sheet else None,
        facts,
        own_cost_of(facts.total.per_year, fundings, base_year) if facts else None,
    )


def chosen_rate(plan: MoneyPlan | None, today: date) -> ChosenRate:
    """Return the own rate, else the dated one of today; it says whether it must be checked."""
    dated = rate_on(read_discount_rates(), today.isoformat())
    if plan is not None and plan.own_rate is not None:
        return ChosenRate(plan.own_rate, dated, is_own=True, must_check=False)
    oldest = (today - timedelta(days=CHECK_DAYS)).isoformat()
    return ChosenRate(
        dated.rate if dated else Decimal("0.03"),
        dated,
        is_own=False,
        must_check=needs_check(dated, today.isoformat(), oldest),
    )


def _benefit(plan: MoneyPlan | None) -> Benefit:
    if plan is None:
        return Benefit(None, None)
    return Benefit(plan.benefit_budget, plan.benefit_other, plan.yearly_base)


def _shared(plan: MoneyPlan | None) -> tuple[Decimal, Decimal] | None:
    if plan is None or plan.shared_once is None or plan.shared_yearly is None:
        return None
    return plan.shared_once, plan.shared_yearly


def effect_of(row: MeasuredEffect | None) -> Effect | None:
    """Return a stored effect as the rules take it."""
    if row is None:
        return None
    df = row.law.get("df")
    weights, centres, scales = (np.array(row.law[n]) for n in ("weights", "centres", "scales"))
    law = Mixture(weights, centres, scales, float("inf") if df is None else float(df))
    return Effect(row.theta, row.low, row.high, law, row.good_is_up)
