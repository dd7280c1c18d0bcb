"""The parser survives anything, and reads its own language completely."""

from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mehrwert.observations.queries.tree import (
    Arithmetic,
    Both,
    Call,
    Compare,
    Day,
    Either,
    Not,
    Number,
    Path,
    Period,
    Shape,
    Some,
    Span,
    Text,
)
from mehrwert.standards.sensorthings.errors import BadOptionError, NotBuiltError
from mehrwert.standards.sensorthings.grammar.options import parse_options
from mehrwert.standards.sensorthings.mapping import TYPES

from .door import ask

FUZZ = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def parsed(condition, entity="Thing"):
    return parse_options(f"$filter={quote(condition)}".encode(), entity).filter


NAME = Path("name")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("name eq 'a''b'", Compare("eq", NAME, Text("a'b"))),
        ("id eq -1.5e2", Compare("eq", Path("id"), Number(-150.0))),
        (
            "name eq 'a' or name eq 'b' and not name eq 'c'",
            Either(
                (
                    Compare("eq", NAME, Text("a")),
                    Both(
                        (Compare("eq", NAME, Text("b")), Not(Compare("eq", NAME, Text("c")))),
                    ),
                )
            ),
        ),
        (
            "1 add 2 mul 3 eq 7",
            Compare(
                "eq",
                Arithmetic("add", Number(1), Arithmetic("mul", Number(2), Number(3))),
                Number(7),
            ),
        ),
        ("substringof('a', name)", Call("contains", (NAME, Text("a")))),
        ("properties/a-b/0[1]", Path("properties", (), ("a-b", 0, 1))),
        (
            "Datastreams/Thing/@iot.id eq 1",
            Compare("eq", Path("id", ("datastreams", "thing")), Number(1)),
        ),
        (
            "Datastreams/any(d: d/name eq 'x')",
            Some(("datastreams",), Compare("eq", NAME, Text("x"))),
        ),
        ("date(now()) eq 1970-01-03", Compare("eq", Call("date", (Call("now"),)), Day(2))),
        ("duration'-PT1H'", Span(-3_600_000_000)),
        ("1970-01-01T01:00:00+01:00/PT1S", Period(0, 1_000_000)),
        ("GEOGRAPHY'Point (1 2)'", Shape("POINT (1 2)")),
    ],
)
def test_what_is_written_becomes_a_tree(text, tree):
    assert parsed(text) == tree


PIECES = st.sampled_from(
    [
        *(
            "name",
            "id",
            "properties/a",
            "Datastreams",
            "Locations/location",
            "'a'",
            "1",
            "-2.5",
            "null",
        ),
        *(
            "true",
            "(",
            ")",
            ",",
            "and",
            "or",
            "not",
            "eq",
            "gt",
            "in",
            "add",
            "div",
            "mod",
            "length(",
        ),
        *(
            "contains(",
            "2020-01-01T00:00:00Z",
            "/",
            "P1D",
            "duration'PT1H'",
            "geography'POINT(1 1)'",
        ),
        *("any(", "d:", "d/name", "[0]", "$", ";", "=", "'", "ä", "st_within(", "now()", "date("),
        *(
            "$top=1",
            "$filter=",
            "$expand=",
            "Thing(",
            "Observations",
            "desc",
            "phenomenonTime",
            "result",
        ),
    ]
)
WORDS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14)
OPTION = st.sampled_from(
    [
        *("$filter", "$orderby", "$expand", "$select", "$top", "$count", "$apply", "$decimate"),
        *("$resultFormat", "$skiptoken", "$skip"),
    ]
)


@FUZZ
@given(
    option=OPTION, words=WORDS, glue=st.sampled_from([" ", ""]), entity=st.sampled_from([*TYPES])
)
def test_no_text_breaks_the_parser(option, words, glue, entity):
    query = f"{option}={quote(glue.join(words).replace(chr(0xD800), ''), errors='ignore')}".encode()
    with suppress(BadOptionError, NotBuiltError):  # anything else is a failure
        parse_options(query, entity)


VALUES = st.sampled_from(
    [
        *("name", "id", "description", "properties/a", "properties/b/0", "Datastreams/name"),
        *("Datastreams/Observations/result", "Datastreams/phenomenonTime", "Locations/location"),
        *("Datastreams/unitOfMeasurement/name", "'a'", "'5'", "5", "-1.5", "1e300", "null", "true"),
        *("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z/P1D", "duration'P1D'", "2020-01-01"),
        *("10:00:00", "geography'POINT(1 1)'", "now()", "Datastreams/observedArea"),
    ]
)
BINARY = st.sampled_from(
    "eq ne gt ge lt le and or add sub mul div mod".split()  # noqa: SIM905
)
UNARY = st.sampled_from(
    [
        *(
            "length",
            "tolower",
            "trim",
            "year",
            "date",
            "time",
            "round",
            "floor",
            "not ",
            "geo.length",
        ),
        *("fractionalseconds", "totaloffsetminutes", "second"),
    ]
)
PAIRS = st.sampled_from(
    [
        *("contains", "indexof", "concat", "substring", "st_within", "st_disjoint", "geo.distance"),
        *("before", "during", "overlaps", "startswith", "endswith"),
    ]
)
EXPRESSION = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.tuples(inner, BINARY, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(UNARY, inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(PAIRS, inner, inner).map(lambda p: f"{p[0]}({p[1]},{p[2]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} in ({p[1]}))"),
    ),
    max_leaves=8,
)


@pytest.mark.django_db(transaction=True, databases="__all__")
@FUZZ
@given(condition=EXPRESSION, order=EXPRESSION)
@example(condition="name", order="totaloffsetminutes(null)")
def test_no_condition_is_a_server_error(stream, condition, order):
    for query in (f"$filter={quote(condition)}", f"$orderby={quote(order)}"):
        got = ask("GET", f"Things?{query}")
        assert got.status in {200, 400}
        assert got.status == 200 or got.json["message"]
