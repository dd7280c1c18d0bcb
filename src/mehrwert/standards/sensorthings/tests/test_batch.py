"""Promises of ``$batch`` in both forms."""

import json

import pytest

from mehrwert.observations.queries import Limits
from mehrwert.standards.sensorthings.batch import parts

from .door import LOCATION, PROPERTY, ROOT, SENSOR, STREAM, THING, ask, become, visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PLAIN = {"name": "T", "description": ""}
T0 = "2026-07-16T12:00:00Z"
LIST = {"group": "atomicityGroup", "needs": "dependsOn", "when": "if"}


def request(name, method, url, body=None, **more):
    given = {"id": name, "method": method, "url": url}
    given |= {LIST.get(key, key): value for key, value in more.items()}
    return given if body is None else {**given, "body": body}


def batch(*requests):
    got = ask("POST", "$batch", {"requests": requests}, content_type="application/json")
    assert got.status == 200, got.body
    answers = got.json["responses"]
    assert [a["id"] for a in answers] == [r["id"] for r in requests]
    return answers


def statuses(*requests):
    return [answer["status"] for answer in batch(*requests)]


def count(name):
    return ask("GET", f"{name}?$count=true&$top=0").json["@iot.count"]


def test_requests_are_answered_in_order(anybody):
    made, read, missing, wrong = batch(
        request("0", "post", "Things", PLAIN, headers={"Prefer": "return=representation"}),
        request("1", "get", "Things?$filter=name eq 'T'&$select=name"),
        request("2", "GET", "Things(77)"),
        request("3", "POST", "Things", {"name": "x", "description": "", "tippfehler": 1}),
    )
    assert (made["status"], made["body"]["name"]) == (201, "T")
    assert made["location"] == made["headers"]["location"]
    assert made["location"].startswith(f"{ROOT}/Things(")
    assert (read["status"], read["body"]) == (200, {"value": [{"name": "T"}]})
    assert "location" not in read
    assert (missing["status"], missing["body"]["code"]) == (404, 404)
    assert wrong["status"] == 400


def test_a_group_builds_a_tree_by_references(anybody):
    linked = {"Sensor": {"@iot.id": "$s"}, "ObservedProperty": {"@iot.id": "$p"}}
    answers = batch(
        request("t", "POST", "Things", PLAIN, group="g"),
        request("l", "POST", "$t/Locations", LOCATION, group="g"),
        request("s", "POST", "Sensors", SENSOR, group="g"),
        request("p", "POST", "ObservedProperties", PROPERTY, group="g"),
        request("d", "POST", "Things($t)/Datastreams", {**STREAM, **linked}, group="g"),
        request("o", "POST", "$d/Observations", {"result": 3, "phenomenonTime": T0}, group="g"),
        request("x", "PATCH", "$t", {"description": "$t"}, group="g"),
        request("y", "GET", "$d/Observations?$select=result", needs=["g", "o"]),
    )
    assert [a["status"] for a in answers] == [201] * 6 + [200, 200]
    assert answers[-1]["body"] == {"value": [{"result": 3}]}
    assert [a.get("atomicityGroup") for a in answers] == ["g"] * 7 + [None]
    assert ask("GET", answers[0]["location"]).json["description"] == "$t"


def test_a_group_that_fails_leaves_nothing(anybody):
    answers = batch(
        request("t", "POST", "Things", THING, group="g"),
        request("d", "POST", "$t/Datastreams", {"name": "unvollständig"}, group="g"),
        request("e", "POST", "Things", PLAIN, group="g"),
        request("after", "GET", "$t"),
        request("needs", "POST", "Things", PLAIN, needs=["g"]),
        request("body", "POST", "Observations", {"result": 1, "Datastream": {"@iot.id": "$d"}}),
        request("free", "POST", "Things", {**PLAIN, "name": "bleibt"}),
    )
    assert [a["status"] for a in answers] == [424, 400, 424, 424, 424, 424, 201]
    assert [t["name"] for t in ask("GET", "Things").json["value"]] == ["bleibt"]
    for name in ("Locations", "Datastreams", "Sensors", "ObservedProperties"):
        assert count(name) == 0


def test_one_that_fails_alone_stops_nobody(anybody):
    assert statuses(
        request("0", "POST", "Things", {}),
        request("1", "POST", "Things", PLAIN),
        request("2", "GET", "$0"),
        request("3", "DELETE", "$1"),
    ) == [400, 201, 424, 200]
    assert count("Things") == 0


def test_a_group_patches_deletes_and_records_many(stream):
    arrays = [
        {
            "Datastream": {"@iot.id": stream},
            "components": ["phenomenonTime", "result"],
            "dataArray": [[T0, 1], ["gestern", 2]],
        }
    ]
    operations = [{"op": "replace", "path": "/name", "value": "neu"}]
    kind = {"Content-Type": "application/json-patch+json"}
    answers = batch(
        request("0", "POST", "CreateObservations", arrays, group="g"),
        request("1", "PATCH", f"Datastreams({stream})", operations, group="g", headers=kind),
        request("2", "POST", "Things", PLAIN, group="g"),
        request("3", "DELETE", "Things($2)", group="g"),
    )
    assert [a["status"] for a in answers] == [201, 200, 201, 200]
    assert answers[0]["body"][1].startswith("error")
    assert ask("GET", f"Datastreams({stream})").json["name"] == "neu"
    assert (count("Observations"), count("Things")) == (1, 1)


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("$0/@iot.count eq 0", 201),
        ("$0/@iot.count gt 0", 412),
        ("$0", 201),
        ("not $1", 201),
        ("$1 or not ($0 and $1)", 201),
        ("$0/value/0/name eq null", 201),
        ("$0/value eq 'x' or $0/@iot.count lt 'x'", 412),
        ("$2", 400),
        ("$0 $0", 400),
        ("(" * 90, 400),
        ("not " * 2000 + "$0", 400),
        ("$0/@iot.count eq", 400),
        ("", 400),
        ("\u0661 eq 1", 400),
    ],
)
@pytest.mark.parametrize("more", [{}, {"group": "g"}])
def test_if_decides(anybody, condition, status, more):
    answers = batch(
        request("0", "GET", "Things?$count=true&$top=0"),
        request("1", "GET", "Things(77)"),
        request("2", "POST", "Things", PLAIN, when=condition, **more),
    )
    assert answers[2]["status"] == status
    assert count("Things") == (status == 201)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{ROOT}/Things", 200),
        ("/sta/v1.1/Things", 200),
        ("/v1.1/Things", 200),
        ("/Things", 200),
        ("Things?$filter=name%20eq%20'%C3%BC'", 200),
        ("Things?$filter=name eq 'ü'", 200),
        ("%54hings", 200),
        ("https://anderswo.example/Things", 404),
        ("//[", 404),
        ("%ff", 404),
        ("$unbekannt", 404),
        ("Things($x)", 404),
        ("", 200),
        ("$batch", 405),
        ("Things?$top=x", 400),
    ],
)
def test_addresses_of_a_batch(anybody, url, status):
    assert statuses(request("0", "GET", url)) == [status]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"requests":{}}',
        b'{"requests":[1]}',
        b'{"requests":[{"id":"1","method":"GET"}]}',
        b'{"requests":[{"id":"","method":"GET","url":"Things"}]}',
        b'{"requests":[{"id":"1","method":"GET","url":"x"},{"id":1,"method":"GET","url":"x"}]}',
        b'{"requests":[{"id":"1","method":"GET","url":"x","headers":[]}]}',
        b'{"requests":[{"id":"1","method":"GET","url":"x","body":}]}',
        b'{"requests":[{"id":"1","method":"GET","url":"Things?$filter=\\ud800"}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_batch_is_400(anybody, body):
    assert ask("POST", "$batch", body, content_type="application/json").status == 400
    assert ask("POST", "$batch", body, content_type="text/plain").status == 400
    assert ask("POST", "$batch", body, content_type="multipart/mixed").status == 400
    assert ask("POST", "$batch", body, content_type="multipart/mixed;boundary=b").status == 400


def test_a_batch_has_limits(anybody, monkeypatch):
    monkeypatch.setattr(parts, "MAX_PARTS", 2)
    requests = [request(str(i), "POST", "Things", PLAIN) for i in range(3)]
    assert ask("POST", "$batch", {"requests": requests}).status == 413
    assert statuses(*requests[:2]) == [201, 201]
    assert ask("POST", "$batch", {"requests": []}).json == {"responses": []}


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "Things", 400), ("FOO", "Things", 405), ("POST", "$batch", 405), ("POST", "", 405)],
)
def test_a_group_only_changes(anybody, method, url, status):
    assert statuses(request("0", method, url, PLAIN, group="g")) == [status]


def test_a_group_in_two_pieces_is_refused(anybody):
    pieces = [
        request("0", "POST", "Things", PLAIN, group="g"),
        request("1", "GET", "Things"),
        request("2", "POST", "Things", PLAIN, group="g"),
    ]
    assert ask("POST", "$batch", {"requests": pieces}).status == 400
    assert count("Things") == 0


def test_a_batch_may_no_more_than_its_visitor(stream, monkeypatch):
    reading = {"result": 1, "Datastream": {"@iot.id": stream}}
    become(monkeypatch, visitor(limits=Limits(None, frozenset({stream}))))
    assert statuses(
        request("0", "POST", "Observations", reading, group="g"),
        request("1", "POST", "Things", PLAIN, group="h"),
        request("2", "DELETE", f"Datastreams({stream})"),
        request("3", "GET", f"Datastreams({stream})"),
    ) == [201, 403, 403, 200]


def mixed(text, end="\r\n"):
    got = ask(
        "POST",
        "$batch",
        text.strip("\n").replace("\n", end).encode(),
        content_type='multipart/mixed; boundary="b_1"',
    )
    if got.status == 200:
        assert got.headers["content-type"].startswith("multipart/mixed;boundary=")
    return got


SECTION = "Content-Type: application/http\nContent-Transfer-Encoding: binary\n"
MIXED = f"""
preamble
--b_1
{SECTION}
GET /sta/v1.1/Things?$filter=name%20eq%20%27%C3%BC%27 HTTP/1.1
Host: testserver

--b_1
Content-Type: multipart/mixed; boundary=c_1

--c_1
{SECTION}Content-ID: 1

POST {ROOT}/Things HTTP/1.1
Content-Type: application/json

{json.dumps({"name": "ü", "description": ""})}
--c_1
{SECTION}Content-ID: 2

POST $1/Locations HTTP/1.1
Content-Type: application/json

{json.dumps(LOCATION)}
--c_1
{SECTION}Content-ID: 3

POST HistoricalLocations HTTP/1.1
Content-Type: application/json

{json.dumps({"time": T0, "Thing": {"@iot.id": "$1"}, "Locations": [{"@iot.id": "$2"}]})}
--c_1--

--b_1
{SECTION}
GET Things?$filter=name eq 'ü'&$count=true HTTP/1.1

--b_1--
epilogue
"""


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_multipart_with_a_change_set(anybody, end):
    got = mixed(MIXED, end)
    text = got.body.decode()
    assert [line for line in text.split("\r\n") if line.startswith("HTTP/1.1")] == [
        "HTTP/1.1 200 OK",
        *["HTTP/1.1 201 Created"] * 3,
        "HTTP/1.1 200 OK",
    ]
    assert [f"Content-ID: {i}" in text for i in (1, 2, 3)] == [True] * 3
    assert text.count(f"Location: {ROOT}/") == 3
    assert '"@iot.count":1' in text
    boundary = got.headers["content-type"].partition("boundary=")[2]
    assert text.startswith(f"--{boundary}\r\n")
    assert text.endswith(f"--{boundary}--\r\n")
    assert len(ask("GET", "HistoricalLocations").json["value"]) == 2


def test_a_failing_change_set_leaves_nothing(anybody):
    text = mixed(MIXED.replace('"@iot.id": "$2"', '"@iot.id": "$9"')).body.decode()
    assert [line for line in text.split("\r\n") if line.startswith("HTTP/1.1")] == [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 400 Bad Request",
        "HTTP/1.1 200 OK",
    ]
    assert "Content-ID: 3" in text
    assert (count("Things"), count("Locations")) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("--b_1--", ""),
        ("--c_1--", ""),
        ("boundary=c_1", "boundary="),
        ("Content-Type: application/http\n", "Content-Type: text/plain\n"),
        (f"POST {ROOT}/Things HTTP/1.1", ""),
        ("--b_1", "--b_2"),
    ],
)
def test_a_broken_multipart_does_nothing(anybody, old, new):
    assert mixed(MIXED.replace(old, new)).status == 400
    assert count("Things") == 0
