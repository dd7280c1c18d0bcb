"""All solutions ranked at once: the same as one by one (CAT-503, CAT-504, CAT-507)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.catalogue.queries import moves_between, rank_fits, read_home, read_method
from mehrwert.catalogue.rules.matching import Facts, Wishes, exclusions, match, rank_key
from mehrwert.catalogue.rules.moves import Placed, compare_rankings
from mehrwert.catalogue.rules.ranking import Candidate, FitTable, find_moved
from mehrwert.municipalities.tests.fixtures import official

from .factories import body, make_adoption, make_solution

METHOD = read_method()
WEIGHTS, RULES = METHOD["weights"], {rule["id"] for rule in METHOD["exclusions"]}
HERE = "07137003"
SHOWN = 3
NAMES = st.frozensets(st.sampled_from("abc"), max_size=2)
SHARE = st.sampled_from([0.0, 0.1, 0.35, 0.7, 1.0])
FACTS = st.builds(
    Facts,
    declared=st.lists(SHARE, max_size=2),
    documented=st.lists(SHARE, max_size=2),
    evidence_class=st.none() | st.integers(0, 4),
    direction=st.sampled_from(["", "better", "worse", "unclear", "no_relevant_difference"]),
    fields_of_action=NAMES,
    tasks=NAMES,
    staff_hours_per_week=st.none() | st.sampled_from([0, 1, 4.5]),
    networks=st.none() | NAMES,
    base_components=st.none() | NAMES,
    cost_eur=st.none() | st.sampled_from([0.0, 900.0, 5000.0]),
    freshness=st.sampled_from([0.5, 0.8125, 1.0]),
    base_offered=st.frozensets(st.sampled_from("ab"), max_size=1),
    base_nearby=st.dictionaries(st.sampled_from("bc"), st.just("Koblenz"), max_size=1),
    it_providers=st.none() | st.frozensets(st.sampled_from([" A", "b"]), max_size=2),
    law_areas=st.frozensets(st.sampled_from(["07", "09"]), max_size=2),
    has_code=st.booleans(),
    licence=st.sampled_from(["", "none", "MIT"]),
)
WISHES = st.builds(
    Wishes,
    fields_of_action=NAMES,
    tasks=NAMES,
    it_provider=st.sampled_from(["", "a", " B "]),
    staff_hours_per_week=st.none() | st.sampled_from([0, 1, 4.4]),
    networks=st.none() | NAMES,
    base_components=st.none() | NAMES,
    ceiling_eur=st.none() | st.sampled_from([0.0, 1000.0]),
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        id=st.just(0),
        status=st.sampled_from(["pilot", "ended"]),
        facts=FACTS,
        is_here=st.booleans(),
    ),
    max_size=8,
)


def one_by_one(candidates, wishes, rules=RULES, key=HERE):
    """Return (id, match, closed) in order, each worked out alone."""
    rows = []
    for one in candidates:
        found = match(one.facts, wishes, WEIGHTS)
        told = exclusions(one.facts, wishes, status=one.status, key=key)
        closed = tuple(rule for rule in told if not rule.is_open and rule.rule in rules)
        misses = any(f.name == "need" and f.value == 0 for f in found.factors)
        order = bool(closed), not one.is_here or misses, rank_key(found, one.id)
        rows.append((order, one.id, found, closed))
    return [row[1:] for row in sorted(rows, key=lambda row: row[0])]


@settings(max_examples=150, deadline=None)
@given(CANDIDATES, WISHES, st.sampled_from([HERE, ""]), st.sets(st.sampled_from(sorted(RULES))))
def test_all_at_once_is_the_same_as_one_by_one(drawn, wishes, key, rules):
    """CAT-503, CAT-504: order, both ends of the score, and what is excluded."""
    candidates = [replace(one, id=at) for at, one in enumerate(drawn)]
    ranked = FitTable(candidates, WEIGHTS, rules=rules, key=key).rank(wishes)
    alone = one_by_one(candidates, wishes, rules, key)
    assert [int(row) for row in ranked.order] == [row for row, _, _ in alone]
    for place, (row, found, closed) in enumerate(alone):
        assert (ranked.low[row], ranked.high[row]) == (found.low, found.high)
        assert ranked.closed[row] == bool(closed)
        assert ranked.place[row] == place
    assert ranked.n_open == sum(not closed for _, _, closed in alone)


@settings(max_examples=100, deadline=None)
@given(CANDIDATES, WISHES, WISHES)
def test_what_moved_is_the_same_as_one_by_one(drawn, before, after):
    """CAT-507: none is missed; of those that a rule shut or opened only so many are named."""
    candidates = [replace(one, id=at) for at, one in enumerate(drawn)]
    table = FitTable(candidates, WEIGHTS, rules=RULES, key=HERE)
    old, new = (
        [Placed(*row[:1], place, *row[1:]) for place, row in enumerate(part, 1)]
        for part in (one_by_one(candidates, before), one_by_one(candidates, after))
    )
    moved = {move.id for move in compare_rankings(old, new, shown=SHOWN)}
    ranked = table.rank(before), table.rank(after)
    rows, left = find_moved(*ranked, shown=SHOWN, most_shut=len(candidates))
    assert ({int(row) for row in rows}, left) == (moved, 0)
    few, left = find_moved(*ranked, shown=SHOWN, most_shut=1)
    assert few.size + left == len(moved)
    assert {int(row) for row in few} <= moved


@pytest.mark.django_db
def test_a_component_that_a_neighbour_runs_is_to_be_asked_for(client):
    """CAT-504: it excludes nothing; one that nobody near has does."""
    home = official("071370003003", "Andernach", 30_000, kreis_ags="07137", land_code="07")
    official("071370068068", "Mayen", 20_000, kreis_ags="07137", land_code="07")
    official("057660020020", "Detmold", 74_000)
    platform = make_solution("plattform", name="Datenplattform")
    make_adoption(platform, "07137068", place_name="Mayen")
    make_adoption(make_solution("portal", name="Portal"), "05766020", place_name="Detmold")
    make_solution("karte", preconditions={"base_components": ["Datenplattform"]})
    make_solution("weit", preconditions={"base_components": ["Portal"]})
    wishes = Wishes(base_components=frozenset())
    found = {one.known.slug: one for one in rank_fits(read_home(home.ags), wishes)}
    assert found["karte"].closed == ()
    assert [rule.detail for rule in found["karte"].open] == ["Datenplattform (Mayen)"]
    assert [rule.rule for rule in found["weit"].closed] == ["base_component"]
    page = body(client.get(f"/loesungen/passend/?ort={home.ags}&bausteine=Wetterdienst"))
    assert "Datenplattform (Mayen)" in page


@pytest.mark.django_db
def test_many_shut_by_one_answer_are_counted_not_listed(client):
    """CAT-507."""
    home = official("071370003003", "Andernach", 30_000)
    for at in range(6):
        make_solution(f"l-{at}", preconditions={"staff_hours_per_week": 8})
    place, few = read_home(home.ags), Wishes(staff_hours_per_week=1)
    moves, left = moves_between(place, Wishes(), few, shown=10)
    assert (len(moves), left) == (3, 3)
    page = body(client.get(f"/loesungen/passend/?ort={home.ags}&vorher=&stunden=1"))
    assert "3 weitere Lösungen kommen dadurch" in page
