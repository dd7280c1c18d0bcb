"""Promises of the OpenAPI description."""

import re

import pytest

from mehrwert.standards.sensorthings.mapping import SETS

from .door import ROOT, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_every_path_answers(stream):
    ask("POST", f"Datastreams({stream})/Observations", {"result": 1})
    ids = {name: ask("GET", f"{name}?$top=1").json["value"][0]["@iot.id"] for name in SETS}
    described = ask("GET", "api").json
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": ROOT}]
    for path, operations in described["paths"].items():
        name = path[1:].partition("(")[0]
        address = path[1:].replace("{id}", str(ids.get(name)))
        for method in operations.keys() - {"parameters", "delete"}:
            got = ask(method.upper(), address, None if method == "get" else [1])
            assert got.status == (200 if method == "get" else 400), (method, path)
    for name, row_id in ids.items():
        if name in {"Things", "Locations", "Sensors", "ObservedProperties"}:
            assert ask("DELETE", f"{name}({row_id})").status == 200
        assert "delete" in described["paths"][f"/{name}({{id}})"]


def test_it_names_everything_once_and_refers_to_what_is_there(anybody):
    got = ask("GET", "api")
    described = got.json
    operations = [
        operation["operationId"]
        for path in described["paths"].values()
        for method, operation in path.items()
        if method != "parameters"
    ]
    assert len(set(operations)) == len(operations)
    for reference in set(re.findall(r'"#/components/(\w+/\w+)"', got.body.decode())):
        part, _, name = reference.partition("/")
        assert name in described["components"][part]


def test_it_shows_what_an_entity_shows(stream):
    schema = ask("GET", "api").json["components"]["schemas"]["Datastream"]["properties"]
    assert set(ask("GET", f"Datastreams({stream})").json) <= set(schema)


def test_it_speaks_two_languages(anybody):
    shown = [
        ask("GET", "api", accept_language=language).json["components"]["responses"]["Done"]
        for language in ("de", "en")
    ]
    assert shown == [{"description": "Ausgeführt"}, {"description": "Carried out"}]
