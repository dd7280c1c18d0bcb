"""A real server with a small town on a free port, seen through Debian's Chromium."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .pages import Screen

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("MEHRWERT_CHROMIUM", "/usr/bin/chromium")
START_S = 60


@dataclass(frozen=True)
class Site:
    """The running server: its address, a session per role, and ids of seeded objects."""

    url: str
    sessions: dict[str, str]
    ids: dict[str, str] = field(default_factory=dict)

    def path(self, screen: Screen) -> str:
        """Return the path of a screen with the seeded ids filled in."""
        return screen.path.format(**self.ids)


@dataclass
class Visit:
    """An open page and what it asked for."""

    page: Page
    foreign: list[str]
    problems: list[str]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/-/gesund", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, "the server ended while starting"
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not start in time")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start a server with the seeded town; sessions per role come from the seed."""
    data = tmp_path_factory.mktemp("browser")
    env = {
        **os.environ,
        "MEHRWERT_DATA_DIR": str(data),
        "MEHRWERT_DATABASE_URL": "",
        "MEHRWERT_SECRET_KEY": "only-for-browser-tests",
        "DJANGO_SETTINGS_MODULE": "mehrwert.site.settings",
    }
    command = [sys.executable, "-m", "mehrwert"]
    log = (data / "server.log").open("wb")
    subprocess.run([*command, "migrate_all"], env=env, check=True, stdout=log, stderr=log)
    seeded = subprocess.run(
        [sys.executable, str(HERE / "seed.py")], env=env, check=True, capture_output=True, cwd=ROOT
    )
    told = json.loads(seeded.stdout.decode().strip().splitlines()[-1])
    port = free_port()
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=env, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(url, process)
        yield Site(url, told["sessions"], told["ids"])
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, software graphics, nothing of its own on the network."""
    flags = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
    flags += ["--disable-background-networking", "--disable-component-update"]
    return {"executable_path": CHROMIUM, "args": flags}


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """Open a screen: ``visit(screen, width=390, color_scheme="dark")``; foreign hosts are cut off."""
    contexts: list[BrowserContext] = []

    def open_screen(screen: Screen, *, width: int = 1440, height: int = 900, **options) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if screen.role:
            cookie = {"name": "sessionid", "value": site.sessions[screen.role], "url": site.url}
            context.add_cookies([cookie])
        foreign: list[str] = []
        problems: list[str] = []

        def guard(route) -> None:
            if route.request.url.startswith((site.url, "data:", "blob:")):
                route.continue_()
            else:
                foreign.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda m: problems.append(m.text) if _is_problem(m) else None)
        answer = page.goto(site.url + site.path(screen), wait_until="load")
        assert answer is not None
        assert answer.status == screen.status, f"{site.path(screen)} answered {answer.status}"
        settle(page)
        return Visit(page, foreign, problems)

    yield open_screen
    for context in contexts:
        context.close()


def _is_problem(message) -> bool:
    is_status = "Failed to load resource" in message.text  # error pages themselves
    return message.type == "error" and not is_status


def settle(page: Page) -> None:
    """Wait until map and chart, where there are any, have drawn."""
    if page.evaluate("typeof window.mehrwert") == "undefined":
        return
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-map]")].every(
             (m) => "ready" in m.dataset || "fallback" in m.dataset)
           && [...document.querySelectorAll("[data-chart-plot]")].every(
             (p) => !p.closest("[data-chart]") || p.querySelector(".uplot") || !window.uPlot)""",
        timeout=15000,
    )


@contextmanager
def axe_loaded(page: Page) -> Iterator[None]:
    """Put axe into the page without a script element: the CSP would refuse one."""
    source = next((HERE / "vendor").glob("axe-core-*/axe.min.js")).read_text(encoding="utf-8")
    page.evaluate(source)
    yield
