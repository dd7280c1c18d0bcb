"""Readings written directly are the same bytes as readings written through dictionaries."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.standards.sensorthings.mapping import BY_KIND
from mehrwert.standards.sensorthings.options import NO_OPTIONS
from mehrwert.standards.sensorthings.rendering import readings_json, show_rows

TIMES = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
JSON = st.sampled_from(["null", '"hoch"', '{"a":[1,2]}', "12345678901234567890"])
RESULTS = st.one_of(
    st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.none()),
    st.tuples(st.integers(-(2**53), 2**53).map(float), st.none()),
    st.tuples(st.none(), st.none() | JSON),
)
EXTRAS = st.tuples(st.none() | JSON, st.none() | TIMES, st.none(), st.none() | JSON)


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
@given(st.lists(rows(), max_size=4), st.sampled_from(["http://a/sta/v1.1", 'http://"ä\\/v1.1']))
def test_the_short_way_writes_the_same_bytes(readings, root):
    shown = show_rows(root, BY_KIND["observation"], readings, NO_OPTIONS, ())
    assert readings_json(root, readings) == msgspec.json.encode(shown)
