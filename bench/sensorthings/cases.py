"""Runs one workload against one server and says what it cost."""

import itertools
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import reads
import writes
from api import Api
from servers import Server

DRIVER = Path(__file__).parent / "drive.py"
_lanes = itertools.count(1)


@dataclass(frozen=True)
class Case:
    """One line of the table: workload, connections, readings per request."""

    title: str
    kind: str
    connections: int
    rows: int = 0
    rate: int = 0


@dataclass(frozen=True)
class Result:
    """What a case gave; ``cpu`` are seconds per 1,000 requests, None if unknown."""

    case: Case
    rate: float
    p50: float
    p99: float
    cpu: float | None
    kilobytes: float
    errors: int
    first_error: str = ""


def read_cases(connections: int) -> list[Case]:
    """Return R1 to R11 and their mix."""
    few = {"R6": 4, "R7": 1, "R9": 4, "R10": 1, "R11": 2}
    cases = [
        Case(f"{read.name} {read.title}", read.name, few.get(read.name, connections))
        for read in reads.READS
    ]
    return [*cases, Case("R1–R11 mixed", "mix", connections)]


WRITE_CASES = [
    *(Case(f"I1 single POST, {n} connections", "I1", n, 1) for n in (1, 4, 32, 128)),
    *(Case(f"I2 DataArray, {n:,} rows", "I2", 2, n) for n in (100, 1_000, 10_000)),
    Case("I3 DataArray, 1,000 rows of 100 series", "I3", 2, 1_000),
    Case("I4 JSON batch of 100", "I4", 4, 100),
]


def run_case(server: Server, world: reads.World, case: Case, seconds: float) -> Result:
    """Warm up, measure, return the result."""
    _drive(server, world, case, min(1.0, seconds / 4))
    before, got = server.cpu_s(), None
    got = _drive(server, world, case, seconds)
    after = server.cpu_s()
    n = max(1, got["requests"])
    cpu = None if before is None or after is None else (after - before) / n * 1000
    return Result(
        case,
        got["requests"] / got["seconds"],
        got["p50"],
        got["p99"],
        cpu,
        got["bytes"] / n / 1000,
        got["errors"],
        got["first_error"],
    )


def _drive(server: Server, world: reads.World, case: Case, seconds: float) -> dict:
    plan = {
        "root": server.root,
        "headers": server.headers,
        "kind": case.kind,
        "connections": case.connections,
        "rows": case.rows,
        "rate": case.rate,
        "seconds": seconds,
        "lane": next(_lanes),
        "size": world.size.name,
        "streams": world.streams,
        "things": world.things,
    }
    done = subprocess.run(
        [sys.executable, str(DRIVER)],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def unload(server: Server, world: reads.World) -> list[Result]:
    """I7: a logger sends 250,000 rows of one series while others read the latest value (R2)."""
    reading = Case("R2 alone, 4 connections", "R2", 4)
    alone = run_case(server, world, reading, 4)
    by_itself = _unload_alone(server, world)
    api, bodies = Api(server.root, server.headers), writes.logger_unload(world.streams[-1])
    took: list[float] = []

    def send() -> None:
        time.sleep(0.5)
        began = time.perf_counter()
        for path, body in bodies:
            api.send(path, body)
        took.append(time.perf_counter() - began)

    sender = threading.Thread(target=send)
    sender.start()
    beside = _drive(server, world, Case("", "R2", 4), 6)
    sender.join()
    during = Case("R2 beside I7, 4 connections", "R2", 4)
    per_s = beside["requests"] / beside["seconds"]
    unloading = Case(f"I7 250,000 rows of one series: {took[0]:.1f} s", "I7", 1, 250_000)
    return [
        alone,
        by_itself,
        Result(
            during,
            per_s,
            beside["p50"],
            beside["p99"],
            None,
            0,
            beside["errors"],
            beside["first_error"],
        ),
        Result(unloading, 1 / took[0], took[0] * 1000, took[0] * 1000, None, 0, 0),
    ]


def _unload_alone(server: Server, world: reads.World) -> Result:
    """I7 while nobody reads, with its computing time: per 1,000 requests, so 1,000 unloads."""
    api, bodies = Api(server.root, server.headers), writes.logger_unload(world.streams[-2])
    before, began = server.cpu_s(), time.perf_counter()
    for path, body in bodies:
        api.send(path, body)
    took, after = time.perf_counter() - began, server.cpu_s()
    cpu = None if before is None or after is None else (after - before) * 1000
    case = Case(f"I7 250,000 rows of one series, nobody reads: {took:.1f} s", "I7", 1, 250_000)
    return Result(case, 1 / took, took * 1000, took * 1000, cpu, 0, 0)


def soak(server: Server, world: reads.World, minutes: float) -> list[Result]:
    """I8: 200 readings a second and 20 dashboards; returns both for the first and last third."""
    results = []
    third = max(5.0, minutes * 20)
    for part in ("first", "middle", "last"):
        box: list[dict] = []
        writing = Case("I8", "I1", 8, 1, rate=200)
        thread = threading.Thread(
            target=lambda box=box, writing=writing: box.append(
                _drive(server, world, writing, third)
            )
        )
        thread.start()
        # a dashboard asks four things every ten seconds: 20 of them are 8 requests a second
        seen = _drive(server, world, Case("", "mix", 20, rate=8), third)
        thread.join()
        memory = server.memory_mb() or 0
        for name, got in (("reads", seen), ("writes", box[0])):
            title = f"I8 {name}, {part} third of {minutes:g} min ({memory:.0f} MB)"
            rate = got["requests"] / got["seconds"]
            results.append(
                Result(
                    Case(title, "I8", 20),
                    rate,
                    got["p50"],
                    got["p99"],
                    None,
                    0,
                    got["errors"],
                    got["first_error"],
                )
            )
    return results
