"""OBS-02: a long DataArray goes in as columns and gives what it would give row by row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.standards.sensorthings.actions import arrays
from mehrwert.standards.sensorthings.errors import BadValueError
from mehrwert.standards.sensorthings.times import format_instant, parse_instant, parse_instants

from .door import STREAM, THING, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
START_US = 1_700_000_000_000_000
MINUTE_US = 60_000_000
WRONG = ["2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "2026-01-01 00:00:00Z", "ä", 5, None]
WRONG += ["2026-01-01T00:00:60Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+", "", []]


def parsed(texts):
    """What the slow way says: all microseconds, or None if one is wrong."""
    try:
        return [parse_instant(text) for text in texts]
    except BadValueError:
        return None


@settings(max_examples=80, deadline=None)
@given(
    moments=st.lists(st.integers(-62_135_596_800, 253_402_300_799), min_size=1, max_size=6),
    digits=st.sampled_from([0, 3, 6]),
    wrong=st.none() | st.sampled_from(WRONG),
)
def test_a_column_of_instants_is_read_as_one_by_one(moments, digits, wrong):
    fraction = ["", ".123", ".123456"][digits // 3]
    texts = [format_instant(m * 1_000_000).replace("Z", f"{fraction}Z") for m in moments]
    if wrong is not None:
        texts[len(texts) // 2] = wrong
    quick = parse_instants(texts)
    assert (None if quick is None else quick.tolist()) == parsed(texts)


def test_other_ways_of_writing_are_left_to_the_slow_way():
    plain = "2026-01-01T00:00:00Z"
    for texts in ([plain, "2026-01-01T00:00:00.5Z"], ["2026-01-01T01:00:00+01:00"], []):
        assert parse_instants(texts) is None
    assert parse_instants(["2026-01-01T00:00:00", f"Z{plain}"]) is None


ROWS = {
    "numbers": lambda i: i / 4,
    "integers": lambda i: i,
    "large": lambda i: 2**53 + i,
    "texts": lambda i: "hoch" if i == 30 else i,
    "nothing": lambda i: None if i % 7 == 0 else i,
}


@pytest.fixture
def two_series(anybody):
    thing = ask("POST", "Things", {**THING, "Datastreams": [STREAM, {**STREAM, "name": "E"}]}).id
    return [s["@iot.id"] for s in ask("GET", f"Things({thing})/Datastreams").json["value"]]


def stored(series):
    got = ask("GET", f"Datastreams({series})/Observations?$top=1000&$select=result,phenomenonTime")
    return got.json["value"]


def answers(rows, series):
    """Post the rows as one group."""
    group = {
        "Datastream": {"@iot.id": series},
        "components": ["phenomenonTime", "result"],
        "dataArray": rows,
    }
    got = ask("POST", "CreateObservations", [group])
    return got.status, got.body.decode()


def shifted(answer, series):
    """Take the number of the series out of the addresses."""
    status, text = answer
    first = series << 32
    for i in range(200):
        text = text.replace(f"Observations({first + i})", f"Observations(#{i})")
    return status, text


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("step", [1, -1])
def test_columns_store_and_answer_what_rows_do(two_series, monkeypatch, kind, step):
    times = [format_instant(START_US + i * MINUTE_US) for i in range(60)][::step]
    rows = [[time, ROWS[kind](i)] for i, time in enumerate(times)]
    quick, slow = two_series
    for sent in (rows[:40], rows):
        one = shifted(answers(sent, quick), quick)
        with monkeypatch.context() as patch:
            patch.setattr(arrays, "COLUMNS_FROM", 10**9)
            other = shifted(answers(sent, slow), slow)
        assert one == other
    assert stored(quick) == stored(slow)
    assert len(stored(quick)) == 60


def test_one_wrong_row_among_many_gets_its_error_in_its_place(two_series):
    rows = [[format_instant(START_US + i * MINUTE_US), i] for i in range(50)]
    rows[20] = ["gestern", 1]
    rows[30] = [rows[30][0]]
    status, text = answers(rows, two_series[0])
    assert status == 201
    assert text.count("Observations(") == 48
    assert '"error: phenomenonTime"' in text


def test_a_series_that_does_not_exist_refuses_every_row(anybody):
    rows = [[format_instant(START_US + i), 1] for i in range(0, 30_000, 1000)]
    status, text = answers(rows, 999)
    assert (status, text.count("error: unknown Datastream")) == (201, 30)


def test_a_body_of_more_than_a_group_is_whole(two_series):
    """OBS-14: 25,000 rows, read in a thread and written in parts."""
    rows = [[format_instant(START_US + i * MINUTE_US), i % 9] for i in range(25_000)]
    status, text = answers(rows, two_series[0])
    assert (status, text.count("/Observations(")) == (201, 25_000)
    assert ask("GET", "Observations?$count=true&$top=1").json["@iot.count"] == 25_000
