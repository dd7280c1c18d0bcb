"""Parsers of batches survive anything: they answer, or refuse with an error of ours."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.base.errors import MehrwertError
from mehrwert.standards.sensorthings.batch import json_form, multipart
from mehrwert.standards.sensorthings.batch.conditions import holds
from mehrwert.standards.sensorthings.batch.references import body_with, path_with, resolve

LINES = st.sampled_from(
    [
        *("--b", "--b--", "--c", "--c--", "", "", "Content-Type: application/http"),
        *("Content-Type: multipart/mixed;boundary=c", "Content-ID: 1", "GET Things HTTP/1.1"),
        *("POST $1/Locations HTTP/1.1", "{}", "Host", ": ", "\x85", "GET", "GET x", "ü HTTP/1.1"),
    ]
)
WORDS = st.sampled_from(
    [*("$a", "$a/b/0", "$x", "not", "and", "or", "eq", "lt", "(", ")", "'x'", "-1.5e3", "null")]
)
MADE = {"a": "Things(5)"}


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=20), st.sampled_from(["\n", "\r\n"]), st.binary(max_size=20))
def test_multipart(lines, end, tail):
    with contextlib.suppress(MehrwertError):
        multipart.parse(end.join(lines).encode() + tail, "multipart/mixed;boundary=b")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.text(max_size=60))
def test_anything(body, text):
    with contextlib.suppress(MehrwertError):
        json_form.parse(b'{"requests":[{"id":1,"method":"GET","url":"x","body":' + body + b"}]}")
    with contextlib.suppress(MehrwertError):
        multipart.parse(body, f"multipart/mixed;boundary={text}")
    with contextlib.suppress(MehrwertError):
        path, query = resolve(text.encode("utf-8", "replace").decode(), "/sta/v1.1")
        assert query.isascii()
        path_with(path, MADE, {"x"})
    with contextlib.suppress(MehrwertError):
        body_with(body, MADE, {"x"})


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=30))
def test_conditions(text):
    with contextlib.suppress(MehrwertError):
        assert holds(text, {"x"}, {"a": b'{"b":[1]}', "x": b""}) in {True, False}


def test_references_change_ids_and_nothing_else():
    body = b'{"a":{"@iot.id": "$a"},"b":"$a","c":"\\"@iot.id\\":\\"$a\\"","d":{"@iot.id":"$z"}}'
    shown = body.replace(b'"@iot.id": "$a"', b'"@iot.id": 5', 1)
    assert body_with(body, MADE, set()) == shown
    assert path_with("$a/Datastreams", MADE, set()) == "Things(5)/Datastreams"
    assert path_with("Things($a)/Datastreams($z)", MADE, set()) == "Things(5)/Datastreams($z)"
    assert resolve("http://h/sta/v1.1/Things?$top=1", "/sta/v1.1") == ("Things", b"$top=1")
