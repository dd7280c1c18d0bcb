"""The public register: how many plans there are, and whose result is missing."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from mehrwert.evidence.choices import PlanState
from mehrwert.evidence.models import RegisteredPlan
from mehrwert.evidence.rules import PoolRegister

from .keys import PoolKey

NOT_REPORTED = (PlanState.PLANNED.value, PlanState.WITHDRAWN.value)


def today_in_register() -> date:
    """Return the day against which due results are judged."""
    return timezone.localdate()


def pool_register(key: PoolKey) -> PoolRegister:
    """Count what the register says of a pool: planned, reported, overdue, not measurable."""
    return registers_of({key.solution_root}).get(key, PoolRegister())


def registers_of(roots: set[str]) -> dict[PoolKey, PoolRegister]:
    """Return the counts of all pools of these solutions, in one statement."""
    today = today_in_register()
    states: dict[PoolKey, list[str]] = {}
    rows = RegisteredPlan.public.filter(solution_root__in=roots).values_list(
        "solution_root", "indicator_key", "scale", "is_demo", "state", "due_on"
    )
    for root, indicator, scale, is_demo, state, due_on in rows:
        is_late = state in NOT_REPORTED and due_on < today
        key = PoolKey(root, indicator, scale, is_demo)
        states.setdefault(key, []).append("overdue" if is_late else state)
    return {
        key: PoolRegister(
            planned=len(found),
            reported=found.count(PlanState.REPORTED.value),
            overdue=found.count("overdue"),
            not_measurable=found.count(PlanState.NOT_MEASURABLE.value),
        )
        for key, found in states.items()
    }


def count_mechanisms(key: PoolKey) -> int:
    """Return how many municipalities fixed in their plan how it should come about (EVI-38)."""
    rows = RegisteredPlan.public.filter(**key.fields()).values_list("tenant_id", "document")
    return len({town for town, document in rows if document.get("mechanism")})


def list_register(*, only_overdue: bool = False) -> "QuerySet[RegisteredPlan]":
    """Return the public register of plans, newest first; or those whose result is overdue."""
    rows = RegisteredPlan.public.order_by("-frozen_us", "-pk")
    if only_overdue:
        rows = rows.filter(state__in=NOT_REPORTED, due_on__lt=today_in_register())
    return rows


def list_overdue() -> "QuerySet[RegisteredPlan]":
    """Return plans whose result should have been filed."""
    return list_register(only_overdue=True)
