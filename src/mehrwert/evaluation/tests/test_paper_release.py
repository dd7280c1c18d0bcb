"""Releasing a paper: what stands against it, in sentences."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mehrwert.evaluation.council_paper import built_in_profiles, defects_for_release
from mehrwert.evaluation.council_paper.facts import CostLine, Review

from .paper_samples import EMPTY, FINANCE, POSITIVE, facts

PROFILES = built_in_profiles()


def guard(text, evidence_class, low, high):
    """A guard as the pool of evidence has one: strong words need class 2 and an interval off 0."""
    holds_zero = low is None or high is None or low <= 0 <= high
    return ["nachweislich"] if "nachweislich" in text and (evidence_class < 2 or holds_zero) else []


def defects(given, profile="leverkusen-like"):
    return [str(one) for one in defects_for_release(given, PROFILES[profile], guard)]


def test_a_complete_paper_is_ready():
    assert defects(facts()) == []


def test_a_claim_that_the_class_does_not_carry_is_refused_with_its_sentence():
    """Test list: class 1, „nachweislich gesenkt“."""
    weak = replace(POSITIVE, evidence_class=1)
    text = "Der Verbrauch wurde nachweislich gesenkt. Das freut uns."
    found = defects(facts(weak, texts={"background": text}))
    assert found == [
        "„Der Verbrauch wurde nachweislich gesenkt“ sagt mehr, als belegt ist (nachweislich)."
        " Bitte zurückhaltender."
    ]
    assert defects(facts(texts={"background": text})) == []


@pytest.mark.parametrize("note", ["climate", "equality", "participation"])
def test_a_missing_required_note_is_named(note):
    """DOC-85."""
    notes = {key: text for key, text in facts().notes.items() if key != note}
    assert len(defects(facts(notes=notes))) == 1
    assert "Pflichtangabe" in defects(facts(notes=notes))[0]


def test_without_next_report_and_stop_criterion_nothing_is_released():
    """DOC-183."""
    assert any("Abbruchkriterium" in one for one in defects(facts(review=Review())))


def test_ending_needs_a_day_a_learning_report_and_a_hand_over():
    given = facts()
    proposal = replace(given.proposal, key="end", table_key="end", until=None)
    found = defects(replace(given, proposal=proposal))
    assert any("Lernbericht" in one for one in found)
    assert any("brauchen einen Tag" in one for one in found)


def test_leaving_the_table_needs_a_reason():
    given = facts()
    proposal = replace(given.proposal, table_key="end")
    assert any("bitte begründen" in one for one in defects(replace(given, proposal=proposal)))


def test_nought_needs_a_reason():
    """PF-131."""
    positions = {"licence": CostLine(Decimal(0), None)}
    found = defects(facts(finance=replace(FINANCE, positions=positions)))
    assert found == ["Kostenposition „licence“: 0 € braucht einen Grund."]


def test_an_empty_project_is_told_everything_that_is_missing_at_once():
    assert len(defects(EMPTY)) == 4
