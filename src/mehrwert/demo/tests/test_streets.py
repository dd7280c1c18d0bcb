"""The phone desk of Auental has something to say, and all of it is invented."""

from datetime import date

import pytest

from mehrwert.base.tenant import tenant_scope
from mehrwert.demo import actions
from mehrwert.geodata import queries
from mehrwert.geodata.models import Closure
from mehrwert.municipalities.tests.fixtures import make_tenant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


def test_streets_are_closed_once_in_every_state():
    tenant = make_tenant("auental")
    assert actions.load_closures(tenant.pk, TODAY) == 4
    assert actions.load_closures(tenant.pk, TODAY) == 0
    with tenant_scope(tenant.pk):
        states = {queries.state_of(row, TODAY).value for row in Closure.objects.all()}
        assert states == {"active", "unconfirmed", "planned"}
        assert {row.is_demo for row in Closure.objects.all()} == {True}
        tally = queries.read_tally(TODAY)
    assert (tally.answered, tally.forwarded) == (4, 1)
