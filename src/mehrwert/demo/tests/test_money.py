"""Auental says what it uses and pays; nothing of it hangs on a real solution."""

from datetime import date

import pytest

from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.models import Adoption, CostRecord
from mehrwert.catalogue.queries import list_rows, read_costs, read_course
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.demo import actions
from mehrwert.demo.actions.money import BLOCKS
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.portfolio.queries import list_adoptions, list_shares

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


def test_what_is_used_and_paid_is_invented_and_told_once():
    """Decisions 37: only the invented solution has users, spans and a course."""
    town = make_tenant("auental", population=8200)
    assert actions.load_money(town.pk, TODAY) == 0
    solution = make_solution("demo-baumbewaesserung", name="Demo: Baumbewässerung")
    assert actions.load_money(town.pk, TODAY) == 3
    assert actions.load_money(town.pk, TODAY) == 0
    with tenant_scope(town.pk):
        assert [row.is_demo for row in list_adoptions()] == [True]
        assert [row.is_demo for row in list_shares()] == [True]
    assert list_rows([solution.pk])[0].uses.declared == {"demo": 4}
    paid = read_costs(solution, 8200)
    assert (paid.every.n, paid.n_lower_bounds) == (4, 1)
    assert paid.total is not None
    assert sum(block.total is not None for block in paid.blocks) == len(BLOCKS)
    assert read_course(solution).is_enough
    assert set(Adoption.objects.values_list("place_level", flat=True)) == {"demo"}
    assert set(CostRecord.objects.values_list("solution__slug", flat=True)) == {solution.slug}
