"""The workloads that write: bodies that no request has sent before."""

import itertools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import data

Body = tuple[str, bytes]
TARGETS = 997
# every process and case writes into years of its own
# newer than all that was filled in, and past: what has not been yet is flagged
NEWER = datetime(2011, 1, 1, tzinfo=UTC)


def writer(kind: str, streams: list[data.Id], rows: int, lane: int) -> Callable[[], Body]:
    """Return a function that makes the next request: path and body.

    Args:
        kind: ``I1`` single, ``I2`` array of one series, ``I3`` array of 100, ``I4`` JSON batch.
        streams: Ids of the ordinary series.
        rows: Readings per request.
        lane: Different for every case, so that no reading comes twice.
    """
    count = itertools.count()
    start = NEWER + timedelta(days=40 * lane, microseconds=time.time_ns() // 1000 % 1_000_000)
    make = {"I1": _single, "I2": _array, "I3": _arrays, "I4": _batch}[kind]
    return lambda: make(streams, rows, start, next(count))


def _at(start: datetime, i: int) -> str:
    return (
        (start + timedelta(milliseconds=i))
        .isoformat(timespec="microseconds")
        .replace("+00:00", "Z")
    )


def _reading(stream: data.Id, at: str, i: int) -> dict:
    return {"phenomenonTime": at, "result": i % 400 / 10, "Datastream": {"@iot.id": stream}}


def _single(streams: list[data.Id], rows: int, start: datetime, i: int) -> Body:
    stream = streams[i % len(streams)]
    return "Observations", json.dumps(_reading(stream, _at(start, i), i)).encode()


def _array(streams: list[data.Id], rows: int, start: datetime, i: int) -> Body:
    first = i * rows
    part = [[_at(start, first + k), k % 400 / 10] for k in range(rows)]
    return "CreateObservations", json.dumps([_group(streams[i % 4], part)]).encode()


def _arrays(streams: list[data.Id], rows: int, start: datetime, i: int) -> Body:
    per, groups = rows // 100, []
    for n in range(100):
        first = i * per
        part = [[_at(start, first + k), k % 400 / 10] for k in range(per)]
        groups.append(_group(streams[(n * 7) % len(streams)], part))
    return "CreateObservations", json.dumps(groups).encode()


def _group(stream: data.Id, part: list) -> dict:
    return {
        "Datastream": {"@iot.id": stream},
        "components": ["phenomenonTime", "result"],
        "dataArray": part,
    }


def _batch(streams: list[data.Id], rows: int, start: datetime, i: int) -> Body:
    requests = []
    for k in range(rows):
        number = i * rows + k
        body = _reading(streams[number % len(streams)], _at(start, number), number)
        one = {"id": str(k), "method": "post", "url": "Observations", "body": body}
        requests.append(one)
    return "$batch", json.dumps({"requests": requests}).encode()


def logger_unload(stream: data.Id, rows: int = 250_000, part: int = 10_000) -> list[Body]:
    """Return I7: everything that a logger kept, as large arrays."""
    start = NEWER + timedelta(days=5_000)
    bodies = []
    for first in range(0, rows, part):
        values = [
            [data.iso(start + timedelta(seconds=60 * k)), k % 400 / 10]
            for k in range(first, first + part)
        ]
        bodies.append(("CreateObservations", json.dumps([_group(stream, values)]).encode()))
    return bodies
