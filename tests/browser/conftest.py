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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    CDPSession,
    ConsoleMessage,
    Page,
    ViewportSize,
)

from mehrwert.base.tests.ports import free_port

from .pages import Screen

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
CHROMIUM = os.environ.get("MEHRWERT_CHROMIUM", "/usr/bin/chromium")
START_S = 60
WIDE: ViewportSize = {"width": 1440, "height": 900}
AXE_SOURCE = next((HERE / "vendor").glob("axe-core-*/axe.min.js"))


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
    foreign: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    kilobytes: dict[str, float] = field(default_factory=dict)

    def told(self) -> dict[str, list[str]]:
        """Return what the page has asked and complained about up to now.

        Ask before ``checks.axe``: axe itself sets styles, and the CSP complains about them.
        """
        return {"other hosts": list(self.foreign), "console": list(self.problems)}

    def too_heavy(self, limit_kb: float) -> list[str]:
        """Return the heaviest parts when all together are over the limit."""
        assert self.kilobytes, "nothing was weighed"
        if sum(self.kilobytes.values()) <= limit_kb:
            return []
        parts = sorted(((kb, name) for name, kb in self.kilobytes.items()), reverse=True)
        return [f"{kb:.1f} kB {name}" for kb, name in parts[:8]]


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
    flags += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    return {"executable_path": CHROMIUM, "args": flags}


class Ears:
    """Listens to one page: what it asks for, complains about and transfers."""

    def __init__(self, page: Page, site: Site) -> None:
        self._site, self._names = site, dict[str, str]()
        self.visit = Visit(page)
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self.visit.problems.append(str(error)))
        page.on("console", self._complained)

    def weigh(self, session: CDPSession) -> None:
        """Count from now on what the network delivers, compressed as it was sent."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._arrived)

    def _asked(self, url: str) -> None:
        """Note what leaves the machine (the browser finds no other host); data and blobs do not."""
        if not url.startswith((self._site.url, "data:", "blob:")):
            self.visit.foreign.append(url)

    def _complained(self, message: ConsoleMessage) -> None:
        """Note an error; the status of error pages is none."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.visit.problems.append(message.text)

    def _sent(self, event: dict[str, Any]) -> None:
        self._names[event["requestId"]] = event["request"]["url"]

    def _arrived(self, event: dict[str, Any]) -> None:
        name = self._names.get(event["requestId"], event["requestId"])
        kilobytes = event["encodedDataLength"] / 1000
        self.visit.kilobytes[name] = self.visit.kilobytes.get(name, 0) + kilobytes


def enter(site: Site, context: BrowserContext, page: Page, screen: Screen) -> None:
    """Open a screen as its reader, whoever was there before."""
    context.clear_cookies()
    if screen.role:
        session = site.sessions[screen.role]
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    path = site.path(screen)
    answer = page.goto(site.url + path, wait_until="load")
    assert answer is not None
    assert answer.status == screen.status, f"{path} answered {answer.status}"


class Visitor:
    """Opens screens in fresh contexts: for ways through several pages."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._contexts: list[BrowserContext] = []

    def __call__(self, screen: Screen, **options) -> Visit:
        """Open a screen as its reader; requests to foreign hosts are noted and lead nowhere."""
        context = self._browser.new_context(viewport=WIDE, **options)
        self._contexts.append(context)
        page = context.new_page()
        ears = Ears(page, self._site)
        enter(self._site, context, page, screen)
        if options.get("java_script_enabled", True):
            settle(page)
        return ears.visit

    def close(self) -> None:
        """Close what was opened."""
        for context in self._contexts:
            context.close()


class Tour:
    """Opens one screen after the other in the same page, each as if it were the first.

    Nothing of the screen before is left: no cookie, no storage, nothing in the cache. What stays is
    the process and what it compiled; that saves two seconds for every screen.
    """

    def __init__(self, browser: Browser, site: Site, *, scripts: bool = True) -> None:
        self._browser, self._site, self._scripts = browser, site, scripts
        self._context: BrowserContext | None = None

    def __call__(self, screen: Screen) -> Visit:
        """Open a screen as its reader; requests to foreign hosts are noted and lead nowhere."""
        if self._context is None or self._page.is_closed():
            self._begin()
        assert self._context is not None
        everything = {"origin": self._site.url, "storageTypes": "all"}
        self._session.send("Storage.clearDataForOrigin", everything)
        self._page.goto("about:blank")  # what the screen before still asks for ends here
        self._page.set_viewport_size(WIDE)
        self._page.emulate_media(
            media="screen",
            color_scheme="light",
            forced_colors="none",
            contrast="no-preference",
            reduced_motion="no-preference",
        )
        visit = self._ears.visit = Visit(self._page)
        enter(self._site, self._context, self._page, screen)
        if self._scripts:
            settle(self._page)
        return visit

    def _begin(self) -> None:
        self.close()
        self._context = self._browser.new_context(viewport=WIDE, java_script_enabled=self._scripts)
        if self._scripts:
            self._context.add_init_script(path=AXE_SOURCE)
        self._page = self._context.new_page()
        self._ears = Ears(self._page, self._site)
        self._session = self._context.new_cdp_session(self._page)
        self._session.send("Network.enable")
        self._session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._ears.weigh(self._session)

    def close(self) -> None:
        """Close the page."""
        if self._context:
            self._context.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Open a screen: ``visit(screen, java_script_enabled=False)``."""
    visitor = Visitor(browser, site)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def tour(browser: Browser, site: Site) -> Iterator[Tour]:
    """Walk through the screens: ``tour(screen)``."""
    walked = Tour(browser, site)
    yield walked
    walked.close()


@pytest.fixture(scope="session")
def tour_without_javascript(browser: Browser, site: Site) -> Iterator[Tour]:
    """Walk through the screens where no script runs."""
    walked = Tour(browser, site, scripts=False)
    yield walked
    walked.close()


@pytest.fixture(scope="session")
def browser_without_webgl(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Browser]:
    """Chromium on a machine whose graphics do not do 3D."""
    flags = [*browser_type_launch_args["args"], "--disable-3d-apis"]
    started = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    yield started
    started.close()


@pytest.fixture(scope="session")
def tour_without_webgl(browser_without_webgl: Browser, site: Site) -> Iterator[Tour]:
    """Walk through the screens in that Chromium."""
    walked = Tour(browser_without_webgl, site)
    yield walked
    walked.close()


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
