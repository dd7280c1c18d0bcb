"""``mehrwert demo --smoke``: starts a demo, visits its pages as every role, measures, stops it."""

import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from mehrwert.demo import queries, town
from mehrwert.demo.choices import BY_ROLE, CHARACTERS
from mehrwert.demo.runtime import LOOPBACK

MOST_START_S = 20.0
MOST_P95_MS = 150.0
MOST_RESIDENT_MB = 300.0
MOST_END_S = 10.0
WAIT_S = 240.0
ROUNDS = 20
LIVE_WITHIN_S = 30.0
# lines of the log that tell of something broken
ERROR = re.compile(r"^\S+ \S+ (ERROR|CRITICAL) |listener_failed")


@dataclass
class Report:
    """What was measured and what is wrong. Being slow is wrong too, unless times are only told."""

    only_tell_times: bool = False
    problems: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Print one line."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def check(self, is_good: bool, text: str) -> None:
        """Print one measured line; remember it if it is not good."""
        self.say(f"{'gut     ' if is_good else 'SCHLECHT'}  {text}")
        if not is_good:
            self.problems.append(text)

    def time(self, is_fast: bool, text: str) -> None:
        """Print one measured time; remember it if it is too long."""
        if is_fast or not self.only_tell_times:
            self.check(is_fast, text)
        else:
            self.say(f"langsam   {text}")


class Visitor:
    """A browser without JavaScript: keeps cookies, follows redirects, takes a role."""

    def __init__(self, address: str) -> None:
        self._address = address
        jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open

    def get(self, path: str) -> tuple[int, str, float]:
        """Return status, text and milliseconds of a page."""
        return self._ask(urllib.request.Request(self._address + path))  # noqa: S310 - our own server

    def take_role(self, role: str) -> tuple[int, str, float]:
        """Choose a role on the landing page as a person would."""
        _, page, _ = self.get("/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = {"role": role, "csrfmiddlewaretoken": found[1] if found else ""}
        data = urllib.parse.urlencode(fields).encode()
        url = self._address + reverse("demo:role")
        return self._ask(urllib.request.Request(url, data))  # noqa: S310 - our own server

    def _ask(self, request: urllib.request.Request) -> tuple[int, str, float]:
        begin = time.perf_counter()
        try:
            with self._open(request, timeout=30) as answer:
                text = answer.read().decode()
                status = answer.status
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode(errors="replace")
        return status, text, (time.perf_counter() - begin) * 1000


def run(port: int, *, keep_data: bool, only_tell_times: bool = False) -> None:
    """Do it all; ends the process with 1 when something is wrong.

    Args:
        port: Free port on loopback.
        keep_data: Leave the data folder.
        only_tell_times: For machines that do other work beside: slow pages are named, not judged.
    """
    report = Report(only_tell_times)
    address = f"http://{LOOPBACK}:{port}"
    begin = time.monotonic()
    command = [sys.executable, "-m", "mehrwert", "demo", "--no-browser", "--port", str(port)]
    folder = str(settings.DATA_DIR)
    server = subprocess.Popen(  # noqa: S603
        [*command, "--data", folder], env=os.environ.copy(), stderr=subprocess.PIPE
    )
    log = _Log(server)
    try:
        _wait_for_first_page(server, address, begin, report)
        _visit_all(address, report)
        _watch_live(address, report)
        _check_memory(server.pid, report)
    finally:
        _end(server, report)
        log.judge(report)
        if not keep_data:
            shutil.rmtree(folder, ignore_errors=True)
    report.say("Alles gut." if not report.problems else f"{len(report.problems)} Mängel.")
    if report.problems:
        raise SystemExit(1)


class _Log:
    """Hands on what the server tells about its work, and remembers what went wrong in it."""

    def __init__(self, server: "subprocess.Popen[bytes]") -> None:
        self._errors: list[str] = []
        self._thread = threading.Thread(
            target=self._follow, args=(server.stderr or (),), daemon=True
        )
        self._thread.start()

    def judge(self, report: Report) -> None:
        """Report errors of jobs, services and pages that no visitor has seen."""
        self._thread.join(MOST_END_S)
        told = "; ".join(dict.fromkeys(self._errors)) or "keine"
        report.check(not self._errors, f"Fehler im Protokoll: {told}")

    def _follow(self, stream: Iterable[bytes]) -> None:
        for line in stream:
            sys.stderr.buffer.write(line)
            sys.stderr.flush()
            text = line.decode(errors="replace")
            if ERROR.search(text):
                self._errors.append(text.split(maxsplit=3)[-1].strip())


def _wait_for_first_page(
    server: "subprocess.Popen[bytes]", address: str, begin: float, report: Report
) -> None:
    visitor = Visitor(address)
    status = 0
    while time.monotonic() - begin < WAIT_S and server.poll() is None and status != 200:
        try:
            status, _, _ = visitor.get("/")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    seconds = time.monotonic() - begin
    report.time(
        seconds <= MOST_START_S,
        f"Start bis zur ersten Seite: {seconds:.1f} s (höchstens {MOST_START_S:.0f})",
    )
    if status != 200:
        raise SystemExit("Die Demo hat nicht geantwortet.")


def _visit_all(address: str, report: Report) -> None:
    """Visit each page as who may see it, and begin as every role."""
    for path in _open_pages():
        _measure(Visitor(address), path, "ohne Anmeldung", report)
    for character in CHARACTERS:
        visitor = Visitor(address)
        status, page, _ = visitor.take_role(character.role)
        is_there = status == 200 and character.display_name in page and "Demo" in page
        report.check(is_there, f"Beginn als {character.role}: {status}")
    admin = Visitor(address)
    admin.take_role(BY_ROLE["admin"].role)
    for path in _pages_of_admin(admin):
        _measure(admin, path, "Administration", report)


def _measure(visitor: Visitor, path: str, who: str, report: Report) -> None:
    answers = [visitor.get(path) for _ in range(ROUNDS)]
    statuses = {status for status, _, _ in answers}
    p95 = sorted(ms for _, _, ms in answers)[int(ROUNDS * 0.95) - 1]
    text = f"{path}  {who}: {sorted(statuses)}, p95 {p95:.0f} ms"
    if statuses == {200}:
        report.time(p95 < MOST_P95_MS, text)
    else:
        report.check(False, text)


def _open_pages() -> list[str]:
    pages = ("datenschutz", "barrierefreiheit", "impressum")
    return [
        "/",
        "/en/",
        reverse("account_login"),
        reverse("base:help"),
        *(reverse("base:legal", kwargs={"page": page}) for page in pages),
    ]


def _pages_of_admin(visitor: Visitor) -> Iterator[str]:
    """Yield the pages of both towns; ids are taken from the links of the lists."""
    for slug in (town.SLUG, queries.MUENSTER):
        mandant = {"mandant": slug}
        yield reverse("municipalities:home", kwargs=mandant)
        stations = reverse("observations:thing_list", kwargs=mandant)
        yield stations
        listed = f"{stations}?ansicht=liste"
        yield listed
        thing = _first_link(visitor, listed, rf"/{slug}/daten/messstellen/\d+/")
        yield thing
        yield _first_link(visitor, thing, rf"/{slug}/daten/messreihen/\d+/")
        yield reverse("base:job_list", kwargs=mandant)
    mandant = {"mandant": town.SLUG}
    for name in ("municipalities:setup", "table_files:start", "base:audit"):
        yield reverse(name, kwargs=mandant)
    yield reverse("accounts:profile")


def _first_link(visitor: Visitor, page: str, pattern: str) -> str:
    _, text, _ = visitor.get(page)
    found = re.search(pattern, text)
    return found[0] if found else f"{page}?kein-link"


def _watch_live(address: str, report: Report) -> None:
    """Check that new readings come in through the door while somebody looks."""
    visitor = Visitor(address)
    visitor.take_role("viewer")
    options = {
        "$filter": "Thing/name eq 'Pegel Aue, Mühlbrücke' and name eq 'Wasserstand'",
        "$expand": "Observations($top=1;$orderby=phenomenonTime desc)",
    }
    path = f"/sta/{town.SLUG}/v1.1/Datastreams?{urllib.parse.urlencode(options)}"
    first, end = visitor.get(path), time.monotonic() + LIVE_WITHIN_S
    now = first
    while now[1] == first[1] and time.monotonic() < end:
        time.sleep(1)
        now = visitor.get(path)
    is_live = first[0] == 200 and now[1] != first[1]
    report.check(is_live, f"Der Pegel sendet, während man zusieht ({first[0]})")


def _check_memory(pid: int, report: Report) -> None:
    megabytes = sum(_resident_mb(one) for one in _family(pid))
    report.check(
        megabytes < MOST_RESIDENT_MB,
        f"Speicher aller Prozesse: {megabytes:.0f} MB (unter {MOST_RESIDENT_MB:.0f})",
    )


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        parent = int(text.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += children.get(one, [])
    return found


def _resident_mb(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmRSS:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _end(server: "subprocess.Popen[bytes]", report: Report) -> None:
    """Interrupt it as Ctrl-C does."""
    begin = time.monotonic()
    server.send_signal(signal.SIGINT)
    try:
        code = server.wait(MOST_END_S)
    except subprocess.TimeoutExpired:
        server.kill()
        code = server.wait()
    seconds = time.monotonic() - begin
    report.check(
        code == 0 and seconds < MOST_END_S, f"Ende nach Strg+C: {seconds:.1f} s, Rückgabe {code}"
    )
