"""Alert rules and evaluation plans of a package, through the actions of their rooms."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mehrwert.alerts import actions as alerts
from mehrwert.alerts.access import find_rule
from mehrwert.alerts.errors import UnknownRuleError
from mehrwert.base.actor import Actor
from mehrwert.evaluation import actions as evaluation
from mehrwert.evaluation.access import find_evaluation
from mehrwert.evaluation.choices import EvaluationState
from mehrwert.evaluation.errors import UnknownEvaluationError
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import plan_of
from mehrwert.starters.alerting import rule_choice
from mehrwert.starters.format.model import Package
from mehrwert.starters.models import Installation
from mehrwert.stats.effect_rules import EFFECTS


def make_rule(tenant_id: int, series_id: int, values: Mapping[str, Any], *, actor: Actor) -> int:
    """Make a rule that watches from the next reading on; return its id."""
    row = alerts.create_rule(tenant_id, series_id, rule_choice(values), actor=actor)
    alerts.switch_rule(row, is_active=True, actor=actor)
    return row.pk


def change_rule(rule_id: int, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Give a rule new values; one that somebody deleted stays deleted."""
    try:
        row = find_rule(rule_id)
    except UnknownRuleError:
        return
    kept = alerts.choice_of(row)
    wanted = rule_choice(values)
    alerts.save_rule(row, _with_local(wanted, kept), actor=actor)


def remove_rule(rule_id: int, *, is_forgotten: bool, actor: Actor) -> None:
    """Delete a rule, with what it raised if that is to be forgotten."""
    try:
        row = find_rule(rule_id)
    except UnknownRuleError:
        return
    alerts.delete_rule(row, is_forgotten=is_forgotten, actor=actor)


@dataclass(frozen=True, slots=True)
class PlanInput:
    """What a plan is made of: the package, its plan and indicator, the series it looks at."""

    package: Package
    values: Mapping[str, Any]
    indicator: Mapping[str, Any]
    unit: str
    series_id: int


def make_plan(row: Installation, given: PlanInput, *, actor: Actor) -> int:
    """Draft the evaluation; a person fixes it. Return its id."""
    made = evaluation.create_evaluation(
        plan_for(row, given), solution=given.package.title, is_demo=row.is_demo, actor=actor
    )
    return made.pk


def change_plan(evaluation_id: int, row: Installation, given: PlanInput, *, actor: Actor) -> None:
    """Give a draft new values; a fixed plan never changes, comparison series stay."""
    draft = draft_of(evaluation_id)
    if draft is None:
        return
    here = plan_of(draft)
    plan = replace(
        plan_for(row, given),
        comparisons=here.comparisons,
        no_effect=here.no_effect,
        events=here.events,
        first_month=here.first_month,
        start_month=here.start_month,
        last_month=here.last_month,
    )
    evaluation.update_plan(draft, plan, solution=draft.solution, actor=actor)


def remove_plan(evaluation_id: int, *, actor: Actor) -> bool:
    """Discard a draft; say whether something stays because it was fixed."""
    try:
        row = find_evaluation(evaluation_id)
    except UnknownEvaluationError:
        return False
    if row.state != EvaluationState.DRAFT.value:
        return True
    evaluation.discard_draft(row, actor=actor)
    return False


def draft_of(evaluation_id: int) -> Evaluation | None:
    """Return an evaluation that is a draft, else None."""
    try:
        row = find_evaluation(evaluation_id)
    except UnknownEvaluationError:
        return None
    return row if row.state == EvaluationState.DRAFT.value else None


def plan_for(row: Installation, given: PlanInput) -> evaluation.Plan:
    """Return the plan: the package knows how, the town said what and from when (decisions 48)."""
    package, values, indicator = given.package, given.values, given.indicator
    start = int(row.answers["start_month"])
    return evaluation.Plan(
        title=f"{package.title}: {indicator['name']}",
        goal=values["goal"],
        beneficiaries=values["beneficiaries"],
        benefit_kind=values["benefit_kind"],
        solution_root=package.solution,
        indicator_key=indicator["key"],
        indicator_name=indicator["name"],
        unit=given.unit,
        datastream_id=given.series_id,
        good_direction=indicator["good_direction"],
        scale=indicator["scale"],
        first_month=start - int(values["months_before"]),
        start_month=start,
        last_month=start + int(values["months_after"]) - 1,
        sesoi=math.log1p(float(values["sesoi_percent"]) / 100),
        shape=values["shape"],
        ramp_months=int(values.get("ramp_months") or 1),
        is_count=bool(indicator.get("is_count")),
        is_proxy=bool(indicator.get("is_proxy")),
        ruleset=EFFECTS.version,
    )


def _with_local(wanted: alerts.RuleChoice, kept: alerts.RuleChoice) -> alerts.RuleChoice:
    """Return the rule with what no package speaks of as it is here: quiet hours, next in line."""
    return replace(
        wanted,
        escalate_to=kept.escalate_to,
        escalate_after_s=kept.escalate_after_s,
        quiet_from=kept.quiet_from,
        quiet_until=kept.quiet_until,
    )
