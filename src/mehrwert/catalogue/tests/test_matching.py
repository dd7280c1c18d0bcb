"""Similarity and score: published numbers and properties (CAT-503 to CAT-509)."""

import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.catalogue.queries import read_places
from mehrwert.catalogue.rules.matching import Facts, Wishes, exclusions, match, rank_key
from mehrwert.catalogue.rules.places import Place
from mehrwert.catalogue.rules.similarity import (
    IQR_LN_DENSITY,
    IQR_LN_POPULATION,
    similarity_of,
)
from mehrwert.municipalities.actions import load_register
from mehrwert.municipalities.models import Municipality

WEIGHTS = {
    "similarity": 30,
    "evidence": 20,
    "need": 20,
    "preconditions": 15,
    "cost": 10,
    "freshness": 5,
}


@pytest.mark.django_db
def test_andernach_and_the_users_of_the_village_app():
    """6.2: the numbers of the specification to four decimals, and the scales behind them."""
    load_register()
    expected = {
        "05766020": (0.4142, 195.70, 0.5634),
        "12067120": (0.3490, 537.23, 0.5360),
        "12069397": (0.5470, 442.49, 0.4471),
        "12053000": (0.5411, 539.30, 0.4435),
        "13076060": (0.5937, 422.22, 0.4292),
    }
    found = read_places(("gemeinde", key) for key in ["07137003", *expected])
    home = found["gemeinde", "07137003"]
    for key, (difference, km, value) in expected.items():
        near = similarity_of(home, found["gemeinde", key])
        assert round(near.difference, 4) == difference
        assert near.distance_km == pytest.approx(km, abs=0.01)
        assert round(near.value, 4) == value
    towns = Municipality.objects.filter(level="gemeinde", population__gt=0)
    rows = towns.exclude(type__startswith="gemeindefreies").values_list("population", "area_km2")
    people = [math.log(population) for population, _ in rows]
    dense = [math.log(population / area) for population, area in rows]
    assert len(people) == 10_751
    for values, expected_range in ((people, IQR_LN_POPULATION), (dense, IQR_LN_DENSITY)):
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
        assert high - low == pytest.approx(expected_range, abs=5e-5)


def test_levels_are_never_compared_and_missing_terms_are_left_out():
    town = Place("gemeinde", "1", "A", 8000, 100.0, 3, land_code="05")
    assert similarity_of(town, Place("kreis", "2", "B", 8000, 100.0)) is None
    unknown = Place("gemeinde", "3", "C", 8000, land_code="05")
    assert similarity_of(town, unknown).value == 1.0
    assert "density" not in similarity_of(town, unknown).terms


def test_nothing_known_but_freshness_is_a_wide_range():
    found = match(Facts(), Wishes(), WEIGHTS)
    assert (found.low, found.high, found.known) == (5.0, 100.0, 1)


def test_documented_users_count_half():
    """Decision 39."""
    declared = match(Facts(declared=[0.8]), Wishes(), WEIGHTS).factors[0]
    documented = match(Facts(documented=[0.8]), Wishes(), WEIGHTS).factors[0]
    assert declared.points == pytest.approx(24.0)
    assert documented.points == pytest.approx(12.0)
    assert documented.reason == "documented"


@pytest.mark.parametrize(
    ("direction", "value"),
    [("better", 0.75), ("worse", 0.0), ("no_relevant_difference", 0.0), ("unclear", None)],
)
def test_only_better_gives_points_for_evidence(direction, value):
    """Decision 39."""
    found = match(Facts(evidence_class=3, direction=direction), Wishes(), WEIGHTS)
    assert found.factors[1].value == value


@pytest.mark.parametrize(("cost", "value"), [(900, 1.0), (1500, 0.5), (2000, 0.0), (9000, 0.0)])
def test_cost_falls_linearly_to_twice_the_ceiling(cost, value):
    found = match(Facts(cost_eur=cost), Wishes(ceiling_eur=1000), WEIGHTS)
    assert found.factors[4].value == pytest.approx(value)


FACT = {
    "declared": [0.4],
    "evidence_class": 2,
    "direction": "better",
    "cost_eur": 10.0,
    "staff_hours_per_week": 3.0,
    "networks": frozenset({"lorawan"}),
}


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(sorted(FACT))), st.sampled_from(sorted(FACT)))
def test_a_known_value_never_widens_the_range(known, added):
    """CAT-509."""
    wishes = Wishes(staff_hours_per_week=2, networks=frozenset({"lorawan"}), ceiling_eur=5.0)
    before = match(Facts(**{name: FACT[name] for name in known}), wishes, WEIGHTS)
    after = match(Facts(**{name: FACT[name] for name in known | {added}}), wishes, WEIGHTS)
    assert after.high - after.low <= before.high - before.low


NEEDS = Facts(
    staff_hours_per_week=4.0,
    networks=frozenset({"lorawan"}),
    base_components=frozenset({"udp"}),
)


@pytest.mark.parametrize(
    ("wishes", "rule"),
    [
        (Wishes(staff_hours_per_week=1), "staff"),
        (Wishes(networks=frozenset()), "network"),
        (Wishes(base_components=frozenset()), "base_component"),
    ],
)
def test_a_rule_excludes_only_when_the_answer_is_known(wishes, rule):
    """CAT-504."""
    closed = {found.rule for found in exclusions(NEEDS, wishes, status="") if not found.is_open}
    assert closed == {rule}
    assert all(found.is_open for found in exclusions(NEEDS, Wishes(), status="pilot"))


def test_ended_solutions_are_excluded_and_say_so():
    assert [found.rule for found in exclusions(Facts(), Wishes(), status="ended")] == ["ended"]


def test_the_order_is_lower_end_upper_end_id():
    """CAT-503."""
    wide = match(Facts(), Wishes(), WEIGHTS)
    narrow = match(Facts(evidence_class=1, direction="worse"), Wishes(), WEIGHTS)
    assert sorted([(narrow, 1), (wide, 3), (wide, 2)], key=lambda pair: rank_key(*pair)) == [
        (wide, 2),
        (wide, 3),
        (narrow, 1),
    ]
