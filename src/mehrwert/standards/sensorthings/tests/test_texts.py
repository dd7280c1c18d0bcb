"""Entities written as text are the same bytes as entities written through dictionaries."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.observations.queries import Branch, Level
from mehrwert.observations.queries.tree import Expand
from mehrwert.standards.sensorthings.grammar.options import parse_options
from mehrwert.standards.sensorthings.mapping import BY_KIND, SETS
from mehrwert.standards.sensorthings.options import NO_OPTIONS, Expansion, Options
from mehrwert.standards.sensorthings.paths import parse_path
from mehrwert.standards.sensorthings.queries import is_bounded, is_quick
from mehrwert.standards.sensorthings.rendering import lean, show_rows
from mehrwert.standards.sensorthings.texts import entities_json, entity_json

ROOTS = ["http://a/sta/v1.1", 'http://"ä\\/v1.1']
TIMES = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
JSON = st.sampled_from(["null", '"hoch"', '{"a":[1,2]}', "12345678901234567890"])
RESULTS = st.one_of(
    st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.none()),
    st.tuples(st.integers(-(2**53), 2**53).map(float), st.none()),
    st.tuples(st.none(), st.none() | JSON),
)
EXTRAS = st.tuples(st.none() | JSON, st.none() | TIMES, st.none(), st.none() | JSON)
THINGS = [(1, "Brücke", 'am "Bach"', '{"a":1.0}'), (2, "Pegel", "", None)]
SERIES = [
    (7, "Stand", "", "urn:m", "Meter", "m", None, None, 0, 60, None, None, 7.0, 51.0, 7.0, 51.0),
    (8, "Fluss", "", "urn:m", None, None, None, '{"@iot.selfLink":"x"}', *[None] * 8),
]
READING = (99, 0, None, 8.0, None, None, None, None, None, None, 7, 3, 0, 3)


@st.composite
def rows(draw):
    """A row of the columns of a reading; mostly without extras."""
    value, text = draw(RESULTS)
    time = draw(TIMES.filter(lambda t: t < 253_402_000_000_000_000))
    duration = draw(st.none() | st.integers(1, 3_600_000_000))
    extras = draw(st.just((None, None, None, None)) | EXTRAS)
    row_id = draw(st.integers(1, 2**53 - 1))
    return (row_id, time, duration, value, text, draw(st.none() | TIMES), *extras, 1, 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), max_size=4), st.sampled_from(ROOTS))
def test_readings_are_the_same_bytes(readings, root):
    entity = BY_KIND["observation"]
    shown = show_rows(root, entity, readings, NO_OPTIONS, ())
    assert entities_json(root, entity, readings, NO_OPTIONS, ()) == msgspec.json.encode(shown)


def below(options_of_readings=NO_OPTIONS):
    """Return series below things, readings below series, and the way back to one thing."""
    given = (("$top", "1"), ("$orderby", "result desc"))
    latest = Options(top=1, given=given, chosen=options_of_readings.chosen)
    back = Expansion("Thing", "thing", NO_OPTIONS)
    inner = Options(expand=(Expansion("Observations", "observations", latest), back), count=True)
    series = [(*row, 1) for row in SERIES]
    thing = Level(Expand("thing"), "thing", 16, {1: Branch([THINGS[0]])})
    branches = {7: Branch([READING], None, (0, 3)), 8: Branch()}
    readings = Level(Expand("observations"), "observation", None, branches)
    level = Level(
        Expand("datastreams"), "datastream", None, {1: Branch(series, 2), 2: Branch([], 0)}
    )
    level.levels = (readings, thing)
    return (Expansion("Datastreams", "datastreams", inner),), (level,)


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("chosen", [None, (("result",),), (("Datastreams",),), (("nothing",),)])
@pytest.mark.parametrize("metadata", ["full", "minimal", "none"])
def test_trees_are_the_same_bytes(root, chosen, metadata):
    """Twice, so that remembered texts are seen too."""
    expand, levels = below()
    options = Options(expand=expand, chosen=chosen, metadata=metadata)
    shown = show_rows(root, SETS["Things"], THINGS, options, levels)
    for _ in range(2):
        text = entities_json(root, SETS["Things"], THINGS, options, levels)
        assert text == msgspec.json.encode(lean(shown, metadata))
    one = entity_json(root, SETS["Things"], THINGS[0], options, levels)
    assert one == text[1 : len(one) + 1]


def test_a_changed_row_is_not_taken_for_the_old_one():
    entity = SETS["Datastreams"]
    first = entities_json(ROOTS[0], entity, SERIES, NO_OPTIONS, ())
    later = [(*SERIES[0][:9], 120, *SERIES[0][10:]), SERIES[1]]
    second = entities_json(ROOTS[0], entity, later, NO_OPTIONS, ())
    assert first != second
    assert second == msgspec.json.encode(show_rows(ROOTS[0], entity, later, NO_OPTIONS, ()))


R6 = b"$top=100&$expand=Locations,Datastreams($expand=Observations($top=1;$orderby=phenomenonTime))"


@pytest.mark.parametrize(
    ("path", "query", "quick", "bounded"),
    [
        ("Things", R6, False, True),
        ("Things(1)", b"$expand=Datastreams", False, True),
        ("Datastreams(1)/Observations", b"$top=1000", False, True),
        ("Datastreams(1)/Observations", b"$top=1", True, True),
        ("Datastreams(1)/Observations", b"$count=true", True, True),
        ("Datastreams(1)/Observations", b"$count=true&$filter=result gt 1", False, False),
        ("Observations", b"$count=true&$top=1", False, False),
        ("Observations", b"$top=1000", False, False),
        ("Things", b"$filter=name eq 'a'", False, False),
        ("Things", b"$expand=Datastreams($filter=name eq 'a')", False, False),
        ("Datastreams", b"$expand=Observations($orderby=result)", False, False),
        ("Datastreams", b"$top=1000&$expand=Observations", False, False),
        ("Things", b"$count=true&$top=1000", False, False),
    ],
)
def test_what_holds_up_others_is_read_apart(path, query, quick, bounded):
    resource = parse_path(path)
    options = parse_options(query, resource.entity.name)
    assert (is_quick(resource, options), is_bounded(resource, options)) == (quick, bounded)
