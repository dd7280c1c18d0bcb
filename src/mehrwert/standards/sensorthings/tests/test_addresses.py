"""Addresses and what cannot be asked: status and sentence."""

import pytest

from .door import ROOT, ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("name", {"name": "T"}),
        ("properties/tief/a", {"a": 1}),
        ("Datastreams/$ref", None),
    ],
)
def test_properties_and_references(stream, path, shown):
    thing = ask("GET", "Things").json["value"][0]["@iot.id"]
    got = ask("GET", f"Things({thing})/{path}")
    assert got.json == (shown or {"value": [{"@iot.selfLink": f"{ROOT}/Datastreams({stream})"}]})


def test_a_null_property_is_shown_as_null(stream):
    reading = ask("POST", f"Datastreams({stream})/Observations", {"result": 1})
    got = ask("GET", f"Observations({reading.id})/resultTime")
    assert (got.status, got.json) == (200, {"resultTime": None})
    assert ask("GET", f"Observations({reading.id})/resultTime/$value").body == b"null"


@pytest.mark.parametrize(
    "path",
    [
        *("Thing", "things", "Things(999)", "Things(9223372036854775807)", "Things(abc)"),
        *("Things('1')", "Things()", "Things(1", "Things(1)/nichts", "Things(1)/Observations"),
        *("Things(999)/Datastreams", "Things/Datastreams", "$metadata", "Things(1)/name/weg"),
        *("Observations(1)", "Observations(9007199254740991)", "Datastreams(1)/Thing(999)"),
        *("/sta/irgendwo", "/sta/a/b/v1.1", "Things(1)/$value"),
    ],
)
def test_unknown_addresses_are_404(stream, path):
    got = ask("GET", path)
    assert got.status == 404
    assert got.json["type"] == "error"


@pytest.mark.parametrize(
    "query",
    [
        *("$top=-1", "$top=a", "$top=", "$top=1&$top=2", "$skip=-1", "$skip=1e3"),
        *("$count=ja", "$count=True", "$orderby=nichts", "$orderby=name hoch", "$select=nichts"),
        *("$select=", "$skiptoken=zz", "$skiptoken=00", "$skiptoken=5b2278225d", "$skiptoken="),
        *("$skiptoken=5b5d", "$top=99999999999999999999"),
    ],
)
def test_malformed_options_are_400(anybody, query):
    assert ask("GET", f"Things?{query.replace(' ', '%20')}").status == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", f"Things?{o}=x") for o in ("$gibtsnicht", "$search", "$levels")),
        ("GET", "Things?$expand=Datastreams($search=x)"),
    ],
)
def test_what_is_not_built_says_so(anybody, method, path):
    got = ask(method, path, {})
    assert (got.status, got.json["code"]) == (501, 501)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "Things"),
        ("PATCH", "Things"),
        ("POST", "Things(1)"),
        ("GET", "CreateObservations"),
    ],
)
def test_a_method_that_does_not_fit_is_405(anybody, method, path):
    assert ask(method, path, {}).status == 405


def test_parameters_without_dollar_are_ignored(anybody):
    assert ask("GET", "Things?a=b&token=1").status == 200
