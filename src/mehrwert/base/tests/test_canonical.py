"""Canonical JSON against the examples of RFC 8785."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.base.canonical import canonical_json, fingerprint, significant


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (1e23, "1e+23"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (333333333.3333332, "333333333.3333332"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (4.5, "4.5"),
        (2e-3, "0.002"),
        (1e30, "1e+30"),
    ],
)
def test_numbers_are_written_as_in_the_appendix(value, text):
    assert canonical_json(value) == text


def test_names_are_sorted_by_utf_16_and_text_is_kept():
    value = {"\u20ac": 1, "\r": 2, "1": 3, "\U0001f600": 4, "\u0080": 5, "\ufb33": 6}
    names = list(json.loads(canonical_json(value)))
    assert names == ["\r", "1", "\u0080", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical_json({"b": [True, None], "a": "€/\n"}) == '{"a":"€/\\n","b":[true,null]}'


def test_what_json_cannot_say_is_refused():
    for value in (float("nan"), float("inf"), 2**60, {1, 2}):
        with pytest.raises(ValueError, match=r"JSON|text"):
            canonical_json(value)


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back(value):
    assert float(canonical_json(value)) == value


def test_equal_content_gives_the_same_fingerprint_after_rounding():
    one, other = {"a": 0.1 + 0.2, "b": (1.0,)}, {"b": [1.0], "a": 0.3}
    assert fingerprint(significant(one)) == fingerprint(significant(other))
    assert significant(float("nan")) is None
