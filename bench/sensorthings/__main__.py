"""All workloads of the SensorThings door in one command (specification of observations, §7).

    .venv/bin/python bench/sensorthings --size S                       # ours on SQLite
    .venv/bin/python bench/sensorthings --size S --postgres URL        # and on PostgreSQL
    .venv/bin/python bench/sensorthings --size S --peer URL            # and any other server
    .venv/bin/python bench/sensorthings --only R2,R6,I1 --seconds 10 --docs

Sizes: XS 60,000 (to try it), S 2 million, M 10 million readings. Every server gets the same data
through its own door; a peer that has them already is told so by ``--peer-filled``. Before a peer is
measured, its answers are compared with ours; a workload answered differently is not measured there.
CPU counts all processes of a server, the database included; of a peer only with
``--peer-group`` (process group) and ``--peer-database`` (process of its database server).

I1 sends single POSTs, I2 and I3 arrays, I4 batches, I5 MQTT (own server only), I7 a logger that
unloads while others read, I8 a soak of ``--soak`` minutes. I6 (webhooks) belongs to another room.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import cases
import compare
import data
import mqtt
import reads
import report
import servers
from api import Api, fill, ids_of


def world_of(
    server: servers.Server, size: data.Size, *, is_filled: bool, twice: bool
) -> reads.World:
    """Fill a server if needed; return what there is to read."""
    api = Api(server.root, server.headers)
    if not is_filled:
        print(f"{server.name}: filling with {size.rows:,} readings", flush=True)
        fill(api, size, twice=twice)
    ids = ids_of(api)
    return reads.World(size, ids["streams"], ids["things"])


def chosen(args: argparse.Namespace, skipped: set[str]) -> list[cases.Case]:
    """Return the cases asked for, reads before writes."""
    every = [*cases.read_cases(args.connections), *cases.WRITE_CASES]
    names = {name.strip() for name in args.only.split(",") if name.strip()}
    return [c for c in every if (not names or c.kind in names) and c.kind not in skipped]


def measure(
    server: servers.Server, world: reads.World, args: argparse.Namespace, skipped: set[str]
) -> list[cases.Result]:
    """Run and print everything asked for."""
    print(f"\n{server.name}\n" + "\n".join(report.HEAD), flush=True)
    results = []

    def note(result: cases.Result) -> None:
        results.append(result)
        print(report.line(result), flush=True)
        if result.errors:
            print(f"  first error: {result.first_error[:200]}", flush=True)

    for case in chosen(args, skipped):
        note(cases.run_case(server, world, case, args.seconds))
    wanted = {name.strip() for name in args.only.split(",") if name.strip()}
    if not wanted or "I7" in wanted:
        for result in cases.unload(server, world):
            note(result)
    if args.soak and (not wanted or "I8" in wanted):
        for result in cases.soak(server, world, args.soak):
            note(result)
    return results


def peer_of(args: argparse.Namespace) -> servers.Server | None:
    """Return the other server, if one is named."""
    if not args.peer:
        return None
    headers = dict([args.peer_header.split(": ", 1)]) if args.peer_header else {}
    return servers.Server(
        args.peer_name, args.peer, args.peer_group, args.peer_database, headers=headers
    )


def run(args: argparse.Namespace, postgres: str) -> tuple[dict[str, list[cases.Result]], list[str]]:
    """Measure our server on one engine, then the peer; return tables and notes."""
    size = data.Size(args.size, data.SIZES[args.size])
    peer = peer_of(args)
    notes, results = [], {}
    with servers.our_server(args.port, postgres, {}) as ours:
        world = world_of(ours, size, is_filled=False, twice=peer is None)
        disk = ours.disk_bytes()
        if disk:
            notes.append(
                f"{ours.name}: {disk / size.rows:.0f} bytes on disk per reading, all told."
            )
            print(notes[-1], flush=True)
        skipped: set[str] = set()
        if peer is not None:
            there = world_of(peer, size, is_filled=args.peer_filled, twice=False)
            wrong = compare.differences(
                (Api(ours.root), world), (Api(peer.root, peer.headers), there)
            )
            skipped = set(wrong) | {read.name for read in reads.READS if not read.standard}
            notes += [f"{peer.name} answers {name} differently: {w}" for name, w in wrong.items()]
            print("\n".join(notes), flush=True)
        results[ours.name] = measure(ours, world, args, set())
        memory = ours.memory_mb()
        notes.append(f"{ours.name}: {memory:.0f} MB resident afterwards.")
    if peer is not None:
        results[peer.name] = measure(peer, there, args, skipped | {"mix"})
    if not args.only or "I5" in args.only:
        for result in mqtt.measure(args.port, postgres):
            results[ours.name].append(result)
            print(report.line(result), flush=True)
    return results, notes


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", choices=data.SIZES, default="S")
    parser.add_argument("--only", default="", help="workloads, like R2,R6,I1")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--soak", type=float, default=0, help="minutes of I8")
    parser.add_argument("--port", type=int, default=8171)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--peer", default="", help="root of another server, …/v1.1")
    parser.add_argument("--peer-name", default="peer")
    parser.add_argument("--peer-header", default="", help="like 'Authorization: Basic …'")
    parser.add_argument("--peer-filled", action="store_true")
    parser.add_argument("--peer-group", type=int, default=0)
    parser.add_argument("--peer-database", type=int, default=0)
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md")
    args = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    results, notes = run(args, args.postgres)
    print("\n".join(notes))
    if args.docs:
        engine = "postgresql" if args.postgres else "sqlite"
        report.write(f"{engine}-{args.size.lower()}", results, notes, args.size)


if __name__ == "__main__":
    main()
