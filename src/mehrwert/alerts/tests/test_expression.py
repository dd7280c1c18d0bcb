"""OBS-36: the small language of combined rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.alerts.errors import ExpressionError
from mehrwert.alerts.rules.expression import FRESH_US, is_true, lookback_us, names_of, parse

MINUTE = 60_000_000
LEVEL = ([0, 10 * MINUTE, 20 * MINUTE], [0.2, 0.5, 0.9])
RAIN = ([0, 15 * MINUTE], [2.0, 4.0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A > 0,8", True),
        ("A > 0.9", False),
        ("A >= 0,9 und B < 5", True),
        ("A > 1 oder nicht B > 5", True),
        ("(A + B) * 2 >= 9,8", True),
        ("-A < 0", True),
        ("B / 2 = 2", True),
        ("B / 0 > 1", None),
        ("C > 1", None),
        ("C > 1 und A > 5", False),
        ("C > 1 oder A > 0", True),
        ("Summe(B; 20) = 6", True),
        ("Summe(B; 10) = 4", True),
        ("Mittel(A; 10) > 0,69", True),
        ("Maximum(A; 20) = 0,9 and Minimum(A; 20) = 0,2", True),
        ("Anstieg(A; 20) > 0,69", True),
        ("rise(A; 5) = 0", True),
        ("((A > 0))", True),
        ("2 * (A - 0,4) > 0,9", True),
        ("(A > 0,8 oder A < 0,1) und (B > 3)", True),
    ],
)
def test_conditions(text, expected):
    """By hand, at minute 20."""
    assert is_true(parse(text), {"A": LEVEL, "B": RAIN}, 20 * MINUTE) is expected


def test_later_readings_are_not_seen_and_old_ones_do_not_count():
    tree = parse("A > 0,4")
    assert is_true(tree, {"A": LEVEL}, 9 * MINUTE) is False
    assert is_true(tree, {"A": LEVEL}, 10 * MINUTE) is True
    assert is_true(tree, {"A": LEVEL}, 20 * MINUTE + FRESH_US) is True
    assert is_true(tree, {"A": LEVEL}, 20 * MINUTE + FRESH_US + 1) is None


def test_a_rule_knows_its_series_and_how_far_it_looks():
    tree = parse("A > 1 und Mittel(C; 4320) < 2")
    assert names_of(tree) == {"A", "C"}
    assert lookback_us(tree) == 4320 * MINUTE
    assert lookback_us(parse("A > 1")) == FRESH_US


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("", "end", 1),
        ("A", "end", 2),
        ("A >", "end", 4),
        ("A > 1 B", "order", 7),
        ("A > 1 > 2", "order", 7),
        ("Regen > 1", "word", 1),
        ("A > 1 und", "end", 10),
        ("Summe(D; 3) > 1", "series", 7),
        ("Summe(B; x) > 1", "minutes", 10),
        ("Summe(B; 0) > 1", "minutes", 10),
        ("A $ 1", "sign", 3),
        ("__import__('os')", "sign", 1),
        ("(" * 40 + "A > 1" + ")" * 40, "depth", None),
        ("A > 1 oder " * 40, "length", 300),
    ],
)
def test_mistakes_are_told_with_their_place(text, reason, at):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.data["reason"] == reason
    assert at is None or caught.value.data["at"] == at


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ABC ()<>=+-*/;,.0123456789undoderichtSme", max_size=60))
def test_whatever_is_typed_is_a_condition_or_an_error(text):
    try:
        tree = parse(text)
    except ExpressionError:
        return
    assert is_true(tree, {"A": LEVEL, "B": RAIN}, 20 * MINUTE) in (True, False, None)
