"""Sums per bucket, written column by column."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.observations.queries import Buckets
from mehrwert.standards.sensorthings import aggregates
from mehrwert.standards.sensorthings.grammar.options import parse_options
from mehrwert.standards.sensorthings.mapping import number, number_texts
from mehrwert.standards.sensorthings.times import format_instant, format_instants

from .door import ask

TIMES = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)


@settings(max_examples=50, deadline=None)
@given(st.lists(TIMES, max_size=5), st.booleans())
def test_many_times_are_written_as_each_is(times, whole):
    given_us = [t // 1_000_000 * 1_000_000 if whole else t for t in times]
    shown = format_instants(np.array(given_us, dtype=np.int64))
    assert shown == [format_instant(t) for t in given_us]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(), min_size=1, max_size=5))
def test_many_numbers_are_written_as_each_is(values):
    each = [msgspec.json.encode(number(v)).decode() for v in values]
    assert number_texts(np.array(values)) == each


def test_gaps_names_and_methods(monkeypatch):
    """A bucket may end where none begins, and names come in the order asked for."""
    hour = 3_600_000_000
    start = np.array([0, hour, 5 * hour], dtype=np.int64)
    ones = np.array([1.5, 2.0, -3.0])
    buckets = Buckets(start, start + hour, np.array([1, 2, 4]), ones * 4, *[ones] * 4)
    monkeypatch.setattr(aggregates, "read_bucket_columns", lambda *_: buckets)
    plan = "groupby((bucket(phenomenonTime,'hour')),aggregate(result with mean as m,"
    plan += "$count as n,result with sum as summe,result with last as last))"
    options = parse_options(f"$apply={plan}".encode(), "Observation")
    shown = msgspec.json.decode(aggregates.aggregated(1, 1, options, options.apply))["value"]
    assert shown[2] == {
        "phenomenonTime": "1970-01-01T05:00:00Z/1970-01-01T06:00:00Z",
        "m": -3,
        "n": 4,
        "summe": -12,
        "last": -3,
    }
    assert [row["summe"] for row in shown] == [6, 8, -12]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_year_of_hours_takes_few_statements(stream, monkeypatch):
    """R10: kept hours and at most two edges of raw rows, however many buckets."""
    from mehrwert.observations.queries import buckets, chart

    asked = []
    for module in (buckets, chart):
        lend = module.reader

        def counted(lend=lend):
            asked.append(1)
            return lend()

        monkeypatch.setattr(module, "reader", counted)
    rows = [
        [f"2025-{m:02}-{d:02}T{h:02}:30:00Z", h]
        for m in (1, 6, 12)
        for d in range(1, 29)
        for h in range(24)
    ]
    body = [
        {
            "Datastream": {"@iot.id": stream},
            "components": ["phenomenonTime", "result"],
            "dataArray": rows,
        }
    ]
    assert ask("POST", "CreateObservations", body).status == 201
    plan = "groupby((bucket(phenomenonTime,'hour')),aggregate(result with mean as m))"
    got = ask("GET", f"Datastreams({stream})/Observations?$apply={plan}")
    assert len(got.json["value"]) == len(rows)
    assert len(asked) <= 4
