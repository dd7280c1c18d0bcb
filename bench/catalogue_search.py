"""How long the search in the catalogue takes with 10,000 solutions, on the engine of the run.

    .venv/bin/python bench/catalogue_search.py [NUMBER]
    MEHRWERT_DATABASE_URL=postgresql://… .venv/bin/python bench/catalogue_search.py

Writes invented solutions (sentences of the bundled ones mixed anew, with invented compounds so that
the vocabulary grows as in life) into a throwaway database and asks every judged query: as typed,
with facets chosen, and with a typing error. Prints the time to write, to load in a fresh process,
to load one change, and the median, 95th percentile and worst of the queries; and the first ten of
every query as one checksum, which must be the same on every engine.
"""

import hashlib
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "parts"))
from throwaway import throwaway_database

ROOT = Path(__file__).resolve().parent.parent

CATALOGUE = ROOT / "src/mehrwert/catalogue"
LIMIT = 20


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with throwaway_database() as engine:
        print(f"{number} Lösungen, {engine}, {os.cpu_count()} Kerne")
        measure(number)


def measure(number: int) -> None:
    from mehrwert.catalogue import search_index
    from mehrwert.catalogue.search.documents import SearchRequest

    dice = random.Random(105)
    made = list(documents(number, dice))
    timed("geschrieben", lambda: search_index.write_documents(made))
    timed("geladen (neuer Prozess)", lambda: search_index.search(SearchRequest()))
    search_index.write_documents(made[:1])
    timed("eine Änderung nachgeladen", lambda: search_index.search(SearchRequest()))
    judged = json.loads((CATALOGUE / "tests/judged_searches.json").read_text(encoding="utf-8"))
    texts = [query["query"] for query in judged["queries"]]
    plain = [SearchRequest(text, limit=LIMIT) for text in texts]
    print(f"{len(plain)} Anfragen, je dreimal; alle mit den Zahlen aller Facetten")
    report("wie getippt", plain)
    wanted = {"field": frozenset({"Wasser", "Mobilität", ""}), "status": frozenset({"operation"})}
    report("mit gewählten Facetten", [SearchRequest(text, wanted, limit=LIMIT) for text in texts])
    report("mit Tippfehler", [SearchRequest(mistyped(text), limit=LIMIT) for text in texts])
    report("ohne Text", [SearchRequest(filters=wanted, limit=LIMIT)] * 50)
    firsts = [[hit.slug for hit in search_index.search(request).hits[:10]] for request in plain]
    print("Prüfsumme der ersten zehn:", hashlib.sha256(repr(firsts).encode()).hexdigest()[:16])


def report(name: str, requests: list[Any]) -> None:
    from mehrwert.catalogue import search_index

    spent = []
    for request in requests * 3:
        started = time.perf_counter()
        search_index.search(request)
        spent.append((time.perf_counter() - started) * 1000)
    spent.sort()
    print(
        f"  {name}: Median {statistics.median(spent):.1f} ms, "
        f"95 % unter {spent[int(len(spent) * 0.95)]:.1f} ms, längste {spent[-1]:.1f} ms"
    )


def timed(name: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    print(f"  {name}: {(time.perf_counter() - started) * 1000:.0f} ms")


def mistyped(text: str) -> str:
    """Swap two letters of the longest word."""
    word = max(text.split(), key=len)
    return text.replace(word, word[:3] + word[4:5] + word[3:4] + word[5:])


def documents(number: int, dice: random.Random) -> Iterator[Any]:
    from mehrwert.catalogue.search.documents import SearchDocument
    from mehrwert.catalogue.search.lexicon import data_lines

    raw = json.loads((CATALOGUE / "data/solutions.json").read_text(encoding="utf-8"))["solutions"]
    stems = [word for line in data_lines("stems.txt") for word in line.split() if len(word) > 3]
    sentences = [part for row in raw for part in row["summary_de"].split(". ")]
    titles = [row["title"] for row in raw]
    for at in range(1, number + 1):
        row = dice.choice(raw)
        compound = dice.choice(stems).capitalize() + dice.choice(stems).lower()
        town = dice.choice(stems).capitalize() + dice.choice(("hausen", "dorf", "stedt", "au"))
        yield SearchDocument(
            id=at,
            slug=f"loesung-{at}",
            fields={
                "name": f"{dice.choice(titles)} {town}",
                "short_description": dice.choice(sentences),
                "problem": dice.choice(sentences),
                "fields_of_action": "\n".join(row["handlungsfelder"]),
                "technologies": "\n".join(row["technologies"]),
                "municipalities": town,
                "description": ". ".join([*dice.sample(sentences, 4), compound]),
            },
            facets={
                "field": tuple(row["handlungsfelder"]),
                "status": (row["status"],) if row["status"] else (),
                "component_type": (row["kind"],),
                "technology": tuple(row["technologies"]),
                "land": tuple(dice.sample([f"{n:02}" for n in range(1, 17)], dice.randint(0, 3))),
                "size_class": tuple(dice.sample(["a", "b", "c", "d"], dice.randint(0, 2))),
                "licence": (row["licence"],) if row["licence"] else (),
                **{name: (dice.choice("abc"),) for name in ("origin", "evidence", "freshness")},
            },
            freshness=dice.choice([0.5, 0.75, 1.0]),
            completeness=dice.choice([0.9, 0.95, 1.0]),
            sort_name=row["title"].lower(),
        )


if __name__ == "__main__":
    main()
