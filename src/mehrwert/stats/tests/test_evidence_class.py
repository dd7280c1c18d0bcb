"""Cases EC-a to EC-k, directions, and: a check turning bad never raises the class."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.stats.direction import Direction, as_per_cent, direction
from mehrwert.stats.evidence_class import Pooled, Reason, Study, evidence_class

BIG = Pooled(
    k=13,
    low=-1.108444,
    high=-0.320621,
    theta=-0.714532,
    p_mean=0.99962,
    p_new=0.88609,
    size_classes=2,
    evaluators=3,
    planned=13,
    egger_p=0.4218,
)
SOME = Pooled(k=4, low=-0.30, high=-0.08, theta=-0.19, p_mean=0.99, p_new=0.9)
ONE = Pooled(k=1, low=-0.30, high=-0.08, theta=-0.19, planned=1)


def studies(n, level, **given_):
    return [Study(level, 1 / n, **given_) for _ in range(n)]


CASES = {
    "EC-a": (studies(13, 4), BIG, 4, ()),
    "EC-b": (studies(1, 3), ONE, 2, ()),
    "EC-c": (studies(1, 3), replace(ONE, high=0.02), 1, (Reason.IMPRECISION,)),
    "EC-d": (studies(4, 2), replace(SOME, planned=4), 2, ()),
    "EC-e": (studies(6, 3), replace(SOME, k=6, planned=8, overdue=2), 2, (Reason.REPORTING,)),
    "EC-f": (studies(13, 4, has_plan=False), BIG, 1, ()),
    "EC-g": (studies(2, 2, passed=False), replace(SOME, k=2, planned=2), 0, (Reason.BIAS,)),
    "EC-h": (studies(1, 4), ONE, 3, ()),
    "EC-i": (studies(6, 3), replace(SOME, k=6, planned=6, p_new=0.7), 2, (Reason.INCONSISTENCY,)),
    "EC-j": (studies(13, 4), replace(BIG, evaluators=2), 3, ()),
    "EC-k": (studies(5, 1), replace(BIG, k=5), 1, ()),
}


@pytest.mark.parametrize("case", CASES)
def test_cases_of_the_specification(case):
    given_, pooled, value, lowered = CASES[case]
    found = evidence_class(given_, pooled)
    assert found.value == value
    assert found.lowered == lowered


def test_a_very_serious_reason_counts_twice():
    given_, pooled, value, _ = CASES["EC-e"]
    found = evidence_class(given_, pooled, very_serious={Reason.REPORTING})
    assert found.value == value - 1


def test_nothing_known_is_class_0():
    assert evidence_class([], ONE).value == 0


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.booleans()), min_size=1, max_size=8),
    st.floats(-1, 1),
    st.floats(0, 1),
    st.integers(0, 7),
)
def test_a_check_turning_bad_never_raises_the_class(rows, low, width, which):
    n = len(rows)
    given_ = [Study(level, 1 / n, passed, plan) for level, passed, plan in rows]
    p_mean = 0.99 if n > 1 else None
    pooled = Pooled(
        n,
        low,
        low + width,
        low + width / 2,
        p_mean=p_mean,
        p_new=p_mean,
        size_classes=2,
        evaluators=3,
    )
    worse = list(given_)
    worse[which % n] = replace(worse[which % n], passed=False)
    assert evidence_class(worse, pooled).value <= evidence_class(given_, pooled).value


@pytest.mark.parametrize(
    ("low", "high", "want"),
    [
        (-0.30, -0.08, Direction.BETTER),
        (-0.04, -0.01, Direction.NO_RELEVANT_DIFFERENCE),
        (0.02, 0.20, Direction.WORSE),
        (-0.30, 0.02, Direction.UNCLEAR),
        (-0.05, 0.01, Direction.UNCLEAR),
    ],
)
def test_directions(low, high, want):
    assert direction(low, high, 0.05) == want


def test_people_read_the_indicators_own_sense():
    assert as_per_cent(-0.223144, good_is_up=False) == pytest.approx(-20, abs=1e-3)
    assert as_per_cent(-0.182322, good_is_up=True) == pytest.approx(20, abs=1e-3)
