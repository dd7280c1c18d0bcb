"""A plain client: JSON over HTTP, and what the server calls what we made."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from urllib.parse import quote, unquote

import data

ARRAY = 5_000
PARALLEL = 2


class Api:
    """A SensorThings service, known by its root."""

    def __init__(self, root: str, headers: dict[str, str] | None = None) -> None:
        self.root = root.rstrip("/")
        self.headers = headers or {}

    def get(self, path: str) -> dict:
        """Return the answer to a GET; ``path`` may be a whole address."""
        url = path if "://" in path else f"{self.root}/{path}" if path else self.root
        url = quote(url, safe=":/?&=$(),;'@%[]+!*-._~")
        request = urllib.request.Request(url, headers=self.headers)
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)

    def post(self, path: str, body: object) -> data.Id:
        """Create something; return its id, 0 for many."""
        return self.send(path, json.dumps(body, separators=(",", ":")).encode())

    def send(self, path: str, sent: bytes) -> data.Id:
        """Create something from a body that is ready."""
        headers = {"Content-Type": "application/json", **self.headers}
        request = urllib.request.Request(f"{self.root}/{path}", sent, headers, method="POST")
        with urllib.request.urlopen(request, timeout=600) as answer:
            location = answer.headers.get("Location", "")
            answer.read()
        return _id_in(location) if "(" in location else 0

    def walk(self, path: str) -> Iterator[dict]:
        """Yield the rows of all pages."""
        while path:
            page = self.get(path)
            yield from page["value"]
            path = page.get("@iot.nextLink", "")


def _id_in(location: str) -> data.Id:
    """Return the id at the end of an address, like ``…/Things(5)`` or ``…/Things('a')``."""
    written = unquote(location).rsplit("(", 1)[1].rstrip(")")
    return written.strip("'") if written.startswith("'") else int(written)


def ids_of(api: Api) -> dict[str, list[data.Id]]:
    """Return the ids of series and things in the order of their numbers."""
    streams = {
        row["name"]: row["@iot.id"]
        for row in api.walk("Datastreams?$select=name,id")
        if row["name"].startswith("bench ")
    }
    things = {
        row["name"]: row["@iot.id"]
        for row in api.walk("Things?$select=name,id&$orderby=name")
        if row["name"].startswith("thing ")
    }
    return {
        "streams": [streams[data.name_of(i)] for i in range(len(streams))],
        "things": [things[name] for name in sorted(things)],
    }


def fill(api: Api, size: data.Size, *, twice: bool) -> None:
    """Create everything, then send the readings in arrays."""
    made = {
        "Things": [api.post("Things", data.thing(i)) for i in range(data.THINGS)],
        "Sensors": [api.post("Sensors", data.sensor(i)) for i in range(data.SENSORS)],
        "ObservedProperties": [
            api.post("ObservedProperties", data.observed_property(i))
            for i in range(data.PROPERTIES)
        ],
    }
    streams = [api.post("Datastreams", data.stream(i, made)) for i in range(data.STREAMS)]
    with ThreadPoolExecutor(PARALLEL) as pool:
        numbers = range(data.STREAMS)
        list(pool.map(lambda i: _send(api, streams[i], _rows(size, i, twice)), numbers))


def _rows(size: data.Size, number: int, twice: bool) -> Iterator[data.Row]:
    return data.rows_in_order_of_arrival(size, number, twice=twice)


def _send(api: Api, stream: data.Id, rows: Iterator[data.Row]) -> None:
    while part := [[data.iso(at), value] for at, value in islice(rows, ARRAY)]:
        group = {
            "Datastream": {"@iot.id": stream},
            "components": ["phenomenonTime", "result"],
            "dataArray": part,
        }
        api.post("CreateObservations", [group])
