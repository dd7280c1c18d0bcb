"""Imports a folder of tables into a fresh installation and measures it.

    .venv/bin/python bench/import_muenster.py FOLDER [--description FILE] [--postgres URL]

Prints rows, values, seconds, CPU seconds (database servers not counted), the largest resident
memory after the first station and at the end, and the load of the machine. The description is
the one that fits the folder (``mehrwert import_tables``).
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--description", type=Path)
    parser.add_argument("--postgres", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as data:
        os.environ["MEHRWERT_DATA_DIR"] = data
        os.environ["MEHRWERT_DATABASE_URL"] = given.postgres
        os.environ["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings"
        return measure(given.folder.resolve(), given.description)


def measure(folder: Path, description: Path | None) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate_all", "--no-backup", verbosity=0)

    from mehrwert.base.actor import SYSTEM
    from mehrwert.connectors.table_files import actions, queries
    from mehrwert.observations.actions import WriteContext
    from mehrwert.observations.queries import database_bytes
    from mehrwert.observations.writer import stop_writers

    text = queries.read_description(folder, description)
    source = actions.FolderSource(folder, actions.load_description(text))
    first: list[int] = []
    steps: set[str] = set()

    def report(progress: actions.Progress) -> None:
        steps.add(progress.step)
        if len(steps) == 2 and not first:
            first.append(peak_mb())

    began, cpu = time.perf_counter(), time.process_time()
    result = actions.import_described(WriteContext(1, "bench", SYSTEM), source, report)
    stop_writers()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    rate = round(result.values / seconds)
    print(f"rows {result.rows:,}  values {result.values:,}  created {result.created:,}")
    print(f"seconds {seconds:.1f}  CPU seconds {cpu:.1f}  values/s {rate:,}")
    print(f"peak MB after the first station {(first or [peak_mb()])[0]}  at the end {peak_mb()}")
    print(f"bytes per value {database_bytes() / result.values:.1f}  load {os.getloadavg()[0]:.1f}")
    for code, n in sorted(result.codes.items()):
        print(f"{code} {n:,}")
    return 0 if result.values == result.created else 1


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
