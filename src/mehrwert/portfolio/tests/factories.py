"""Projects to work with."""

from datetime import date

from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.portfolio import actions
from mehrwert.portfolio.models import Project

LENA = Actor("user", 1, "Lena Amtmann")
START = date(2026, 1, 1)


def six_fields(**changes):
    given = {
        "title": "Bäume nach Bedarf gießen",
        "field_of_action": "Klimaanpassung",
        "goal": "Der Bauhof verbraucht weniger Gießwasser.",
        "unit": "Bauhof",
        "starts_on": START,
    }
    return actions.NewProject(**{**given, **changes})


def make_project(tenant_id, **changes) -> Project:
    """Create a project; fields beyond the six are filled in as somebody would later."""
    six = {k: v for k, v in changes.items() if k in actions.NewProject.__slots__}
    later = {k: v for k, v in changes.items() if k not in six}
    with tenant_scope(tenant_id):
        row = actions.create_project(six_fields(**six), actor=SYSTEM)
        return actions.update_project(row, later, actor=SYSTEM) if later else row
