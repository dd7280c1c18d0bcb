"""OBS-40: a round goes a short way, tested against the best one and against simpler ways."""

from itertools import pairwise, permutations
from math import cos, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.alerts.rules import distance_m, order_round
from mehrwert.alerts.rules.route import order_by_heuristic

TOWN = st.tuples(st.floats(7.5, 7.7), st.floats(51.9, 52.0))
DEPOT = (7.6, 51.95)


def walked(places, order, start, end):
    points = [*([start] if start else []), *(places[i] for i in order), *([end] if end else [])]
    return sum(distance_m(a, b) for a, b in pairwise(points))


def best(places, start, end):
    ways = permutations(range(len(places)))
    return min((walked(places, way, start, end) for way in ways), default=0.0)


def test_a_degree_of_latitude_is_111_km_and_of_longitude_less():
    assert distance_m((10, 51), (10, 52)) == pytest.approx(111_195, abs=1)
    assert distance_m((10, 51), (11, 51)) == pytest.approx(111_195 * cos(radians(51)), rel=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.lists(TOWN, max_size=6), st.sampled_from([None, DEPOT]), st.sampled_from([None, DEPOT]))
def test_few_places_are_in_the_best_order(places, start, end):
    found = order_round(places, start, end)
    assert sorted(found.order) == list(range(len(places)))
    assert found.distance_m == pytest.approx(walked(places, found.order, start, end))
    assert found.distance_m == pytest.approx(best(places, start, end), abs=0.01)


@settings(max_examples=25, deadline=None)
@given(st.lists(TOWN, min_size=7, max_size=9, unique=True), st.booleans())
def test_the_order_for_many_places_is_close_to_the_best(places, returns):
    """The best is that of the exact method, which the test above proves."""
    end = DEPOT if returns else None
    least = order_round(places, DEPOT, end).distance_m
    assert order_by_heuristic(places, DEPOT, end).distance_m <= least * 1.1 + 0.01


@settings(max_examples=8, deadline=None)
@given(st.lists(TOWN, min_size=10, max_size=40))
def test_many_places_are_each_visited_once_and_never_on_a_longer_way_than_from_nearest_to_nearest(
    places,
):
    found = order_round(places, DEPOT, DEPOT)
    assert sorted(found.order) == list(range(len(places)))
    left, at, naive = set(range(len(places))), DEPOT, []
    while left:
        naive.append(min(left, key=lambda i: (distance_m(at, places[i]), i)))
        left.remove(naive[-1])
        at = places[naive[-1]]
    assert found.distance_m <= walked(places, naive, DEPOT, DEPOT) + 0.01


def test_places_along_a_street_are_visited_along_it():
    street = [(7.5 + i * 0.002, 51.95) for i in (3, 11, 0, 7, 9, 1, 5, 2, 10, 4, 8, 6)]
    found = order_round(street, (7.49, 51.95))
    assert [street[i][0] for i in found.order] == sorted(lon for lon, _ in street)
