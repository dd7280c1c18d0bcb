"""No path leads from one municipality to another; nothing a client sends is a server error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mehrwert.standards.sensorthings.mapping import SETS, TYPES

from .door import STREAM, THING, ask, become, visitor

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
DEPTH = 3
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def paths_from(entity, prefix, depth):
    """Every path along relations from one entity."""
    yield prefix
    if depth:
        for name, nav in entity.navs.items():
            yield f"{prefix}/{name}"
            if not nav.many:
                yield from paths_from(TYPES[nav.entity], f"{prefix}/{name}", depth - 1)


def fill(monkeypatch, tenant_id):
    become(monkeypatch, visitor(tenant_id))
    made = ask(
        "POST", "Things", {**THING, "Datastreams": [{**STREAM, "Observations": [{"result": 1}]}]}
    )
    assert made.status == 201


def ids_of(name):
    return {row["@iot.id"] for row in ask("GET", f"{name}?$top=1000").json["value"]}


@pytest.fixture
def two_towns(anybody, monkeypatch):
    """Ids of everything in municipality 1; the door is then entered as municipality 2."""
    fill(monkeypatch, 1)
    first = {name: ids_of(name) for name in SETS}
    fill(monkeypatch, 2)
    return first


def test_sets_hold_nothing_of_another_municipality(two_towns):
    for name, foreign in two_towns.items():
        own = ids_of(name)
        assert own
        assert not own & foreign
        assert ask("GET", f"{name}?$count=true").json["@iot.count"] == len(own)


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_path_from_a_foreign_entity_is_404(two_towns, name):
    for foreign in two_towns[name]:
        for path in paths_from(SETS[name], f"{name}({foreign})", DEPTH):
            assert (path, ask("GET", path).status) == (path, 404)
            assert ask("GET", f"{path}/$ref").status == 404
        assert ask("DELETE", f"{name}({foreign})").status == 404
        assert ask("PATCH", f"{name}({foreign})", {"name": "x"}).status in {404, 400}


@pytest.mark.parametrize("name", sorted(SETS))
def test_own_entities_lead_to_no_foreign_ones(two_towns, name):
    for own in ids_of(name):
        for nav_name, nav in SETS[name].navs.items():
            for foreign in two_towns[TYPES[nav.entity].set_name]:
                got = ask("GET", f"{name}({own})/{nav_name}({foreign})")
                assert got.status == 404


def test_nothing_is_written_to_or_linked_with_foreign_entities(two_towns):
    stream, thing = next(iter(two_towns["Datastreams"])), next(iter(two_towns["Things"]))
    reading = {"result": 1, "Datastream": {"@iot.id": stream}}
    assert ask("POST", "Observations", reading).status == 400
    assert ask("POST", f"Datastreams({stream})/Observations", {"result": 1}).status == 404
    own = next(iter(ids_of("Datastreams")))
    feature = next(iter(two_towns["FeaturesOfInterest"]))
    linked = {"result": 1, "FeatureOfInterest": {"@iot.id": feature}}
    assert ask("POST", f"Datastreams({own})/Observations", linked).status == 400
    series = {**STREAM, "Thing": {"@iot.id": thing}}
    assert ask("POST", "Datastreams", series).status == 400
    assert ask("POST", f"Things({thing})/Datastreams", STREAM).status == 404
    mine = next(iter(ids_of("Things")))
    place = {"@iot.id": next(iter(two_towns["Locations"]))}
    assert ask("POST", f"Things({mine})/Locations", place).status == 400
    assert ask("PATCH", f"Datastreams({own})", {"Thing": {"@iot.id": thing}}).status == 400


TEXT = st.text(max_size=12)
WORDS = st.sampled_from(
    [
        *(*SETS, "Thing", "Sensor", "FeatureOfInterest", "$ref", "$value", "CreateObservations"),
        *("name", "properties", "result", "resultTime", "$batch", "", "..", "%00", "Things(1)"),
        *("Datastreams(1)", "Observations(4294967296)", "Things(1)(1)", "Datastream(1)"),
    ]
)
OPTIONS = st.sampled_from(
    ["$top", "$skip", "$count", "$orderby", "$select", "$skiptoken", "$filter", "$", "a", "$TOP"]
)
VALUES = st.one_of(
    TEXT,
    st.sampled_from(
        ["1", "0", "true", "id desc", "name", "phenomenonTime", "5b312c305d", "5b315d"]
    ),
    st.integers().map(str),
    st.lists(st.one_of(st.integers(), TEXT), max_size=3).map(lambda v: str(v).encode().hex()),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                TEXT,
                st.sampled_from(
                    [
                        *("@iot.id", "Datastream", "FeatureOfInterest", "result", "name"),
                        *("phenomenonTime", "location", "Locations", "Thing", "Datastreams"),
                        *("description", "encodingType", "metadata", "definition", "time"),
                        *("unitOfMeasurement", "observationType", "components", "dataArray"),
                    ]
                ),
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)
BODY = st.one_of(st.binary(max_size=60), JSON)
EXPECTED = {200, 201, 400, 404, 405, 409, 413, 501}


@FUZZ
@given(
    method=st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "TRACE"]),
    parts=st.lists(st.one_of(WORDS, TEXT), max_size=4),
    options=st.lists(st.tuples(OPTIONS, VALUES), max_size=3),
    body=BODY,
)
def test_no_request_is_a_server_error(anybody, method, parts, options, body):
    path = "/".join(p.replace("?", "") for p in parts)
    query = "&".join(f"{k}={v}" for k, v in options).replace("\ud800", "")
    sent = body if isinstance(body, bytes) else repr(body).replace("'", '"').encode()
    got = ask(method, f"{path}?{query}", sent)
    assert got.status in EXPECTED


@FUZZ
@given(
    name=st.sampled_from([*SETS, "CreateObservations", "Datastreams(1)/Observations"]), body=JSON
)
def test_no_body_is_a_server_error(anybody, name, body):
    assert ask("POST", name, body).status in EXPECTED


KEYS = st.sampled_from(sorted({*THING, *STREAM}))


@FUZZ
@given(changed=st.dictionaries(KEYS, JSON, min_size=1, max_size=2))
def test_no_nearly_right_body_is_a_server_error(anybody, changed):
    thing = {k: v for k, v in {**THING, **changed}.items() if k in THING}
    stream = {**STREAM, **{k: v for k, v in changed.items() if k in STREAM}}
    body = {**thing, "Datastreams": [stream]}
    assert ask("POST", "Things", body).status in EXPECTED
    assert ask("POST", "Datastreams", {**stream, "Thing": thing}).status in EXPECTED
