"""Filters, counts and order of the list."""

import pytest

from mehrwert.observations.choices import Freshness
from mehrwert.observations.listing import Filter, choices, count_states, filter_of, select
from mehrwert.observations.queries import SeriesGlance, ThingGlance
from mehrwert.observations.rules import freshness, worst_freshness

HOUR = 3_600_000_000


def series(prop, value=1.0, state=Freshness.FRESH, last=100):
    texts = (prop, "m", "mean", "open", "", "", "")
    return SeriesGlance(1, prop, *texts, 1, last, HOUR, value, 0, state)


def thing(name, *rows, state=Freshness.FRESH, field="", place=""):
    last = max((s.last_time_us for s in rows), default=None)
    return ThingGlance(1, name, "", field, place, 7.6, 51.9, False, tuple(rows), state, last)


THINGS = [
    thing("Pegel B", series("Wasserstand", 2.0), field="wasser"),
    thing("Pegel A", series("Wasserstand", 3.0, last=200), field="wasser", place="Brücke"),
    thing("Baum", series("Bodenfeuchte", last=50), series("Batterie"), state=Freshness.SILENT),
    thing("Wetter", series("Batterie"), state=Freshness.LATE),
]


def names(**asked):
    return [t.name for t in select(THINGS, Filter(**asked))]


def test_the_most_urgent_comes_first():
    assert names() == ["Baum", "Wetter", "Pegel A", "Pegel B"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"sortierung": "name"}, ["Baum", "Pegel A", "Pegel B", "Wetter"]),
        ({"sortierung": "neueste"}, ["Pegel A", "Baum", "Pegel B", "Wetter"]),
        ({"groesse": "Wasserstand", "sortierung": "wert"}, ["Pegel A", "Pegel B"]),
        ({"q": "brücke"}, ["Pegel A"]),
        ({"q": "BODEN baum"}, ["Baum"]),
        ({"zustand": "late"}, ["Wetter"]),
        ({"feld": "wasser", "groesse": "Bodenfeuchte"}, []),
    ],
)
def test_filters_and_orders(asked, found):
    assert names(**asked) == found


def test_counts_are_what_the_click_would_show():
    asked = Filter(feld="wasser")
    for facet in ("groesse", "zustand", "feld"):
        for choice in choices(THINGS, asked, facet):
            after = {"feld": "wasser", facet: choice.value}
            assert choice.count == len(names(**after))


def test_a_chosen_value_stays_visible_with_nothing_left():
    found = choices(THINGS, Filter(zustand="closed"), "zustand")
    assert [(c.value, c.count) for c in found if c.is_on] == [("closed", 0)]


def test_every_state_is_counted():
    counts = count_states(THINGS)
    assert counts == {"silent": 1, "late": 1, "fresh": 2, "closed": 0, "empty": 0}


def test_an_address_is_read_with_defaults():
    asked = filter_of({"zustand": "x", "sortierung": "x", "ansicht": "liste", "q": " a "})
    assert asked == Filter(q="a", ansicht="liste")
    assert not filter_of({}).is_set


@pytest.mark.parametrize(
    ("age_h", "gap_h", "closed", "state"),
    [
        (None, 1, False, Freshness.EMPTY),
        (2, 1, False, Freshness.FRESH),
        (2.5, 1, False, Freshness.LATE),
        (3.1, 1, False, Freshness.SILENT),
        (3.1, 1, True, Freshness.CLOSED),
        (20, None, False, Freshness.FRESH),
        (30, None, False, Freshness.LATE),
    ],
)
def test_freshness_is_measured_in_expected_intervals(age_h, gap_h, closed, state):
    now = 1000 * HOUR
    last = None if age_h is None else now - int(age_h * HOUR)
    gap = gap_h and gap_h * HOUR
    assert freshness(last, gap, now, is_closed=closed) is state


def test_a_thing_is_as_fresh_as_its_worst_series_that_has_spoken():
    assert worst_freshness([Freshness.FRESH, Freshness.EMPTY]) is Freshness.FRESH
    assert worst_freshness([Freshness.FRESH, Freshness.SILENT]) is Freshness.SILENT
    assert worst_freshness([Freshness.EMPTY]) is Freshness.EMPTY
    assert worst_freshness([]) is Freshness.EMPTY
