"""How long the search in the register takes: every judged query, its parts and typing errors.

    .venv/bin/python bench/municipality_search.py

Prints the time to build the index and the median, 95th percentile and worst of all queries.
"""

import statistics
import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from mehrwert.municipalities.tests.bundle import hit_of, register_rows  # noqa: E402
from mehrwert.municipalities.tests.judged import JUDGED  # noqa: E402


def main() -> None:
    from mehrwert.municipalities.name_index import NameIndex

    hits = [hit_of(row) for row in register_rows()]
    started = time.perf_counter()
    index = NameIndex(hits)
    built_ms = (time.perf_counter() - started) * 1000
    texts = [text for text, _, _ in JUDGED]
    texts += [text[:-1] for text in texts] + [text[: len(text) // 2] for text in texts]
    texts += [text[:2] + text[3:] for text in texts[: len(JUDGED)]]
    wall, cpu = [], []
    for text in texts:
        started, used = time.perf_counter(), time.thread_time()
        index.search(text, 10)
        cpu.append((time.thread_time() - used) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    tracemalloc.start()
    kept = NameIndex(hits)
    size_mb = tracemalloc.get_traced_memory()[0] / 1e6
    print(f"{len(kept)} Zeilen, Index in {built_ms:.0f} ms, {size_mb:.0f} MB")
    print(f"{len(texts)} Anfragen")
    for name, spent in (("gewartet", sorted(wall)), ("gerechnet", sorted(cpu))):
        print(
            f"  {name}: Median {statistics.median(spent):.1f} ms, "
            f"95 % unter {spent[int(len(spent) * 0.95)]:.1f} ms, längste {spent[-1]:.1f} ms"
        )


if __name__ == "__main__":
    main()
