"""Rules to watch over."""

from mehrwert.alerts import actions
from mehrwert.alerts.access import find_rule
from mehrwert.alerts.choices import RuleKind
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
