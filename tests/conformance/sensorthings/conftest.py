"""The service under test: ``MEHRWERT_CONFORMANCE_URL``, else a throw-away server of our own.

The suite writes. Never point it at a service whose data matter.
"""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mehrwert.base.tests.ports import free_port

from .client import Service
from .tree import TREE, Tree

ROOT = Path(__file__).resolve().parents[3]
START_S = 240


def _wait(process: "subprocess.Popen[bytes]", root: str) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, "the conformance server ended"
        try:
            urllib.request.urlopen(root, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(f"no answer from {root} in {START_S} s")


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service, by its root."""
    given = os.environ.get("MEHRWERT_CONFORMANCE_URL")
    if given:
        yield Service(given.rstrip("/"))
        return
    port = free_port()
    surroundings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(
        [ROOT / "script" / "conformance-server", str(port)],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    root = f"http://127.0.0.1:{port}/sta/v1.1"
    try:
        _wait(process, root)
        yield Service(root)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


@pytest.fixture
def tree(service: Service) -> Iterator[Tree]:
    """One thing with all that belongs to it, taken away afterwards."""
    address = service.post("Things", TREE)
    made = Tree(service, address)
    yield made
    made.remove()
