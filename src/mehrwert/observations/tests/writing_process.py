"""A process that writes until it is killed: every line it prints is an acknowledged call.

    python -m …writing_process '{"database": …, "tenant": 1, "series": [3, 4], …}'

Line: series, first time, number, step. The value of a reading follows from its time, so a call
that is repeated by a later process is a repetition.
"""

import itertools
import json
import os
import random
import sys
import threading

import django

BLOCK = 250


def value_of(time: int) -> float:
    """Return the reading of a time."""
    return (time * 7919 % 1000) / 8


def point_to(database: dict) -> None:
    """Use this database instead of the one of the settings."""
    from django.db import connections

    connections.settings["observations"].update(database)


def write(context, series: int, first: int, seed: int) -> None:
    """Send calls of one reading, some late, and of a block, forever."""
    from mehrwert.observations import actions

    draw = random.Random(seed)
    time = first
    for _ in itertools.count():
        n = draw.choice((1, 1, 1, 1, 5, BLOCK))
        start = max(0, time - draw.choice((0, 0, 0, 40)))
        times = [start + i for i in range(n)]
        batch = actions.ReadingBatch(series, times, [value_of(t) for t in times])
        outcome = actions.record_observations(context, [batch])
        if outcome.created + outcome.duplicate != n:
            os.write(1, b"refused\n")
        os.write(1, f"{series} {start} {n}\n".encode())
        time = start + n


def main() -> None:
    """Start one thread per series and two for the first."""
    plan = json.loads(sys.argv[1])
    django.setup()
    point_to(plan["database"])
    from mehrwert.base.actor import SYSTEM
    from mehrwert.observations import actions

    context = actions.WriteContext(plan["tenant"], "test", SYSTEM)
    series = [plan["series"][0], *plan["series"]]
    threads = [
        threading.Thread(
            target=write, args=(context, s, plan["first"], plan["seed"] * 10 + i), daemon=True
        )
        for i, s in enumerate(series)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.exit(3)  # a thread ends only by an error


if __name__ == "__main__":
    main()
