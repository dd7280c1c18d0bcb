"""``mehrwert demo``: a living town on the screen, from nothing, with one command."""

import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mehrwert.base.actions import start_job
from mehrwert.base.clock import now_us
from mehrwert.base.memory import give_memory_back
from mehrwert.demo import actions, jobs, launch, queries, runtime, smoke
from mehrwert.demo.errors import NotADemoError
from mehrwert.figures.text import number

USUAL_PORT = 8000
# pages and loading share one process: a page gets its turn five times sooner than by default
SWITCH_S = 0.001
UP_WITHIN_S = 60


class Command(BaseCommand):
    """Shows the demo until it is interrupted."""

    help = "Zeigt eine lebende Demo: die erfundene Stadt Auental und echte Zählungen aus Münster."

    def add_arguments(self, parser: CommandParser) -> None:
        launch.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MEHRWERT.demo:
            raise CommandError("Die Demo startet nur mit „mehrwert demo“ auf der Befehlszeile.")
        if options["smoke"]:
            smoke.run(
                options["port"] or free_port(),
                keep_data=bool(options["data"]),
                only_tell_times=options["only_tell_times"],
            )
            return
        started_us = now_us()
        port = choose_port(options["port"])
        try:
            self._prepare(started_us, port, is_reset=options["reset"])
        except NotADemoError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("Abgebrochen. Der nächste Start macht hier weiter.")
            return
        if not options["no_browser"]:
            threading.Thread(target=_open_browser, args=(port,), daemon=True).start()
        sys.setswitchinterval(SWITCH_S)
        call_command("serve", host=runtime.LOOPBACK, port=port)

    def _prepare(self, started_us: int, port: int, *, is_reset: bool) -> None:
        """Make or find the demo and say in three lines what is there."""
        actions.refuse_foreign()
        if is_reset:
            actions.reset()
        self.stdout.write("Demo startet …")
        call_command("migrate_all", no_backup=True, verbosity=0)
        begun = runtime.Runtime(port, started_us)
        actions.remember_shower(begun.shower.start_us)
        is_new = queries.read_beginning() is None
        actions.seed(started_us)
        give_memory_back()
        _load_rest()
        runtime.begin(begun)
        counts = queries.count_all()
        more = "; die übrigen aus zwei Jahren kommen nach" if is_new else ""
        self.stdout.write(
            f"{number(counts.things)} Messstellen, {number(counts.series)} Messreihen, "
            f"{number(counts.observations)} Messwerte{more}"
        )
        self.stdout.write(f"{begun.address}  (Ende mit Strg+C)")


def _load_rest() -> None:
    """Load what is older as jobs, once."""
    auental, muenster = queries.read_auental(), queries.read_muenster()
    story_town = queries.read_story_town()
    if auental is None or muenster is None or queries.has_jobs(auental.pk, muenster.pk):
        return
    for task, title, town in (
        (jobs.load_projects, jobs.PROJECTS_TITLE, auental),
        (jobs.load_evaluations, jobs.EVALUATIONS_TITLE, auental),
        (jobs.tell_story, jobs.STORY_TITLE, story_town),
        (jobs.load_history, jobs.HISTORY_TITLE, auental),
        (jobs.load_older, jobs.OLDER_TITLE, muenster),
    ):
        if town is not None:
            start_job(task, title=title, tenant_id=town.pk, kwargs={"tenant_id": town.pk})


def choose_port(wanted: int) -> int:
    """Return the port asked for, else the usual one or, if that is taken, a free one."""
    if wanted:
        if not is_free(wanted):
            raise CommandError(
                f"Der Anschluss {wanted} ist belegt. Bitte wählen Sie mit --port einen anderen."
            )
        return wanted
    return USUAL_PORT if is_free(USUAL_PORT) else free_port()


def is_free(port: int) -> bool:
    """Say whether nobody listens on a port of loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((runtime.LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind((runtime.LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _open_browser(port: int) -> None:
    """Open the browser as soon as the demo answers."""
    address = f"http://{runtime.LOOPBACK}:{port}/"
    end = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
        else:
            webbrowser.open(address)
            return
