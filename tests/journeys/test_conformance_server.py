"""The throw-away SensorThings server: anybody may write from this computer, nothing stays.

Runs on the engine of the test run: with PostgreSQL it makes a database of its own and drops it.
"""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from mehrwert.base.tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
START_S = 120
END_S = 30
THING = {
    "name": "Brunnen",
    "description": "",
    "Locations": [
        {
            "name": "Hof",
            "description": "",
            "encodingType": "application/geo+json",
            "location": {"type": "Point", "coordinates": [7.6, 51.9]},
        }
    ],
}


def ask(url: str, body: object = None, **headers: str) -> tuple[int, dict]:
    """Return status and answer; a body makes it a POST."""
    data = None if body is None else json.dumps(body).encode()
    given = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(url, data, given)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, {}


def databases(port: int) -> set[str]:
    """Return the throw-away databases of one server; none on SQLite."""
    url = os.environ.get("MEHRWERT_DATABASE_URL", "")
    if not url:
        return set()
    import psycopg

    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return {name for (name,) in rows if name.startswith(f"mehrwert_throwaway_{port}_")}


@pytest.fixture
def server(tmp_path):
    """The script on a free port; afterwards ended as Ctrl-C does."""
    port = free_port()
    command = [str(ROOT / "script" / "conformance-server"), str(port)]
    if os.environ.get("MEHRWERT_DATABASE_URL"):
        command += ["--postgres", os.environ["MEHRWERT_DATABASE_URL"]]
    env = {k: v for k, v in os.environ.items() if not k.startswith("MEHRWERT_")}
    env |= {"TMPDIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mehrwert.site.settings"}
    process = subprocess.Popen(command, env=env, start_new_session=True)
    root = f"http://127.0.0.1:{port}/sta/v1.1"
    try:
        wait_until_up(process, root)
        assert len(databases(port)) == bool(os.environ.get("MEHRWERT_DATABASE_URL"))
        yield root
    finally:
        os.killpg(process.pid, signal.SIGINT)
        code = process.wait(END_S)
    assert code == 0
    assert list(tmp_path.glob("mehrwert-conformance-*")) == []
    assert databases(port) == set()


def wait_until_up(process: "subprocess.Popen[bytes]", root: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ask(root)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    pytest.fail("the server did not start")


def test_anybody_on_this_computer_may_write_and_read_and_nothing_stays(server):
    assert ask(f"{server}/Things") == (200, {"value": []})
    status, _ = ask(f"{server}/Things", THING)
    assert status == 201
    status, found = ask(f"{server}/Things?$expand=Locations")
    assert status == 200
    assert [t["name"] for t in found["value"]] == ["Brunnen"]
    assert found["value"][0]["Locations"][0]["name"] == "Hof"
    assert ask(f"{server}/Things", THING, Host="daten.example")[0] == 400


def test_without_a_port_it_says_how_it_is_called():
    done = subprocess.run(
        [str(ROOT / "script" / "conformance-server")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "PORT" in done.stderr
