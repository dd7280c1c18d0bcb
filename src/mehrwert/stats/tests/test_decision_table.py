"""The decision table against the cases DEC-1 to DEC-13, with decisions 31."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.stats.decision_table import Basis, Decision, LegalLight, propose
from mehrwert.stats.direction import Direction

GREEN, YELLOW, RED = LegalLight.GREEN, LegalLight.YELLOW, LegalLight.RED
EQUAL = Direction.NO_RELEVANT_DIFFERENCE
CASES = {
    "DEC-1": (Basis(3, 0.95, p_alone=0.9, legal=GREEN), Decision.CONTINUE),
    "DEC-2": (Basis(3, 0.95, p_alone=0.9, legal=YELLOW), Decision.ADAPT_LIMITED),
    "DEC-3": (
        Basis(2, 0.9938, p_alone=0.00026, p_shared=0.85, legal=GREEN),
        Decision.CONTINUE_JOINTLY,
    ),
    "DEC-4": (
        Basis(2, 0.9938, p_alone=0.00026, p_shared=0.6997, legal=GREEN),
        Decision.ADAPT_LIMITED,
    ),
    "DEC-5": (Basis(1, 0.97, legal=GREEN), Decision.ADAPT_LIMITED),
    "DEC-6": (Basis(3, 0.75, legal=GREEN), Decision.ADAPT_LIMITED),
    "DEC-7": (Basis(2, 0.50, legal=GREEN), Decision.NOT_YET_DECIDABLE),
    "DEC-8": (Basis(2, 0.30, legal=GREEN), Decision.END),
    "DEC-9": (Basis(2, 0.97, EQUAL, capital_value=-1.0, legal=GREEN), Decision.END),
    "DEC-10": (Basis(2, 0.95, p_shared=0.85, legal=YELLOW), Decision.CONTINUE_JOINTLY),
    "DEC-11": (Basis(2, has_outcome=False, legal=GREEN), Decision.NOT_YET_DECIDABLE),
    "DEC-12": (Basis(0, 0.99, legal=GREEN), Decision.NOT_YET_DECIDABLE),
    "DEC-13": (Basis(4, 0.99, p_alone=0.99, legal=RED), Decision.END),
}


@pytest.mark.parametrize("case", CASES)
def test_cases_of_the_specification(case):
    basis, expected = CASES[case]
    assert propose(basis).decision is expected


def test_first_observations_never_end_a_project():
    """Decisions 31: class 1 with P(better) < .40 is not yet decidable."""
    assert propose(Basis(1, 0.1, Direction.WORSE)).decision is Decision.NOT_YET_DECIDABLE


def test_no_difference_that_pays_or_whose_cost_is_unknown_does_not_end():
    pays = Basis(3, 0.7, EQUAL, capital_value=10.0, legal=GREEN)
    assert propose(pays).decision is Decision.ADAPT_LIMITED
    assert propose(replace(pays, capital_value=None)).decision is Decision.ADAPT_LIMITED
    assert propose(replace(pays, capital_value=0.0)).decision is Decision.END


def test_unset_law_is_not_green_and_too_dear_is_not_continued():
    sure = Basis(3, 0.99, p_alone=0.99)
    assert propose(sure).decision is Decision.ADAPT_LIMITED
    dear = replace(sure, legal=GREEN, affordable=False)
    assert propose(dear).decision is Decision.ADAPT_LIMITED
    assert propose(replace(dear, affordable=True)).decision is Decision.CONTINUE


@settings(max_examples=60, deadline=None)
@given(
    evidence_class=st.integers(0, 4),
    p=st.floats(0.0, 1.0),
    more=st.floats(0.0, 1.0),
    p_alone=st.none() | st.floats(0.0, 1.0),
    legal=st.sampled_from(LegalLight),
)
def test_more_hope_never_ends_what_was_kept(evidence_class, p, more, p_alone, legal):
    """EVI-195: at equal money and law a higher P(better) never moves the proposal to ``end``."""
    low, high = sorted((p, more))
    kept = {Decision.CONTINUE, Decision.ADAPT_LIMITED}
    before = propose(Basis(evidence_class, low, p_alone=p_alone, legal=legal)).decision
    after = propose(Basis(evidence_class, high, p_alone=p_alone, legal=legal)).decision
    assert not (before in kept and after is Decision.END)
