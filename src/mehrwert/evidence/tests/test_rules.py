"""Pooling, sentences, language guard."""

import time
from dataclasses import replace

import numpy as np
import pytest

from mehrwert.evidence.rules import (
    SENTENCES,
    PoolRegister,
    Row,
    Said,
    pool,
    sentence_for,
    single_class,
    too_strong_words,
)
from mehrwert.evidence.rules.sentences import (
    BETTER,
    EQUAL,
    FIRST,
    FIRST_NO_INTERVAL,
    HINT_BETTER,
    NONE,
    OPEN,
    WORSE,
)
from mehrwert.stats.synthesis import tau_averaged


def row(key, theta=-0.2, se=0.06, level=3, **more):
    given = {"population": 8_000, "evaluator": key}
    return Row(key, theta, se, theta - 2 * se, theta + 2 * se, level, **{**given, **more})


MANY = [row(f"o{n}", -0.2 + 0.02 * (n % 3), population=2_000 * n) for n in range(1, 7)]


def test_many_controlled_towns_reach_class_3_with_both_intervals():
    found = pool(MANY, sesoi=0.05)
    assert (found.k, found.controlled, found.headline) == (6, 6, "tau_averaged")
    assert (found.evidence_class.value, found.direction.value) == (3, "better")
    assert found.new[1] < found.mean[1] < found.mean[2] < found.new[2]
    assert found.between.classic is not None
    assert sum(found.weights) == pytest.approx(1.0)
    assert set(found.between.sensitivity) == {"0.25", "1.0"}


def test_overdue_results_lower_the_class():
    """EVI-171 to EVI-173."""
    late = pool(MANY, sesoi=0.05, register=PoolRegister(planned=8, reported=6, overdue=2))
    assert [reason.value for reason in late.evidence_class.lowered] == ["R"]
    assert late.evidence_class.value == 2


def test_missing_results_are_bounded_on_both_sides():
    """EVI-59, EVI-173: nothing, and harm of one smallest relevant effect."""
    assert pool(MANY, sesoi=0.05).missing is None
    late = pool(MANY, sesoi=0.05, register=PoolRegister(planned=9, reported=6, overdue=3))
    assert late.mean[0] < late.missing.null[0] < late.missing.bad[0]
    y = np.array([r.theta for r in MANY] + [0.05] * 3)
    v = np.array([r.se**2 for r in MANY] + [0.06**2] * 3)
    assert late.missing.bad == pytest.approx(tau_averaged(y, v).mean)


def test_one_town_speaks_with_its_own_interval():
    """EVI-158."""
    found = pool([row("a")], sesoi=0.05)
    assert (found.k, found.headline) == (1, "single")
    assert found.mean == pytest.approx((-0.2, -0.32, -0.08))
    assert found.between.i2 is None
    assert found.new[1] < -0.32


def test_two_rows_of_a_town_count_once():
    """EVI-151."""
    found = pool([row("a"), row("a", -0.3), row("b")], sesoi=0.05)
    assert (found.k, len(found.municipalities)) == (2, 2)


def test_above_twelve_the_classic_mean_speaks():
    """EVI-157."""
    rows = [row(f"o{n}", -0.2 + 0.01 * n, 0.05 + 0.01 * (n % 4)) for n in range(13)]
    found = pool(rows, sesoi=0.05)
    assert found.headline == "hartung_knapp"
    assert found.egger_p is not None
    equal = pool([replace(r, se=0.05) for r in rows], sesoi=0.05)
    assert equal.egger_p is None


def test_nothing_gives_nothing():
    assert pool([], sesoi=0.05) is None


def test_a_single_series_is_a_first_observation():
    """Decisions 29; without a plan no more either."""
    assert single_class(row("a", level=2), sesoi=0.05).value == 1
    assert single_class(row("a", level=3), sesoi=0.05).value == 2
    assert single_class(row("a", level=3, has_plan=False), sesoi=0.05).value == 1


def test_hundreds_of_effects_are_pooled_quickly():
    rng = np.random.default_rng(1)
    rows = [row(f"o{n}", float(rng.normal(-0.1, 0.1))) for n in range(300)]
    started = time.process_time()
    pool(rows, sesoi=0.05)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said(4, "better"), BETTER),
        (Said(3, "worse"), WORSE),
        (Said(2, "better"), HINT_BETTER),
        (Said(2, "no_relevant_difference"), EQUAL),
        (Said(4, "unclear"), OPEN),
        (Said(1, "better"), FIRST),
        (Said(1, "better", has_interval=False), FIRST_NO_INTERVAL),
        (Said(0, "better"), NONE),
    ],
)
def test_class_and_direction_choose_the_sentence(said, sentence):
    """EVI-182."""
    assert sentence_for(said) == sentence


def test_no_sentence_of_ours_claims_more_than_its_class():
    """EVI-41: the guard passes over every template at the lowest class it is used for."""
    for sentence in SENTENCES:
        if sentence in {BETTER, WORSE}:
            continue
        assert too_strong_words(sentence, evidence_class=1, low=None, high=None) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Die Lösung wirkt.", ["wirkt"]),
        ("Es ist nachweislich besser und führt zu weniger Fahrten.", ["nachweislich", "führt zu"]),
        ("Ob es wirkt, ist offen.", []),
        ("Das ist nicht bewiesen.", []),
        ("„Das wirkt!“ (Quelle: Bauhofleiter)", []),
        ("Weniger Fahrten als im Vorjahr.", []),
    ],
)
def test_the_guard_finds_claims(text, words):
    """EVI-183."""
    assert too_strong_words(text, evidence_class=1, low=-0.3, high=-0.1) == words
    assert too_strong_words(text, evidence_class=2, low=-0.3, high=-0.1) == []
    assert too_strong_words(text, evidence_class=4, low=-0.3, high=0.1) == words


def test_rows_in_another_order_give_the_same():
    """EVI-195."""
    one, other = pool(MANY, sesoi=0.05), pool(MANY[::-1], sesoi=0.05)
    assert one.mean == pytest.approx(other.mean)
    assert one.evidence_class == other.evidence_class
    failing = [replace(r, passed=False) for r in MANY]
    assert pool(failing, sesoi=0.05).evidence_class.value <= one.evidence_class.value
