"""A real server with a small town on a free port, seen through Debian's Chromium."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Route,
)

from mehrwert.base.tests.ports import free_port

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

    def told(self) -> dict[str, list[str]]:
        """Return what the page has asked and complained about up to now.

        Ask before ``checks.axe``: axe itself sets styles, and the CSP complains about them.
        """
        return {"other hosts": list(self.foreign), "console": list(self.problems)}

    def refuse(self, route: Route) -> None:
        """Note and cut off a request that leaves the machine; data and blobs stay on it."""
        if route.request.url.startswith(("data:", "blob:")):
            route.continue_()
            return
        self.foreign.append(route.request.url)
        route.abort()

    def note(self, message: ConsoleMessage) -> None:
        """Note what the console complains about; the status of error pages is none."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)


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


@dataclass
class Weight:
    """What a first visit transferred, in kilobytes by address."""

    names: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Count from now on what the network delivers, compressed as it was sent."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.requestWillBeSent",
            lambda e: self.names.update({e["requestId"]: e["request"]["url"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda e: self.sizes.update({e["requestId"]: e["encodedDataLength"] / 1000}),
        )

    def findings(self, limit_kb: float) -> list[str]:
        """Return the heaviest parts when all together are over the limit."""
        if sum(self.sizes.values()) <= limit_kb:
            return []
        parts = sorted(((kb, self.names.get(i, "")) for i, kb in self.sizes.items()), reverse=True)
        return [f"{kb:.1f} kB {name}" for kb, name in parts[:8]]


@contextmanager
def weigh() -> Iterator[Weight]:
    """Give ``visit(…, weight=…)`` something to count with."""
    weight = Weight()
    yield weight
    assert weight.sizes, "nothing was weighed"


class Visitor:
    """Opens screens in fresh contexts, so that every visit is a first one."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._contexts: list[BrowserContext] = []

    def __call__(
        self,
        screen: Screen,
        *,
        width: int = 1440,
        height: int = 900,
        weight: Weight | None = None,
        **options,
    ) -> Visit:
        """Open a screen as its reader; requests to foreign hosts are noted and cut off."""
        size = {"width": width, "height": height}
        context = self._browser.new_context(viewport=size, **options)
        self._contexts.append(context)
        if screen.role:
            session = self._site.sessions[screen.role]
            cookie = {"name": "sessionid", "value": session, "url": self._site.url}
            context.add_cookies([cookie])
        opened = Visit(context.new_page(), [], [])
        context.route(lambda url: not url.startswith(self._site.url), opened.refuse)
        opened.page.on("pageerror", lambda error: opened.problems.append(str(error)))
        opened.page.on("console", opened.note)
        if weight:
            weight.watch(opened.page)
        answer = opened.page.goto(self._site.url + self._site.path(screen), wait_until="load")
        assert answer is not None
        path = self._site.path(screen)
        assert answer.status == screen.status, f"{path} answered {answer.status}"
        if options.get("java_script_enabled", True):
            settle(opened.page)
        return opened

    def close(self) -> None:
        """Close what was opened."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Open a screen: ``visit(screen, width=390, color_scheme="dark")``."""
    visitor = Visitor(browser, site)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def browser_without_webgl(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Browser]:
    """Chromium on a machine whose graphics do not do 3D."""
    flags = [*browser_type_launch_args["args"], "--disable-3d-apis"]
    started = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    yield started
    started.close()


@pytest.fixture
def visit_without_webgl(browser_without_webgl: Browser, site: Site) -> Iterator[Visitor]:
    """Open a screen in that Chromium."""
    visitor = Visitor(browser_without_webgl, site)
    yield visitor
    visitor.close()


def settle(page: Page) -> None:
    """Wait until map and chart, where there are any, have drawn."""
    if page.evaluate("typeof window.mehrwert") == "undefined":
        return
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-map]")].every(
             (m) => "ready" in m.dataset || "fallback" in m.dataset)
           && [...document.querySelectorAll("[data-chart-plot]")].every(
             (p) => !p.closest("[data-chart]") || p.querySelector(".uplot") || !window.uPlot)""",
        timeout=30000,
    )
