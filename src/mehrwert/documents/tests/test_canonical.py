"""Canonical JSON as RFC 8785 writes it."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.documents.canonical import canonical, fingerprint
from mehrwert.documents.errors import NotCanonicalError


def test_the_example_of_the_rfc_comes_out_byte_for_byte():
    """RFC 8785, 3.2.2 and 3.2.3."""
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    wanted = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(value).decode() == wanted


def test_keys_are_sorted_by_utf_16_code_units():
    """RFC 8785, 3.2.3: the emoji stands before U+FB33."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    read = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert read == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (999999999999999900000.0, "999999999999999900000"),
        (1e21, "1e+21"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e-6, "0.000001"),
        (9.999999999999997e-7, "9.999999999999997e-7"),
        (333333333.33333325, "333333333.33333325"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
    ],
)
def test_numbers_of_appendix_b(number, text):
    assert canonical(number).decode() == text


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, {1: 2}, {"a"}, "\ud800", b"x"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(-(2.0**52), 2.0**52)
    | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(json_values)
def test_reading_and_writing_again_changes_nothing(value):
    once = canonical(value)
    assert canonical(json.loads(once)) == once
    assert json.loads(once) == value


def test_the_order_of_keys_does_not_change_the_fingerprint():
    assert fingerprint({"a": 1, "b": "€"}) == fingerprint({"b": "€", "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
