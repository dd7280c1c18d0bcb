"""What another answer changes, and what to do next (CAT-507, CAT-508)."""

from dataclasses import replace

import pytest

from mehrwert.catalogue.queries import rank_fits
from mehrwert.catalogue.rules.matching import Facts, Wishes, exclusions, match
from mehrwert.catalogue.rules.moves import Placed, Way, compare_rankings
from mehrwert.municipalities.tests.fixtures import official

from .factories import body, make_adoption, make_solution

WEIGHTS = {
    "similarity": 30,
    "evidence": 20,
    "need": 20,
    "preconditions": 15,
    "cost": 10,
    "freshness": 5,
}
SOLUTIONS = {
    1: Facts(fields_of_action=frozenset({"Wasser"}), staff_hours_per_week=4),
    2: Facts(fields_of_action=frozenset({"Energie"})),
    3: Facts(fields_of_action=frozenset({"Wasser", "Energie"}), freshness=0.5),
}


def ranking(wishes: Wishes) -> list[Placed]:
    rows = [
        Placed(
            key,
            0,
            match(facts, wishes, WEIGHTS),
            tuple(e for e in exclusions(facts, wishes, status="") if not e.is_open),
        )
        for key, facts in SOLUTIONS.items()
    ]
    rows.sort(key=lambda row: (bool(row.closed), -row.match.low, -row.match.high, row.id))
    return [replace(row, place=place) for place, row in enumerate(rows, 1)]


def moves(before: Wishes, after: Wishes, shown: int) -> list[tuple[int, Way, str]]:
    found = compare_rankings(ranking(before), ranking(after), shown=shown)
    return [(move.id, move.way, move.rule.rule if move.rule else move.factor) for move in found]


def test_a_goal_moves_solutions_and_says_which_factor():
    """CAT-507: moved, entered, left, and why."""
    energy = Wishes(fields_of_action=frozenset({"Energie"}))
    assert moves(Wishes(), energy, 2) == [
        (3, Way.ENTERED, "need"),
        (1, Way.LEFT, "need"),
        (2, Way.UP, "need"),
    ]
    assert moves(energy, energy, 2) == []


def test_an_answer_that_shuts_a_solution_out_names_its_rule():
    """CAT-507: and the way back says what no longer stands in the way."""
    little = Wishes(staff_hours_per_week=1)
    assert (1, Way.CLOSED, "staff") in moves(Wishes(), little, 3)
    assert (1, Way.OPENED, "staff") in moves(little, Wishes(), 3)


@pytest.mark.django_db
def test_the_page_says_what_changed_and_what_to_do_next(client):
    """CAT-508: solutions to look at, somebody to ask, something to try."""
    home = official("071370003003", "Andernach", 30_000, land_code="07")
    official("057660020020", "Detmold", 74_000)
    water = make_solution("pegel", name="Pegel am Bach", fields_of_action=["Wasser"])
    make_adoption(water, "05766020", place_name="Detmold")
    make_solution("licht", name="Licht im Park", fields_of_action=["Energie"])
    address = f"/loesungen/passend/?ort={home.ags}"
    first = body(client.get(address))
    assert "Was sich geändert hat" not in first
    assert "Detmold" in first
    assert "gartenamt@stadt.example" in first
    assert "/loesungen/vergleich/?l=pegel&amp;l=licht" in first
    changed = body(client.get(f"{address}&vorher=&feld=Energie"))
    assert "Was sich geändert hat" in changed
    assert "Platz 2 → 1" in changed
    assert "Passt zu Ihren Zielen: 20 Punkte mehr." in changed
    same = body(client.get(f"{address}&vorher=feld%3DEnergie&feld=Energie"))
    assert "Nichts: Die Reihenfolge" in same


@pytest.mark.django_db
def test_another_answer_reads_nothing_but_the_state(django_assert_num_queries):
    """CAT-507: what is known stays at hand until the catalogue changes."""
    official("071370003003", "Andernach", 30_000, land_code="07")
    from mehrwert.catalogue.queries import read_home

    home = read_home("07137003")
    make_solution("pegel")
    rank_fits(home, Wishes())
    with django_assert_num_queries(1):
        rank_fits(home, Wishes(ceiling_eur=5.0))
    make_solution("licht")
    assert {one.known.slug for one in rank_fits(home, Wishes())} == {"pegel", "licht"}
