"""Rules to watch over and rounds that follow."""

from mehrwert.alerts import actions
from mehrwert.alerts.access import find_rule
from mehrwert.alerts.choices import RuleKind, TaskKind
from mehrwert.alerts.queries import list_stops, list_tasks
from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope


def choice(**changes):
    given = {
        "title": "Bach steigt",
        "kind": RuleKind.ABOVE,
        "threshold": 0.8,
        "recipients": ("wehr@auental.example",),
    }
    return actions.RuleChoice(**{**given, **changes})


def watching(tenant_id, datastream_id, **changes):
    """Make a rule and switch it on; return its id."""
    with tenant_scope(tenant_id):
        row = actions.create_rule(tenant_id, datastream_id, choice(**changes), actor=SYSTEM)
        actions.switch_rule(row, is_active=True, actor=SYSTEM)
        return row.pk


def rule_of(tenant_id, rule_id):
    with tenant_scope(tenant_id):
        return find_rule(rule_id)


def make_plan(tenant_id, **changes):
    """Make a plan of rounds from a depot in Auental; return it."""
    given = {
        "title": "Gießrunde",
        "kind": TaskKind.WATER,
        "start": (7.60, 51.95),
        "start_name": "Bauhof",
    }
    with tenant_scope(tenant_id):
        return actions.create_plan(
            tenant_id, actions.PlanChoice(**{**given, **changes}), actor=SYSTEM
        )


def open_round(tenant_id):
    """Return the ids of the newest round, its plan and its first place, as addresses name them."""
    with tenant_scope(tenant_id):
        task = list_tasks()[0]
        stop = list_stops(task)[0]
        return {"task_id": task.pk, "plan_id": task.plan_id, "stop_id": stop.pk}
