"""Pointers, freshness, levels, texts, circles."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.catalogue import rules
from mehrwert.catalogue.choices import ProfileLevel

TODAY = date(2026, 11, 27)


def test_the_longest_pointer_wins_by_segment():
    told = {
        "": {"source": "declared:09462000"},
        "/status": {"source": "https://example.org"},
        "/preconditions/staff": {"state": "unknown", "asked_on": "2026-03-02"},
    }
    assert rules.provenance_of(told, "/name").source == "declared:09462000"
    assert rules.provenance_of(told, "/status").source == "https://example.org"
    assert rules.provenance_of(told, "/status_since").source == "declared:09462000"
    assert rules.provenance_of(told, "/preconditions/staff").state == "unknown"
    assert rules.provenance_of({}, "/name").source == ""


@pytest.mark.parametrize(
    ("age", "state", "factor"),
    [
        (0, "fresh", 1.0),
        (335, "due", 1.0),
        (365, "due", 1.0),
        (366, "stale", 1 - 0.5 / 365),
        (730, "stale", 0.5),
        (731, "expired", 0.5),
    ],
)
def test_states_at_the_bounds_of_a_year(age, state, factor):
    """CAT-206: ttl − 30, ttl, ttl + 1, 2·ttl."""
    day = TODAY - timedelta(days=age)
    assert rules.freshness_of(day, 365, TODAY) == state
    assert rules.factor_of(day, 365, TODAY) == pytest.approx(factor)


def test_undated_counts_half_and_what_holds_for_ever_counts_whole():
    assert rules.freshness_of(None, 365, TODAY) == "undated"
    assert rules.factor_of(None, 365, TODAY) == 0.5
    assert rules.factor_of(None, None, TODAY) == 1.0


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 5000))
def test_an_older_date_never_raises_the_factor(age, more):
    younger, older = TODAY - timedelta(days=age), TODAY - timedelta(days=age + more)
    assert rules.factor_of(older, 365, TODAY) <= rules.factor_of(younger, 365, TODAY)


MINIMAL = {
    "name": "Bodenfeuchte",
    "short_description": "Misst im Wurzelraum.",
    "solution_type": "hardware_software",
    "origin": {"key": "09462000", "level": "gemeinde", "name": "Bayreuth"},
    "programme": "none",
    "fields_of_action": ["Klimaanpassung"],
    "problem": "Bäume vertrocknen.",
    "stage": "P3",
    "status": "pilot",
    "status_since": "2024-05",
    "contact": {"role": "Leitung", "unit": "Gartenamt", "functional_mailbox": "a@b.example"},
    "adoption": {"status": "trial"},
}


def test_twelve_fields_make_a_minimal_entry():
    """CAT-203, CAT-204."""
    assert rules.level_of(MINIMAL) == "minimal"
    assert len(MINIMAL) == 12


@pytest.mark.parametrize("name", sorted(MINIMAL))
def test_without_one_of_them_it_stays_a_stub(name):
    less = {key: value for key, value in MINIMAL.items() if key != name}
    assert rules.level_of(less) == "stub"
    assert [need.pointer for need in rules.missing_for(less, ProfileLevel.MINIMAL)] == [f"/{name}"]


@pytest.mark.parametrize(
    ("text", "by", "lacks"),
    [
        ("Wort " * 15 + ".", "person", set()),
        ("Wort " * 16 + ".", "person", {"/plain_summary"}),
        ("", "person", {"/plain_summary"}),
        ("Kurz. Klar.", None, {"/plain_summary_by"}),
    ],
)
def test_a_transferable_entry_has_a_plain_summary_that_says_who_wrote_it(text, by, lacks):
    """CAT-212: at most fifteen words per sentence, and a label."""
    profile = {**MINIMAL, "plain_summary": text, "plain_summary_by": by}
    missing = {n.pointer for n in rules.missing_for(profile, ProfileLevel.TRANSFERABLE)}
    assert {pointer for pointer in missing if "plain_summary" in pointer} == lacks


def test_ended_and_code_have_needs_of_their_own():
    ended = {**MINIMAL, "status": "ended"}
    assert [n.pointer for n in rules.missing_for(ended, ProfileLevel.MINIMAL)] == ["/ended"]
    code = {**MINIMAL, "code": {"repository_url": "https://example.org/r"}}
    assert [n.pointer for n in rules.missing_for(code, ProfileLevel.MINIMAL)] == ["/code/licence"]


def test_texts_are_cut_at_words_and_counted_as_people_count():
    assert rules.cluster_count("a\u0308e\u0301") == 2
    assert rules.cluster_count("👩‍👩‍👧!") == 2
    short = rules.shorten("Wort " * 60)
    assert rules.cluster_count(short) <= 150
    assert short.endswith("Wort …")
    assert rules.slug_of("Größe & Maß: Übersicht") == "groesse-mass-uebersicht"
    assert rules.sort_key("Öffnung – Ägäis") == "offnung  agais"
    assert rules.stable_uuid4("x") == rules.stable_uuid4("x")
    assert rules.stable_uuid4("x").version == 4


def test_circles_are_seen():
    """CAT-210."""
    edges = {1: [2], 2: [3]}
    assert rules.would_close_circle(edges, 3, 1)
    assert rules.would_close_circle(edges, 1, 1)
    assert not rules.would_close_circle(edges, 1, 3)


def test_a_difference_names_field_before_and_after():
    """CAT-209."""
    changes = rules.diff_profiles({"a": 1, "c": {"d": [1]}}, {"a": 1, "b": 2, "c": {"d": [2]}})
    assert [(c.pointer, c.before, c.after) for c in changes] == [
        ("/b", None, 2),
        ("/c/d", [1], [2]),
    ]


@pytest.mark.parametrize(
    "text",
    ["Mail an vorname.name@stadt.example bitte", "Telefon 0521 / 51-12345", "+49 521 512345 rufen"],
)
def test_mail_addresses_and_numbers_are_taken_out(text):
    """CAT-807."""
    assert "[entfernt]" in rules.without_personal_data(text)


@pytest.mark.parametrize(
    "text", ["2019 bis 2022", "Ratsvorlage V380/2025", "12.500 Bäume, 05766020"]
)
def test_years_and_keys_stay(text):
    assert rules.without_personal_data(text) == text


@pytest.mark.parametrize(
    ("level", "population", "size"),
    [
        ("gemeinde", 4999, "under_5000"),
        ("gemeinde", 5000, "under_20000"),
        ("gemeinde", 20000, "under_100000"),
        ("gemeinde", 100000, "from_100000"),
        ("kreis", 100000, "kreis"),
        ("region", None, None),
    ],
)
def test_size_classes(level, population, size):
    assert rules.size_class_of(level, population) == size
