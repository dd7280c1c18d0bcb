"""Who learned from whom: map, table and file show the same (TRF-102, TRF-105, TRF-112)."""

import re

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.catalogue.actions import Declaration, import_bundled, record_adoption
from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import Asked, read_transfers
from mehrwert.municipalities.tests.fixtures import make_tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle():
    import_bundled()


def lines_of(client, query):
    answer = client.get(f"/loesungen/netz.csv?{query}")
    return len(b"".join(answer.streaming_content).decode().splitlines()) - 1


@pytest.mark.parametrize(
    ("query", "n"),
    [("", 52), ("art=test", 11), ("art=planned", 7), ("art=alle", 89), ("art=reuse&jahr=1999", 0)],
)
def test_page_and_file_count_the_same_for_any_filter(client, bundle, query, n):
    page = client.get(f"/loesungen/netz/?{query}").content.decode()
    said = re.search(r"(\d+) Eintr", page)
    assert (int(said[1]) if said else 0) == lines_of(client, query) == n


def test_kinds_are_counted_apart_and_never_as_reuse(client, bundle):
    """TRF-102: no page shows 89 as reuse."""
    page = client.get("/loesungen/netz/").content.decode()
    assert "nachgenutzt (52)" in page
    assert "befristeter Test (11)" in page
    assert "89" not in re.findall(r"\((\d+)\)", page)


def test_years_and_lands_add_up_to_the_kind(bundle):
    found = read_transfers(Asked())
    assert sum(found.years.values()) == sum(found.lands.values()) == len(found.rows) == 52
    one = found.lands.most_common(1)[0]
    assert len(read_transfers(Asked(land=one[0])).rows) == one[1]


def test_an_origin_that_is_not_proven_has_no_arrow(bundle):
    """TRF-105."""
    rows = read_transfers(Asked(relation="")).rows
    assert not any(one.has_arrow for one in rows if one.row.origin_basis in ("none", "third-party"))


def test_what_a_town_declares_stands_for_the_source_beside_it(bundle):
    tenant = make_tenant("probeort")
    told = Declaration(Relation.REUSE, AdoptionStatus.LIVE, "2026-01")
    solution = Solution.objects.get(slug="dipas")
    record_adoption(solution, tenant, told, verified_on=None, actor=SYSTEM)
    rows = read_transfers(Asked()).rows
    assert len(rows) == 53
    assert rows[0].row.tenant_id == tenant.pk
