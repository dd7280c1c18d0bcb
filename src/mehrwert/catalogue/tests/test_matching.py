"""Similarity and score: published numbers and properties (CAT-503 to CAT-509)."""

import math
import statistics
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.catalogue.queries import read_method, read_places, valid_rules
from mehrwert.catalogue.rules.matching import Facts, Wishes, exclusions, match, rank_key
from mehrwert.catalogue.rules.places import Place
from mehrwert.catalogue.rules.similarity import (
    IQR_LN_DENSITY,
    IQR_LN_POPULATION,
    similarity_of,
)
from mehrwert.municipalities.actions import load_register
from mehrwert.municipalities.models import Municipality
from mehrwert.municipalities.tests.fixtures import official

from .factories import body, make_solution

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


LORA, UDP = frozenset({"lorawan"}), frozenset({"udp"})
NONE: frozenset[str] = frozenset()
HERE = "07137003"


@pytest.mark.parametrize(
    ("rule", "facts", "refused", "met", "unknown"),
    [
        (
            "staff",
            Facts(staff_hours_per_week=4.0),
            Wishes(staff_hours_per_week=3.9),
            Wishes(staff_hours_per_week=4),
            Wishes(),
        ),
        ("network", Facts(networks=LORA), Wishes(networks=NONE), Wishes(networks=LORA), Wishes()),
        (
            "base_component",
            Facts(base_components=UDP),
            Wishes(base_components=NONE),
            Wishes(base_components=UDP),
            Wishes(),
        ),
        (
            "it_provider",
            Facts(it_providers=frozenset({"Haus A"})),
            Wishes(it_provider="Haus B"),
            Wishes(it_provider="haus a"),
            Wishes(),
        ),
    ],
)
def test_a_rule_excludes_only_when_the_answer_is_known(rule, facts, refused, met, unknown):
    """CAT-504: one case per rule, one with the answer unknown."""

    def told(wishes):
        return [(found.rule, found.is_open) for found in exclusions(facts, wishes, status="pilot")]

    assert told(refused) == [(rule, False)]
    assert told(met) == []
    assert told(unknown) == [(rule, True)]


@pytest.mark.parametrize(
    ("facts", "status", "key", "told"),
    [
        (Facts(), "ended", HERE, [("ended", False)]),
        (Facts(law_areas=frozenset({"09"})), "pilot", HERE, [("land_law", False)]),
        (Facts(law_areas=frozenset({"09", "07137"})), "pilot", HERE, []),
        (Facts(law_areas=frozenset({"09"})), "pilot", "", [("land_law", True)]),
        (Facts(has_code=True, licence="none"), "pilot", HERE, [("licence", False)]),
        (Facts(has_code=True), "pilot", HERE, [("licence", True)]),
        (Facts(has_code=True, licence="EUPL-1.2"), "pilot", HERE, []),
        (Facts(base_components=UDP, base_offered=UDP), "pilot", HERE, []),
    ],
)
def test_rules_that_need_no_answer(facts, status, key, told):
    """CAT-504: end, law of the Land, licence; what the county runs is not missing."""
    found = exclusions(facts, Wishes(base_components=NONE), status=status, key=key)
    assert [(rule.rule, rule.is_open) for rule in found] == told


def test_rules_are_data_with_a_first_and_a_last_day():
    """CAT-504: a rule holds from its day on, and every one has a condition and a source."""
    assert "land_law" not in valid_rules(date(2026, 11, 27))
    assert set(valid_rules(date(2026, 11, 28))) == {r["id"] for r in read_method()["exclusions"]}
    assert all(rule["condition"] and rule["source"] for rule in read_method()["exclusions"])


@pytest.mark.django_db
def test_what_is_excluded_stays_listed_with_rule_source_and_way_out(client):
    """CAT-504: also what a component is that the county runs, and law that no longer holds."""
    official("071370003003", "Andernach", 30_000, land_code="07")
    old = {"area": "09", "norm": "Art. 1", "to": "2020"}
    make_solution("bayern", preconditions={"legal": [{"area": "09", "norm": "Art. 2"}]})
    make_solution("frueher", preconditions={"legal": [old]})
    page = body(client.get(f"/loesungen/passend/?ort={HERE}"))
    assert "gilt nur dort: Bayern." in page
    assert "Regel land_law; Profil der Lösung, Feld preconditions/legal" in page
    assert "1 Lösung kommt zurzeit nicht in Frage" in page


def test_the_order_is_lower_end_upper_end_id():
    """CAT-503."""
    wide = match(Facts(), Wishes(), WEIGHTS)
    narrow = match(Facts(evidence_class=1, direction="worse"), Wishes(), WEIGHTS)
    assert sorted([(narrow, 1), (wide, 3), (wide, 2)], key=lambda pair: rank_key(*pair)) == [
        (wide, 2),
        (wide, 3),
        (narrow, 1),
    ]
