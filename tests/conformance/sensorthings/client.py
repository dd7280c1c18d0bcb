"""A small HTTP client, and the requirement a test proves."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

REQUIREMENTS = "http://www.opengis.net/spec/iot_sensing/1.1/req/"
PROVED: dict[str, list[str]] = {}


def proves(*requirements: str) -> Callable[[Any], Any]:
    """Note which requirements of OGC 18-088 a test proves (or extensions, by their whole URI)."""

    def mark(test: Any) -> Any:
        for requirement in requirements:
            uri = requirement if "://" in requirement else REQUIREMENTS + requirement
            PROVED.setdefault(uri, []).append(test.__name__)
        return test

    return mark


@dataclass(frozen=True)
class Got:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Service:
    """A SensorThings service known by its root address and nothing else."""

    root: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Got:
        url = path if "://" in path else f"{self.root}/{path}" if path else self.root
        url = quote(url, safe=":/?&=$(),;'@%[]+!*-._~")
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        named = {"Content-Type": "application/json"} if data else {}
        named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        request = urllib.request.Request(url, data, named, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Got(answer.status, _lower(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Got(error.code, _lower(error.headers), error.read())

    def now(self) -> str:
        """Return a time after what was done and before what will be done."""
        time.sleep(0.01)
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        time.sleep(0.01)
        return at

    def get(self, path: str) -> Any:
        got = self.ask("GET", path)
        assert got.status == 200, (path, got.status, got.body[:300])
        return got.json

    def rows(self, path: str) -> list[dict[str, Any]]:
        return self.get(path)["value"]

    def post(self, path: str, body: Any) -> str:
        """Create an entity; return its address."""
        got = self.ask("POST", path, body)
        assert got.status == 201, (path, got.status, got.body[:300])
        return got.headers["location"]

    def walk(self, path: str) -> list[dict[str, Any]]:
        """Return the rows of all pages."""
        rows, link = [], path
        while link:
            page = self.get(link)
            rows += page["value"]
            link = page.get("@iot.nextLink")
        return rows


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
