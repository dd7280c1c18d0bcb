"""How long another answer takes in *Was passt zu uns?* with 10,000 solutions (CAT-507).

    .venv/bin/python bench/catalogue_what_if.py [NUMBER]
    MEHRWERT_DATABASE_URL=postgresql://… .venv/bin/python bench/catalogue_what_if.py

Writes invented solutions with invented users into a throwaway database. Measured is what the page
does when one answer changes: rank before and after, and say what moved, entered or left and why.
The first question about a place gathers what is known and is timed apart.
"""

import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "parts"))
from throwaway import throwaway_database

SHOWN, RUNS, USERS = 10, 40, 3
NETWORKS = ("lorawan", "mobile", "wlan", "wired")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with throwaway_database() as engine:
        print(f"{number} Lösungen, {engine}, {os.cpu_count()} Kerne")
        measure(number, random.Random(507))


def measure(number: int, dice: random.Random) -> None:
    from mehrwert.catalogue.models import Adoption, SearchState, Solution
    from mehrwert.catalogue.queries import moves_between, rank_fits, read_home
    from mehrwert.municipalities.actions import load_register

    load_register()
    Solution.objects.bulk_create(solutions(number, dice), batch_size=500)
    Adoption.objects.bulk_create(adoptions(number, dice), batch_size=500)
    SearchState.objects.update_or_create(pk=1, defaults={"token": "bench"})
    home = read_home("07137003")
    assert home is not None, "the register has no Andernach"
    answers = list(wishes(dice))
    started = time.perf_counter()
    rank_fits(home, answers[0])
    print(f"  erste Frage zu einem Ort: {(time.perf_counter() - started) * 1000:.0f} ms")
    spent, computed = [], time.process_time()
    for before, after in itertools.pairwise(answers):
        started = time.perf_counter()
        ranking = rank_fits(home, after)
        assert len(ranking[:SHOWN]) == SHOWN, "nothing was ranked"
        moves_between(home, before, after, shown=SHOWN)
        spent.append((time.perf_counter() - started) * 1000)
    computed = (time.process_time() - computed) * 1000 / len(spent)
    spent.sort()
    print(
        f"  eine Antwort geändert: Median {statistics.median(spent):.0f} ms, "
        f"95 % unter {spent[int(len(spent) * 0.95)]:.0f} ms, längste {spent[-1]:.0f} ms; "
        f"im Mittel {computed:.0f} ms gerechnet"
    )


def wishes(dice: random.Random) -> Iterator[Any]:
    """Yield answers that differ in one point each."""
    from mehrwert.catalogue.choices import FIELDS_OF_ACTION
    from mehrwert.catalogue.rules.matching import Wishes

    fields = [field.code for field in FIELDS_OF_ACTION]
    for at in range(RUNS + 1):
        yield Wishes(
            fields_of_action=frozenset(dice.sample(fields, 2)),
            staff_hours_per_week=(None, 2.0, 4.0)[at % 3],
            networks=(None, frozenset({"lorawan"}))[at % 2],
            ceiling_eur=(None, 20_000.0)[at // 2 % 2],
        )


def solutions(number: int, dice: random.Random) -> Iterator[Any]:
    from mehrwert.catalogue.choices import FIELDS_OF_ACTION
    from mehrwert.catalogue.models import Solution

    fields = [field.code for field in FIELDS_OF_ACTION]
    for at in range(1, number + 1):
        status = dice.choice(("pilot", "operation", "operation", "ended"))
        yield Solution(
            pk=at,
            slug=f"loesung-{at}",
            entry_origin="declared",
            is_public=True,
            name=f"Lösung {at}",
            sort_name=f"losung {at}",
            status=status,
            level="minimal",
            freshness="fresh",
            freshness_factor=dice.choice((0.5, 0.8, 1.0)),
            evidence_class=dice.choice((None, None, 1, 2, 3)),
            evidence_direction="better",
            created_us=1,
            changed_us=1,
            profile={
                "name": f"Lösung {at}",
                "status": status,
                "fields_of_action": dice.sample(fields, 2),
                "preconditions": {
                    "staff_hours_per_week": dice.choice((1, 3, 8)),
                    "networks": [dice.choice(NETWORKS)],
                },
            },
        )


def adoptions(number: int, dice: random.Random) -> Iterator[Any]:
    from mehrwert.catalogue.models import Adoption
    from mehrwert.municipalities.models import Municipality

    places = list(
        Municipality.objects.filter(level="gemeinde").exclude(ags="").values_list("ags", "name")
    )
    for at in range(1, number + 1):
        for key, name in dice.sample(places, USERS):
            yield Adoption(
                solution_id=at,
                basis=dice.choice(("declared", "documented")),
                relation="reuse",
                status="live",
                place_level="gemeinde",
                place_key=key,
                place_name=name,
                source_name=name,
                source="bench",
                changed_us=1,
            )


if __name__ == "__main__":
    main()
