"""From a reading to the message about it, while readings come in and many rules watch (OBS-39).

    .venv/bin/python bench/alert_latency.py [--postgres URL] [--seconds 60] [--docs] [--check]

Starts an installation of its own with 1,000 series and 10,000 rules of three kinds, sends single
readings over HTTP at a fixed rate (200/s), and takes five times a second a value that meets a rule
whose recipient is a webhook on loopback. Measured is the time from before the request until the
webhook has been asked. Every reading is committed (fsync) before anything else happens. ``--docs``
writes the table into ``docs/performance.md``; ``--check`` fails if p99 is not below 2 seconds.
"""

import argparse
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sensorthings_ingest import Server, cpu_seconds, postmaster_of

ROOT = Path(__file__).parent.parent
SERIES, RULES_EACH = 1_000, 10
RATE, ALARMS = 200, 5
SENDERS = 8
MOST_S = 2.0
WAIT_S = 20.0
WARM_S = 5
MEHRWERT = str(Path(sys.executable).with_name("mehrwert"))


class Receiver(ThreadingHTTPServer):
    """Notes when it was told of which value."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Told)
        self.told: dict[float, float] = {}
        self.twice = 0


class Told(BaseHTTPRequestHandler):
    """Takes a webhook."""

    def do_POST(self) -> None:
        """Note the time, answer, then look at what was said."""
        at = time.perf_counter()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        if body["type"] == "alert.first":
            value = round(body["data"]["value"], 10)
            self.server.twice += value in self.server.told
            self.server.told.setdefault(value, at)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Sender(threading.Thread):
    """Sends its share of the readings, each at its time."""

    def __init__(self, port: int, world: dict, plan: list[tuple[float, int, float]]) -> None:
        super().__init__(daemon=True)
        self.port, self.world, self.plan = port, world, plan
        self.sent: dict[float, float] = {}
        self.slow: list[float] = []
        self.errors = 0

    def run(self) -> None:
        """Send each reading when it is due."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.world['key']}",
        }
        for due, series, value in self.plan:
            time.sleep(max(0.0, due - time.perf_counter()))
            before = time.perf_counter()
            body = json.dumps({"result": value})
            path = f"/sta/bench/v1.1/Datastreams({series})/Observations"
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            self.errors += answer.status != 201
            self.slow.append(time.perf_counter() - due)
            if value > 1:
                self.sent[round(value, 10)] = before


def plans(series: list[int], seconds: float, turn: int) -> list[list[tuple[float, int, float]]]:
    """Return for each sender what it sends when.

    Each turn through the series meets the rules of others, so that all fall back in between;
    ``turn`` is the first of this run.
    """
    every = RATE // ALARMS
    start = time.perf_counter() + 1.0
    shares: list[list[tuple[float, int, float]]] = [[] for _ in range(SENDERS)]
    for i in range(int(seconds * RATE)):
        is_alarm = i % every == (turn + i // len(series)) % every
        value = 1.5 + (turn * 1_000_000 + i) * 1e-9 if is_alarm else 0.5 + (i % 7) * 0.01
        shares[i % SENDERS].append((start + i / RATE, series[i % len(series)], value))
    return shares


def environment(folder: str, postgres: str) -> dict[str, str]:
    given = {
        "MEHRWERT_DATA_DIR": folder,
        "MEHRWERT_OUTGOING_HOSTS": "127.0.0.1",
        "MEHRWERT_ALLOWED_HOSTS": "localhost,127.0.0.1",
        "MEHRWERT_DATABASE_URL": postgres,
        "DJANGO_SETTINGS_MODULE": "mehrwert.site.settings",
        "MEHRWERT_LOG_LEVEL": "WARNING",
    }
    return {**os.environ, **given}


def wait_for(port: int) -> None:
    patience = time.monotonic() + 120
    while time.monotonic() < patience:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/-/bereit", timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server does not answer")


def load(port: int, receiver: Receiver, world: dict, seconds: float, turn: int) -> dict:
    """Send for a while and return what was measured, times in seconds."""
    senders = [Sender(port, world, plan) for plan in plans(world["series"], seconds, turn)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    sent = {value: at for sender in senders for value, at in sender.sent.items()}
    patience = time.monotonic() + WAIT_S
    while len(receiver.told) < len(sent) and time.monotonic() < patience:
        time.sleep(0.1)
    delays = sorted(
        receiver.told[value] - at for value, at in sent.items() if value in receiver.told
    )
    behind = sorted(late for sender in senders for late in sender.slow)
    return {
        "alarms": len(sent),
        "missing": len(sent) - len(delays),
        "twice": receiver.twice,
        "errors": sum(sender.errors for sender in senders),
        "rate": len(behind) / seconds,
        "answer_p99": behind[int(len(behind) * 0.99)],
        "p50": delays[len(delays) // 2] if delays else float("inf"),
        "p99": delays[min(len(delays) - 1, int(len(delays) * 0.99))] if delays else float("inf"),
        "most": delays[-1] if delays else float("inf"),
    }


@contextmanager
def own_database(postgres: str, port: int) -> Iterator[str]:
    """Make a database of that server and drop it at the end; nothing without a server."""
    if not postgres:
        yield ""
        return
    tool = [sys.executable, str(ROOT / "tools" / "throwaway_database")]
    made = subprocess.run([*tool, "create", postgres, str(port)], check=True, capture_output=True)
    url = made.stdout.decode().strip()
    try:
        yield url
    finally:
        subprocess.run([*tool, "drop", url], check=True)


def run(args: argparse.Namespace, postgres: str) -> dict:
    """Start everything, measure, stop everything."""
    receiver = Receiver()
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    with (
        tempfile.TemporaryDirectory(prefix="mehrwert-bench-") as folder,
        own_database(postgres, args.port) as database,
    ):
        env = environment(folder, database)
        subprocess.run([MEHRWERT, "migrate_all", "--no-backup"], env=env, check=True, stdout=2)
        url = f"http://127.0.0.1:{receiver.server_port}/"
        script = str(ROOT / "bench" / "parts" / "alert_world.py")
        made = subprocess.run(
            [sys.executable, script, str(SERIES), str(RULES_EACH), url],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        world = json.loads(made.stdout.splitlines()[-1])
        command = [MEHRWERT, "serve", "--host", "127.0.0.1", "--port", str(args.port)]
        process = subprocess.Popen(command, env=env, start_new_session=True, stdout=2)
        try:
            wait_for(args.port)
            server = Server(os.getpgid(process.pid), postmaster_of(postgres) or -1)
            load(args.port, receiver, world, WARM_S, 0)
            receiver.told.clear()
            before = cpu_seconds(server)
            result = load(args.port, receiver, world, args.seconds, 1)
            result["cpu"] = (cpu_seconds(server) - before) / args.seconds
            result["rules"] = world["rules"]
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
    receiver.shutdown()
    return result


def line(engine: str, result: dict) -> str:
    delays = " | ".join(f"{result[name] * 1000:,.0f}" for name in ("p50", "p99", "most"))
    return (
        f"| {engine} | {result['rules']:,} | {result['rate']:.0f} | {result['alarms']} | {delays}"
        f" | {result['missing']} | {result['twice']} | {result['answer_p99'] * 1000:,.0f}"
        f" | {result['cpu']:.2f} |"
    )


def write_docs(rows: list[str], seconds: float) -> None:
    """Put the table between its marks in docs/performance.md."""
    page = ROOT / "docs" / "performance.md"
    text = page.read_text(encoding="utf-8")
    begin, end = "<!-- alert latency -->", "<!-- /alert latency -->"
    if begin not in text:
        text += f"\n## From a reading to the message about it\n\n{begin}\n{end}\n"
    made = (
        f"({time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {seconds:g} s, load of the machine"
        f" {os.getloadavg()[0]:.1f})"
    )
    table = "\n".join([begin, f"\n{made}\n", *rows, "", end])
    text = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: table, text, flags=re.DOTALL)
    page.write_text(text, encoding="utf-8")


HEAD = [
    "| Engine | rules | readings/s | messages | p50 ms | p99 ms | longest ms | missing | twice"
    " | answer p99 ms | CPU s per s |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", default="")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--port", type=int, default=8171)
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    rows, slow = list(HEAD), []
    for engine, postgres in (("SQLite", ""), ("PostgreSQL", args.postgres)):
        if engine == "PostgreSQL" and not postgres:
            continue
        result = run(args, postgres)
        rows.append(line(engine, result))
        print(rows[-1], flush=True)
        if result["p99"] >= MOST_S or result["missing"] or result["twice"] or result["errors"]:
            slow.append(f"{engine}: {result}")
    if args.docs:
        write_docs(rows, args.seconds)
    if args.check and slow:
        sys.exit("\n".join(["Missed:", *slow]))


if __name__ == "__main__":
    main()
