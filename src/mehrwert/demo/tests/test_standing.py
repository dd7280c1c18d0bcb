"""Where the invented towns stand tells something: a year ago beside today, with documents."""

from datetime import date

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo import actions
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.provision import queries

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2026, 11, 28)


def test_auental_has_moved_within_a_year_and_is_marked_as_invented():
    """PF-07, PF-09: the change is explained, every answer names its document."""
    tenant = make_tenant("auental", population=8200)
    for _ in range(2):
        actions.keep_last_year(tenant.pk, TODAY)
        actions.keep_today(tenant.pk, TODAY)
    with tenant_scope(tenant.pk):
        now, before = queries.list_assessments()
        assert (now.is_demo, before.is_demo) == (True, True)
        changed = {one.key for one in queries.list_differences(before, now)}
        assert {"E3", "E8", "T2"} <= changed
        said = queries.read_answers()
        assert all("erfunden" in one.document_title for one in said.values() if one.document_on)


def test_the_town_of_the_story_answers_once():
    tenant = make_tenant("quellrode")
    for _ in range(2):
        actions.keep_story_town(tenant.pk, TODAY, SYSTEM)
    with tenant_scope(tenant.pk):
        assert queries.list_assessments().count() == 1
        assert set(queries.read_answers()) == {"E3", "E4", "T11"}
