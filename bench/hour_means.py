"""How long the hourly means of 1,000 series over a month take (OBS-53).

    .venv/bin/python bench/hour_means.py [--postgres URL] [--series 1000] [--days 30] [--check]

Fills an installation of its own, one reading per hour, and asks five times. Target: below 1 s.
``--postgres`` names an empty database.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

HOUR_US = 3_600_000_000
MOST_S = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--series", type=int, default=1_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as folder:
        os.environ["MEHRWERT_DATA_DIR"] = folder
        os.environ["MEHRWERT_DATABASE_URL"] = given.postgres
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.site.settings")
        wall, cpu = measure(given.series, given.days * 24)
    engine = "PostgreSQL" if given.postgres else "SQLite"
    load = os.getloadavg()[0]
    print(
        f"{engine}: {given.series} series, {given.days} days: {wall:.2f} s waiting (median of 5),"
        f" {cpu:.2f} s of CPU of the process, load of the machine {load:.1f}"
    )
    if given.check and wall >= MOST_S:
        sys.exit("too slow")


def measure(n_series: int, n_hours: int) -> tuple[float, float]:
    """Return the medians of waiting and CPU, in seconds."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate_all", "--no-backup", verbosity=0)
    from mehrwert.observations import queries
    from mehrwert.observations.writer import stop_writers

    end_us = time.time_ns() // 1000 // HOUR_US * HOUR_US
    start_us = end_us - n_hours * HOUR_US
    ids = fill(n_series, start_us, n_hours)
    waits, costs = [], []
    for _ in range(5):
        begun, used = time.perf_counter(), time.process_time()
        found = queries.read_hour_means(1, ids, start_us, end_us)
        waits.append(time.perf_counter() - begun)
        costs.append(time.process_time() - used)
        assert sum(len(series.hours) for series in found.values()) == n_series * n_hours
    stop_writers()
    return statistics.median(waits), statistics.median(costs)


def fill(n_series: int, start_us: int, n_hours: int) -> list[int]:
    """Make series with one reading per hour; return their ids."""
    from mehrwert.base.actor import SYSTEM
    from mehrwert.observations import actions

    context = actions.WriteContext(1, "bench", SYSTEM)
    thing = actions.create_thing(context, name="Bench")
    sensor = actions.create_sensor(context, name="Bench")
    prop = actions.create_observed_property(context, name="Bench")
    times = [start_us + hour * HOUR_US for hour in range(n_hours)]
    ids = []
    for number in range(n_series):
        made = actions.create_datastream(
            context,
            name=f"Bench {number}",
            thing_id=thing,
            sensor_id=sensor,
            observed_property_id=prop,
        )
        values = [number + (hour * 7 % 24) * 0.1 for hour in range(n_hours)]
        actions.record_observations(context, [actions.ReadingBatch(made, times, values)])
        ids.append(made)
    return ids


if __name__ == "__main__":
    main()
