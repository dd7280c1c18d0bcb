"""``mehrwert serve``: doors, job worker and writers in one process."""

from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.static_files import compress_stale
from mehrwert.base.versions import refuse_other_version
from mehrwert.base.wiring import resolve, table


def address_here(host: str, port: int) -> str:
    """Return how this machine reaches the server, also when it listens everywhere."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://{host}:{port}"


class Command(BaseCommand):
    """Serves until it is interrupted."""

    help = "Startet Seiten, Schnittstellen und Aufträge in einem Prozess."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="nur mit PostgreSQL")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] > 1 and not settings.ONE_DATABASE:
            raise CommandError(
                "Mehrere Prozesse brauchen PostgreSQL. Mit SQLite bitte --workers weglassen."
            )
        refuse_other_version()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        compress_stale()
        for name in table("BEFORE_SERVE", []):
            resolve(name)(address_here(options["host"], options["port"]))
        proxies = settings.MEHRWERT.trusted_proxies
        uvicorn.run(
            "mehrwert.site.asgi:application",
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            access_log=False,
            log_config=None,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=",".join(proxies),
            timeout_graceful_shutdown=4,
            server_header=False,
            backlog=1024,
        )
