"""Which closure a caller means, and how far it is on a day."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mehrwert.geodata.rules import Entry, find_entries, letters_of, state_on

from .questions import QUESTIONS, STREETS

TODAY = date(2026, 11, 28)
ENTRIES = [Entry(key, (street, *texts)) for key, (street, texts) in enumerate(STREETS.items())]


def first_street(asked):
    hits = find_entries(asked, ENTRIES)
    return list(STREETS)[hits[0].key] if hits else ""


def test_of_fifty_questions_at_least_48_find_the_street_that_is_meant():
    """CARD-6."""
    assert len(QUESTIONS) == 50
    found = [(asked, meant, first_street(asked)) for asked, meant in QUESTIONS]
    missed = [one for one in found if one[1] != one[2]]
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(
    "asked", ["", "   ", "ist die Straße gesperrt?", "Marienplatz", "xqzwv", "?!", "ß", "Tannenhof"]
)
def test_what_is_not_in_the_list_is_not_found(asked):
    assert find_entries(asked, ENTRIES) == []


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_an_order_and_no_error(asked):
    hits = find_entries(asked, ENTRIES)
    assert [hit.likeness for hit in hits] == sorted((h.likeness for h in hits), reverse=True)
    assert all(0 < hit.likeness <= 1 for hit in hits)


def test_names_are_folded_as_they_are_heard():
    assert letters_of("Große Weißdornstraße") == ["grose", "weisdorn"]
    assert letters_of("grosse weisdornstr.") == ["grose", "weisdorn"]


def test_five_hundred_closures_are_looked_through_in_a_blink():
    """CARD-1: 300 ms for the whole answer; the search alone takes a part of it."""
    names = [f"{name} {n}" for n in range(28) for name in STREETS][:500]
    many = [Entry(key, (name, "ganze Länge", "ausgeschildert")) for key, name in enumerate(names)]
    begin = time.process_time()
    assert find_entries("Wie lange ist die Schilerstrasse noch gesperrt", many)
    assert time.process_time() - begin < 0.15


@pytest.mark.parametrize(
    ("starts", "ends", "is_ended", "state"),
    [
        (date(2026, 11, 29), None, False, "planned"),
        (date(2026, 11, 28), None, False, "active"),
        (date(2026, 11, 1), date(2026, 11, 28), False, "active"),
        (date(2026, 11, 1), date(2026, 11, 27), False, "unconfirmed"),
        (date(2026, 11, 1), date(2026, 12, 24), True, "ended"),
    ],
)
def test_past_its_last_day_nobody_knows_whether_a_street_is_free(starts, ends, is_ended, state):
    assert state_on(starts, ends, is_ended=is_ended, today=TODAY) == state
