"""``mehrwert demo`` as a newcomer meets it: start, look, change the role, end, start again.

How fast it must be is measured by ``script/demo --smoke``; here only what must be true.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
from contextlib import contextmanager

import pytest

from mehrwert.base.tests.ports import free_port
from mehrwert.demo.smoke import Visitor

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("MEHRWERT_DATABASE_URL")),
    reason="the demo keeps its data in a folder; part of the run on SQLite",
)
START_S = 300
LIVE_S = 90
RISE_CM = 2
PAGES = ("/auental/", "/auental/daten/", "/muenster/", "/muenster/daten/", "/muenster/auftraege/")


@contextmanager
def running_demo(folder, *more: str):
    """The demo on SQLite in a folder; ended by Ctrl-C, which must end it cleanly."""
    port = free_port()
    arguments = ["demo", "--no-browser", "--port", str(port), "--data", str(folder), *more]
    env = {k: v for k, v in os.environ.items() if not k.startswith("MEHRWERT_")}
    env["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings"
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "mehrwert", *arguments],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(process, address)
        yield address, process
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    lines = said.splitlines()
    assert process.returncode == 0
    assert lines[0] == "Demo startet …"
    # before it an empty folder is told that its databases are made
    counts = next(line for line in lines if "Messstellen" in line)
    assert re.match(r"\d+ Messstellen, \d+ Messreihen, [\d.]+ Messwerte", counts)
    assert lines[lines.index(counts) + 1].startswith(address)


def wait_until_up(process, address: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            Visitor(address).get("/")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    pytest.fail("the demo did not start")


def brook(visitor: Visitor) -> dict:
    """Return the newest reading of the main gauge, asked for at the HTTP door."""
    options = {
        "$filter": "Thing/name eq 'Pegel Aue, Mühlbrücke' and name eq 'Wasserstand'",
        "$expand": "Observations($top=1;$orderby=phenomenonTime desc)",
    }
    path = f"/sta/auental/v1.1/Datastreams?{urllib.parse.urlencode(options)}"
    _, text, _ = visitor.get(path)
    return json.loads(text)["value"][0]["Observations"][0]


def rise_cm(first: dict, now: dict) -> int:
    """Return by how many whole centimetres the water rose (the gauge reads in steps of 0.01 m)."""
    return round(100 * (now["result"] - first["result"]))


def count_stations(visitor: Visitor) -> int:
    _, text, _ = visitor.get("/sta/auental/v1.1/Things?$count=true&$top=0")
    return json.loads(text)["@iot.count"]


def test_a_newcomer_looks_around_ends_the_demo_and_comes_back(tmp_path):
    with running_demo(tmp_path) as (address, _):
        visitor = Visitor(address)
        _, landing, _ = visitor.get("/")
        assert "Wer möchten Sie sein?" in landing
        status, page, _ = visitor.take_role("viewer")
        assert status == 200
        assert "Helene Brandt (Demo)" in page
        assert "erfundene Kommune" in page
        for path in PAGES:
            assert visitor.get(path)[0] == 200, path
        first, deadline = brook(visitor), time.monotonic() + LIVE_S
        now = first
        while rise_cm(first, now) < RISE_CM and time.monotonic() < deadline:
            time.sleep(1)
            now = brook(visitor)
        assert rise_cm(first, now) >= RISE_CM
        status, page, _ = visitor.take_role("admin")
        assert (status, "Alex Winter (Demo)" in page) == (200, True)
        before, stations = now["phenomenonTime"], count_stations(visitor)
        assert stations >= 69
    with running_demo(tmp_path) as (address, _):
        visitor = Visitor(address)
        visitor.take_role("viewer")
        assert count_stations(visitor) == stations
        assert brook(visitor)["phenomenonTime"] >= before


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    env = {k: v for k, v in os.environ.items() if not k.startswith("MEHRWERT_")}
    env |= {"MEHRWERT_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mehrwert.site.settings"}
    command = [sys.executable, "-m", "mehrwert"]
    subprocess.run([*command, "migrate_all", "--no-backup"], env=env, check=True)
    make = (
        "import django; django.setup();"
        "from mehrwert.accounts.actions import create_user;"
        "create_user(email='anna@auental.example', password=None)"
    )
    subprocess.run([sys.executable, "-c", make], env=env, check=True)
    done = subprocess.run(
        [*command, "demo", "--no-browser", "--reset", "--data", str(tmp_path)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "keine Demo" in done.stderr
