"""A registered plan is read by people, not only by machines."""

import pytest
from django.utils import translation

from mehrwert.evidence.wording import plan_facts

PLAN = {
    "goal": "Der Bauhof gießt weniger.",
    "indicator_name": "Gießwasser",
    "unit": "m³",
    "good_direction": "down",
    "scale": "log_ratio",
    "sesoi": 0.0953,
    "first_month": "2023-11",
    "start_month": "2025-11",
    "last_month": "2026-10",
    "comparisons": {"4": "Erlbach"},
}


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "November 2023 bis Oktober 2026"), ("en", "November 2023 to October 2026")],
)
def test_a_plan_says_in_words_what_was_fixed(language, words):
    """EVI-35: goal, indicator, direction, threshold and window before the fingerprint."""
    with translation.override(language):
        facts = plan_facts(PLAN)
    assert len(facts) == 7
    assert (facts[0][1], facts[1][1]) == ("Der Bauhof gießt weniger.", "Gießwasser (m³)")
    assert words in [text for _, text in facts]
    assert "10" in facts[3][1]


def test_what_another_format_does_not_say_is_left_out():
    assert plan_facts({"format": "demo", "start_month": "2025-13"}) == [
        ("Erster Monat im vollen Betrieb", "2025-13")
    ]
