"""How many messages a second the inbox keeps, each acknowledged after its commit.

    python bench/inbox_ingest.py --data FOLDER [--messages 20000] [--senders 64]

With MEHRWERT_DATABASE_URL on PostgreSQL, else on SQLite in the folder. Each sender waits for its
answer before it sends the next message, as a webhook or a broker with QoS 1 does. Target: 1,000/s.
CPU seconds per 1,000 messages, of this process and of the database server, tell more than the rate
on a machine that others use too.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sensorthings_ingest import Server, cpu_seconds, postmaster_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--senders", type=int, default=64)
    given = parser.parse_args()
    os.environ["MEHRWERT_DATA_DIR"] = str(given.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate_all", "--no-backup", verbosity=0)
    print(json.dumps(asyncio.run(measure(given.messages, given.senders))))


async def measure(messages: int, senders: int) -> dict[str, float | str]:
    """Return messages per second and latencies in ms."""
    from django.db import connections

    from mehrwert.observations.actions import Delivery, NewMessage, akeep_messages

    run = time.time_ns()
    waits: list[float] = []
    body = '{"deviceInfo": {"devEui": "70b3"}, "data": "' + "A" * 900 + '"}'

    async def send(first: int) -> None:
        for n in range(first, messages, senders):
            key, device = f"{run}/{n}", f"device-{n % 500}"
            message = NewMessage(key, device, body, '{"payload": "0c16", "f_port": 1}')
            begun = time.perf_counter()
            await akeep_messages(Delivery(1, 1, [message]))
            waits.append(time.perf_counter() - begun)

    group = Server(os.getpgid(0), postmaster_of(os.environ.get("MEHRWERT_DATABASE_URL", "")) or -1)
    begun, used = time.perf_counter(), cpu_seconds(group)
    await asyncio.gather(*(send(n) for n in range(senders)))
    seconds = time.perf_counter() - begun
    used = cpu_seconds(group) - used
    waits.sort()
    return {
        "engine": connections["observations"].vendor,
        "messages_per_s": round(messages / seconds),
        "p50_ms": round(waits[len(waits) // 2] * 1000, 1),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 1),
        "cpu_s_per_1000": round(used / messages * 1000, 2),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
