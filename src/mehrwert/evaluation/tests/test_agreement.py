"""How far municipalities agree, and that nobody can tell who said what (EVI-34)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.evaluation import queries
from mehrwert.evaluation.models import Answer
from mehrwert.evaluation.rules.agreement import KINDS, LEAST, Said, agree, kind_of
from mehrwert.municipalities.tests.fixtures import make_tenant

CODES = {"B2": ("yes", "shared", "no")}


def said(*towns):
    return [Said("B2", code, number, kind) for number, (code, kind) in enumerate(towns)]


@pytest.mark.parametrize(
    ("population", "kind"),
    [(4_999, "small"), (5_000, "middle"), (20_000, "town"), (100_000, "city"), (None, "unknown")],
)
def test_municipalities_are_told_apart_by_size(population, kind):
    assert kind_of(population) == kind


def test_cells_below_three_are_not_shown():
    towns = [("yes", "small")] * 4 + [("yes", "middle")] * 3 + [("no", "small")] * 2
    (found,) = agree(said(*towns), CODES)
    by_code = {line.code: line for line in found.lines}
    assert found.n == 9
    assert by_code["yes"].n == 7
    assert (by_code["yes"].by_kind["small"], by_code["yes"].by_kind["middle"]) == (4, 3)
    assert by_code["no"].n is None
    assert by_code["shared"].n is None


def test_what_is_hidden_alone_cannot_be_found_by_subtracting():
    towns = [("yes", "small")] * 5 + [("yes", "middle")] * 3 + [("yes", "city")]
    (found,) = agree(said(*towns), CODES)
    (line, *_rest) = found.lines
    assert line.n == 9
    assert [kind for kind, n in line.by_kind.items() if n is not None] == ["small"]


def test_two_municipalities_are_no_overview():
    (found,) = agree(said(("yes", "small"), ("no", "small")), CODES)
    assert (found.n, found.lines) == (None, ())


def test_many_roles_of_one_municipality_count_once():
    same = [Said("B2", "yes", 1, "small")] * 5
    assert agree(same, CODES)[0].n is None


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CODES["B2"]), st.sampled_from(KINDS)), max_size=30))
def test_no_cell_shows_less_than_three_and_no_single_gap_remains(towns):
    (found,) = agree(said(*towns), CODES)
    for line in found.lines:
        shown = [n for n in line.by_kind.values() if n is not None]
        assert all(n >= LEAST for n in (*shown, line.n or LEAST))
        if line.n is not None and line.n != sum(shown):
            missing = [
                kind for kind in KINDS
                if line.by_kind[kind] is None and (line.code, kind) in towns
            ]  # fmt: skip
            assert len(missing) != 1 or len(shown) == 0


@pytest.mark.django_db(transaction=True, databases=["default", "observations"])
def test_the_overview_counts_over_municipalities_and_names_none(town):
    """Three others said yes; invented and real ones are never counted together."""
    row = town.frozen()
    others = [make_tenant(f"ort-{n}", population=3_000) for n in range(4)]
    for number, tenant in enumerate((town.tenant, *others)):
        Answer.counted.create(
            tenant_id=tenant.pk, evaluation=row, question="B2", version="1", role="project",
            moment=("start", "P1", "P2", "P3", "end")[number], code="yes", answered_us=0,
        )  # fmt: skip
    found = {one.question: one for one in queries.read_agreement(is_demo=town.tenant.is_demo)}
    assert found["B2"].n == 4  # what is said before the start is a guess, not experience
    other = queries.read_agreement(is_demo=not town.tenant.is_demo)
    assert all(one.n is None for one in other)
    page = town.clients["viewer"].get(town.path("antworten/")).content.decode()
    assert "4 Kommunen haben geantwortet" in page
    assert "ort-1" not in page
    table = b"".join(town.clients["viewer"].get(town.path("antworten.csv"))).decode()
    assert "B2" in table
