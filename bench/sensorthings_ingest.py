"""Writing through the SensorThings door, against the raw limit of the store in the same run.

    .venv/bin/python bench/sensorthings_ingest.py [--postgres URL] [--seconds 4] [--docs] [--check]

Starts ``script/conformance-server``, lets a generator of its own process (raw sockets, closed loop)
send single POSTs (I1) and DataArrays (I2), read (R2 to R7), and prints requests per second,
p50, p99 and CPU seconds of all server processes, database included, per 1,000 requests. The raw
limit is the same rows in the same layout, committed in groups of the same size without HTTP; what
the server of HTTP does without any application is told below the table.
``--docs`` writes the table into ``docs/performance.md``. ``--check`` fails where a target is missed
(OBS-01, OBS-02); without ``--postgres`` it also tries the server of ``MEHRWERT_TEST_POSTGRES``.
"""

import argparse
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent / "parts"))
from raw_store import raw_postgres, raw_sqlite

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
# arrays of one run begin after those of the run before
OFFSETS = itertools.count(0, 40_000_000)
# time of the newest single reading: more than 1,000 a second run ahead of the clock, and those of
# the next case would be late
_newest_ms = [0]
# observations per second that a case must reach: name of the case, target
TARGETS = {
    "I1 single POST, 32 connections": 5_000,
    "I2 DataArray, 1,000 rows": 100_000,
    "R2 GET latest, 16 connections": 2_500,
    "R3 GET page of 100, 16 connections": 600,
    "R6 GET 100 things with latest, 4 connections": 100,
}
WRITING = {"single", "array"}
THINGS = 100
CASES = (
    *((f"I1 single POST, {n} connections", "single", n, 1) for n in (1, 4, 32, 128)),
    *((f"I2 DataArray, {n:,} rows", "array", 2, n) for n in (100, 1_000, 10_000)),
    ("R2 GET latest, 16 connections", "latest", 16, 1),
    ("R3 GET page of 100, 16 connections", "page", 16, 1),
    ("R5 GET 1,000 rows as DataArray, 4 connections", "rows", 4, 1),
    ("R6 GET 100 things with latest, 4 connections", "expand", 4, 1),
    ("R7 GET count, 4 connections", "count", 4, 1),
)


class Server(NamedTuple):
    """Whose CPU counts: the process group, and the parent of the database's processes."""

    group: int
    postmaster: int


def call(url: str, body: object) -> str:
    request = urllib.request.Request(url, json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers.get("Location", "")


def prepare(root: str, n_streams: int) -> list[int]:
    """Create things with series; return the ids of these."""
    patience = time.monotonic() + 180
    while time.monotonic() < patience:
        try:
            urllib.request.urlopen(root, timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    place = {"type": "Point", "coordinates": [7.6, 51.9]}
    thing = {
        "name": "Pegel",
        "description": "bench",
        "Locations": [
            {
                "name": "Ort",
                "description": "",
                "encodingType": "application/geo+json",
                "location": place,
            }
        ],
    }
    number = re.compile(r"\((\d+)\)$")
    things = [int(number.findall(call(f"{root}/Things", thing))[0]) for _ in range(THINGS)]
    sensor = {"name": "S", "description": "", "encodingType": "text/html", "metadata": "m"}
    sensor_id = int(number.findall(call(f"{root}/Sensors", sensor))[0])
    prop = {"name": "P", "description": "", "definition": "urn:p"}
    prop_id = int(number.findall(call(f"{root}/ObservedProperties", prop))[0])
    streams = []
    for i in range(n_streams):
        body = {
            "name": f"Reihe {i}",
            "description": "",
            "unitOfMeasurement": {"name": "Meter", "symbol": "m", "definition": None},
            "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
            "Thing": {"@iot.id": things[i % THINGS]},
            "Sensor": {"@iot.id": sensor_id},
            "ObservedProperty": {"@iot.id": prop_id},
        }
        streams.append(int(number.findall(call(f"{root}/Datastreams", body))[0]))
    return streams


def postmaster_of(url: str) -> int:
    """Return the process of a server on this machine whose children serve it; 0 without one."""
    if not url:
        return 0
    import psycopg

    with psycopg.connect(url) as connection:
        backend = connection.info.backend_pid
        stat = Path(f"/proc/{backend}/stat")
        return int(stat.read_text().rpartition(")")[2].split()[1]) if stat.exists() else 0


def cpu_seconds(server: Server) -> float:
    """Return CPU seconds of the server's process group and of its PostgreSQL."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == server.group or int(fields[1]) == server.postmaster:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


def measure(server: Server, root: str, case: tuple, streams: list[int], seconds: float) -> dict:
    _, kind, connections, rows = case
    plan = {
        "root": root,
        "kind": kind,
        "connections": connections,
        "rows": rows,
        "seconds": seconds,
        "streams": streams,
        "offset_s": next(OFFSETS),
        "first_ms": max(int(time.time() * 1000), _newest_ms[0]),
    }
    before = cpu_seconds(server)
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "parts" / "generator.py")],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(done.stdout)
    if kind == "single":
        _newest_ms[0] = plan["first_ms"] + result["requests"] + connections
    result["cpu"] = cpu_seconds(server) - before
    return result


def limit_of(case: tuple) -> tuple[int, int]:
    """Return rows per commit and number of series whose raw limit compares with a case."""
    _, kind, connections, rows = case
    return (connections, 256) if kind == "single" else (rows, 1)


def line(case: tuple, result: dict, raw: dict[tuple[int, int], float]) -> str:
    name, kind, _, rows = case
    rate = result["requests"] / result["seconds"]
    limit = ""
    if kind in WRITING:
        limit = f"{raw[limit_of(case)]:,.0f}"
    shown = f"{rate * rows:,.0f}" if kind in WRITING else "–"
    cpu = result["cpu"] / max(1, result["requests"]) * 1000
    return (
        f"| {name} | {rate:,.0f} | {shown} | {result['p50']:.1f} | {result['p99']:.1f}"
        f" | {cpu:.2f} | {limit or '–'} | {result['errors']} |"
    )


def run(args: argparse.Namespace, postgres: str) -> tuple[list[str], list[str]]:
    """Return the table and what was missed."""
    groups = [limit_of(case) for case in CASES if case[1] in WRITING]
    with tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as folder:
        raw = (
            {g: raw_postgres(postgres, *g) for g in groups}
            if postgres
            else {g: raw_sqlite(Path(folder), *g) for g in groups}
        )
    command = [str(ROOT / "script" / "conformance-server"), str(args.port)]
    if postgres:
        command += ["--postgres", postgres]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    server = Server(os.getpgid(process.pid), postmaster_of(postgres) or -1)
    try:
        root = f"http://127.0.0.1:{args.port}/sta/v1.1"
        streams = prepare(root, 256)
        lines = [
            "| Case | requests/s | observations/s | p50 ms | p99 ms | CPU s per 1,000 requests"
            " | raw limit, rows/s | errors |",
            "|---|---|---|---|---|---|---|---|",
        ]
        missed = []
        for case in CASES:
            measure(server, root, case, streams, 0.5)
            result = measure(server, root, case, streams, args.seconds)
            lines.append(line(case, result, raw))
            print(lines[-1], flush=True)
            missed += misses(case, result)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    lines += ["", floors(args.port + 1, args.seconds)]
    print(lines[-1], flush=True)
    return lines, missed


def floors(port: int, seconds: float) -> str:
    """Return what the server of HTTP does alone: POST with 32 connections, GET with 16."""
    command = [sys.executable, str(ROOT / "bench" / "parts" / "floor.py"), str(port)]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}/sta/v1.1"
    try:
        time.sleep(2)
        server = Server(os.getpgid(process.pid), -1)
        told = []
        for kind, connections in (("single", 32), ("latest", 16)):
            got = measure(server, root, ("", kind, connections, 1), [1], seconds)
            told.append(f"{got['requests'] / got['seconds']:,.0f}")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    return f"HTTP alone, without application: POST {told[0]}/s, GET {told[1]}/s"


def misses(case: tuple, result: dict) -> list[str]:
    """Say what of a case is not as it must be."""
    name, _, _, rows = case
    rate = result["requests"] / result["seconds"] * rows
    target = TARGETS.get(name, 0)
    slow = [f"{name}: {rate:,.0f}/s, asked {target:,}/s"] if rate < target else []
    wrong = [f"{name}: {result['first_error']}"] if result["errors"] else []
    return slow + wrong


def write_docs(engine: str, lines: list[str], seconds: float) -> None:
    """Put the table between its marks in docs/performance.md."""
    page = ROOT / "docs" / "performance.md"
    text = page.read_text(encoding="utf-8") if page.exists() else "# Performance\n"
    if "## SensorThings" not in text:
        text += "\n## SensorThings\n"
    begin, end = f"<!-- sensorthings {engine} -->", f"<!-- /sensorthings {engine} -->"
    if begin not in text:
        head, mark, tail = text.partition("## SensorThings\n")
        text = f"{head}{mark}\n{begin}\n{end}\n{tail}"
    made = (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {seconds:g} s per case,"
        f" load of the machine {os.getloadavg()[0]:.1f}"
    )
    table = "\n".join([begin, f"\n**{engine}** ({made})\n", *lines, "", end])
    text = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: table, text, flags=re.DOTALL)
    page.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--port", type=int, default=8169)
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    servers = [args.postgres]
    if args.check and not args.postgres:
        servers += filter(None, [os.environ.get("MEHRWERT_TEST_POSTGRES")])
    missed = []
    for postgres in servers:
        engine = "PostgreSQL" if postgres else "SQLite"
        print(f"{engine}, load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
        lines, missing = run(args, postgres)
        missed += [f"{engine}, {text}" for text in missing]
        if args.docs:
            write_docs(engine, lines, args.seconds)
    if args.check and missed:
        sys.exit("\n".join(["Missed:", *missed]))


if __name__ == "__main__":
    main()
