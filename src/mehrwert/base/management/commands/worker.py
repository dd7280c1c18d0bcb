"""``mehrwert worker``: only jobs, events and timetable, without doors (PostgreSQL)."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mehrwert.base.versions import refuse_other_version
from mehrwert.base.wiring import resolve, table


class Command(BaseCommand):
    """Works until it is interrupted."""

    help = "Startet einen Arbeitsprozess für Aufträge, ohne Seiten (nur mit PostgreSQL)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ONE_DATABASE:
            raise CommandError("Mit SQLite arbeitet „mehrwert serve“ die Aufträge selbst ab.")
        refuse_other_version()
        end = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: end.set())
        services = [resolve(name)() for name in table("SERVICES")]
        for service in services:
            service.start()
        end.wait()
        for service in reversed(services):
            service.stop()
