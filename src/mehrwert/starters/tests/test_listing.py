"""Packages in the catalogue: found by the search, no effect claimed."""

import pytest

from mehrwert.catalogue.actions import import_bundled
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import validate
from mehrwert.starters import actions
from mehrwert.starters.library import bundled

pytestmark = pytest.mark.django_db


def test_every_package_has_an_entry_that_claims_no_effect_and_is_written_once():
    assert actions.list_in_catalogue() == len(bundled())
    assert actions.list_in_catalogue() == 0
    for package in bundled():
        row = Solution.objects.get(slug=package.solution)
        assert validate(row.profile | {"mehrwert_version": "1"}) == []
        assert row.is_public
        assert row.evidence_class is None
        assert row.level in {"minimal", "stub"}


def test_the_bundled_collection_leaves_the_entries_alone():
    actions.list_in_catalogue()
    import_bundled(is_forced=True)
    rows = Solution.objects.filter(slug__in=[package.solution for package in bundled()])
    assert {row.is_gone for row in rows} == {False}
