"""Many requests in one (18-088 §11), and the JSON form of OData 4.01."""

import json

import pytest

from .client import proves
from .test_requests import EXTENSION
from .tree import LOCATION

THING = {"name": "Gerät ä/1", "description": "aus einer Sammelanfrage"}
MIXED = {"content_type": "multipart/mixed;boundary=batch_1"}


def part(request, body="", name=""):
    lines = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
    lines += [f"Content-ID: {name}"] if name else []
    lines += ["", f"{request} HTTP/1.1"]
    lines += ["Content-Type: application/json", "", json.dumps(body)] if body else ["", ""]
    return "\n".join(lines)


def mixed(boundary, *sections):
    return "".join(f"--{boundary}\n{section}\n" for section in sections) + f"--{boundary}--\n"


def change_set(*sections):
    head = "Content-Type: multipart/mixed;boundary=changes_1\n\n"
    return head + mixed("changes_1", *sections)


def statuses(got):
    assert got.status == 200
    assert got.headers["content-type"].startswith("multipart/mixed")
    lines = got.body.decode().splitlines()
    return [int(line.split()[1]) for line in lines if line.startswith("HTTP/1.1 ")]


@proves("batch-request/batch-request")
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_batch_with_a_change_set(service, end):
    name = "name%20eq%20%27Ger%C3%A4t%20%C3%A4%2F1%27"
    read = f"GET Things?$filter={name}&$expand=Locations"
    text = mixed(
        "batch_1",
        part(f"GET {service.root}/Things?$top=1"),
        change_set(
            part(f"POST {service.root}/Things", THING, "1"),
            part("POST $1/Locations", LOCATION, "2"),
            part("PATCH $1", {"properties": {"neu": True}}, "3"),
        ),
        part(read),
    )
    got = service.ask("POST", "$batch", text.replace("\n", end).encode(), **MIXED)
    assert statuses(got) == [200, 201, 201, 200, 200]
    [thing] = service.rows(read.removeprefix("GET "))
    assert thing["properties"] == {"neu": True}
    [place] = thing["Locations"]
    for made in (thing, place):
        assert service.ask("DELETE", made["@iot.selfLink"]).status == 200


@proves("batch-request/batch-request")
def test_a_failing_change_set_leaves_nothing(service):
    before = service.get("Things?$count=true&$top=0")
    text = mixed(
        "batch_1",
        change_set(part("POST Things", THING, "1"), part("POST $1/Locations", {"name": "x"}, "2")),
        part("GET Things?$top=0"),
    )
    got = statuses(service.ask("POST", "$batch", text.encode(), **MIXED))
    assert 400 in got
    assert 201 not in got
    assert got[-1] == 200
    assert service.get("Things?$count=true&$top=0") == before


@proves(f"{EXTENSION}json-batch")
def test_json_batch(service):
    requests = [
        {"id": "t", "atomicityGroup": "g", "method": "post", "url": "Things", "body": THING},
        {
            "id": "h",
            "atomicityGroup": "g",
            "method": "post",
            "url": "HistoricalLocations",
            "body": {"time": "2020-01-01T00:00:00Z", "Thing": {"@iot.id": "$t"}},
        },
        {"id": "n", "method": "get", "url": "$t/HistoricalLocations?$count=true"},
        {"id": "d", "method": "delete", "url": "$t", "if": "$n/@iot.count eq 1"},
        {"id": "e", "method": "post", "url": "Things", "body": THING, "if": "not $n"},
    ]
    got = service.ask("POST", "$batch", {"requests": requests})
    answers = got.json["responses"]
    assert [answer["id"] for answer in answers] == ["t", "h", "n", "d", "e"]
    assert [answer["status"] for answer in answers] == [201, 201, 200, 200, 412]
    assert answers[0]["location"] == answers[0]["headers"]["location"]
    assert service.ask("GET", answers[0]["location"]).status == 404


def test_a_group_that_fails_rolls_back(service):
    before = service.get("Things?$count=true&$top=0")
    group = {"atomicityGroup": "g", "method": "post", "url": "Things"}
    requests = [
        {**group, "id": "1", "body": THING},
        {**group, "id": "2", "body": {"name": "ohne Beschreibung"}},
    ]
    got = service.ask("POST", "$batch", {"requests": requests})
    assert [answer["status"] for answer in got.json["responses"]] == [424, 400]
    assert service.get("Things?$count=true&$top=0") == before
