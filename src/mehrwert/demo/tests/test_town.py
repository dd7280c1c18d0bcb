"""The invented town is complete and plausible."""

from shapely.geometry import Point, shape

from mehrwert.demo import town


def test_every_station_lies_within_the_town_and_has_a_name_of_its_own():
    outline = shape(town.boundary())
    names = [s.name for s in town.stations()]
    assert outline.is_valid
    assert all(outline.contains(Point(s.lon, s.lat)) for s in town.stations())
    assert len(set(names)) == len(names) == len({s.key for s in town.stations()}) == 71


def test_the_outline_has_the_size_of_a_small_town():
    width, height = town.KM_PER_DEGREE
    assert 25 < shape(town.boundary()).area * width * height < 40


def test_every_series_has_a_key_of_its_own_and_a_measure():
    keys = [p.key for p in town.all_probes()]
    assert len(set(keys)) == len(keys)
    assert {p.model for p in town.all_probes()} == set(town.MEASURES)


def test_auental_is_marked_as_invented():
    assert town.ARS >= "990000000000"
