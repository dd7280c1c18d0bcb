"""Cost per inhabitant and year: the fixture of transfer.md 5.3."""

from fractions import Fraction

import pytest

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.unit_cost import TownCost, price_factor, span_of, total_for, unit_cost

INDEX = {2021: Fraction(100), 2023: Fraction(112), 2025: Fraction(118)}
TOWNS = [
    TownCost(Fraction(20_000), Fraction(3_000), 12_000, 2021),
    TownCost(Fraction(14_000), Fraction(4_200), 9_000, 2023),
    TownCost(Fraction(30_000), Fraction(5_400), 18_000, 2025),
]


def units():
    return [unit_cost(town, INDEX, 2025) for town in TOWNS]


def test_the_fixture_per_inhabitant_and_year():
    """TRF-404."""
    assert [round(float(unit.annual), 4) for unit in units()] == [0.6883, 0.8194, 0.6333]


def test_the_range_of_the_fixture():
    """TRF-405."""
    span = span_of([unit.annual for unit in units()])
    shown = (span.n, *(round(float(x), 2) for x in (span.low, span.base, span.high)))
    assert shown == (3, 0.63, 0.69, 0.82)


def test_five_years_for_a_town_of_ten_thousand():
    """TRF-406."""
    found = total_for(
        10_000, span_of([u.once for u in units()]), span_of([u.yearly for u in units()])
    )
    assert [round(float(x), 2) for x in (found.low, found.base, found.high)] == [
        31_138.89,
        31_666.67,
        44_250.00,
    ]


def test_two_towns_give_no_range():
    assert span_of([Fraction(1), Fraction(2)]) is None
    assert total_for(10_000, None, span_of([Fraction(1)] * 3)) is None


def test_from_eight_towns_on_quartiles_of_type_seven():
    span = span_of([Fraction(x) for x in (1, 2, 3, 4, 5, 6, 7, 100)])
    assert (span.low, span.base, span.high) == (Fraction(11, 4), Fraction(9, 2), Fraction(25, 4))


def test_without_an_index_nothing_is_converted_and_said_so():
    unit = unit_cost(TownCost(Fraction(5), Fraction(1), 1, 1999), INDEX, 2025)
    assert not unit.is_converted
    assert unit.annual == 2
    assert price_factor(INDEX, 1999, 2025) is None
    assert price_factor({}, 2025, 2025) == 1


@pytest.mark.parametrize(("population", "life"), [(0, 5), (10, 0)])
def test_impossible_towns_are_refused(population, life):
    with pytest.raises(StatisticsError):
        unit_cost(TownCost(Fraction(1), Fraction(1), population, 2025, life), INDEX, 2025)
