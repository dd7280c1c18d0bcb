"""Freshness falls by itself, in rows and search (CAT-206, 2.1)."""

import pytest
import time_machine

from mehrwert.catalogue.actions import import_bundled
from mehrwert.catalogue.jobs import age_solutions
from mehrwert.catalogue.models import SearchEntry, Solution

pytestmark = pytest.mark.django_db


def test_a_year_later_entries_are_older_and_rank_so():
    with time_machine.travel("2026-11-27T12:00:00Z", tick=False):
        import_bundled()
        assert age_solutions.func() == 0
    before = Solution.objects.get(slug="hal-plan").freshness_factor
    with time_machine.travel("2027-11-27T12:00:00Z", tick=False):
        assert age_solutions.func() > 0
        assert age_solutions.func() == 0
    solution = Solution.objects.get(slug="hal-plan")
    assert solution.freshness_factor < before == 1.0
    assert SearchEntry.objects.get(pk=solution.pk).freshness == solution.freshness_factor
