"""The wall around vendor JavaScript, and the codecs that come with Mehrwert (OBS-09, OBS-10)."""

import os
import time

import pytest

from mehrwert.intake.codecs import (
    Call,
    Example,
    Sandbox,
    Trouble,
    check_examples,
    list_library,
    read_library_codec,
)
from mehrwert.intake.codecs.library import examples_from
from mehrwert.intake.errors import CodecInputError
from mehrwert.intake.rules.codec_input import parse_input

GOOD = "function Decoder(bytes, port) { return {n: bytes.length, port: port}; }"
HI = Call(b"\x01\x02\x03", 7)
# never returns to the engine's time check: only killing helps
DEAF = "function Decoder() { while (true) try { new Array(1e9).fill(1) } catch (e) {} }"


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox(silent_s=0.5)
    yield made
    made.stop()


def decode(sandbox, script, call=HI, context="tenant 1"):
    return sandbox.decode(context, script, [call])[0]


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("function Decoder() { for (;;); }", Trouble.TIME),
        ("for (;;);", Trouble.TIME),
        ("function Decoder() { return /(a+)+$/.test('a'.repeat(40) + '!') }", Trouble.TIME),
        ("function Decoder() { return { toJSON() { for (;;); } } }", Trouble.TIME),
        ("function Decoder() { throw { toString() { for (;;); } } }", Trouble.TIME),
        (
            "function Decoder() { const a = []; for (;;) a.push('x'.repeat(1e5) + a.length) }",
            Trouble.MEMORY,
        ),
        ("function Decoder() { return new ArrayBuffer(1e9) }", Trouble.MEMORY),
        ("function Decoder() { return { x: 'a'.repeat(1e6) } }", Trouble.TOO_LONG),
        ("function Decoder() { function f() { f() } f() }", Trouble.THROWN),
        ("function Decoder() { throw new Error('kaputt') }", Trouble.THROWN),
        ("function Decoder() { return 7 }", Trouble.NO_DATA),
        ("let x = ;", Trouble.THROWN),
        ("var x = 1", Trouble.NO_FUNCTION),
        (DEAF, Trouble.KILLED),
    ],
)
def test_hostile_codecs_are_stopped_and_others_notice_nothing(sandbox, script, trouble):
    """OBS-09: endless loop, memory bomb, evil regular expression."""
    started = time.monotonic()
    stopped = decode(sandbox, script).trouble
    # on a busy machine the time may be over before the memory is full
    assert stopped == trouble or (trouble, stopped) == (Trouble.MEMORY, Trouble.KILLED)
    assert time.monotonic() - started < 20
    assert decode(sandbox, GOOD, context="tenant 2").data == {"n": 3, "port": 7}


def test_a_deaf_codec_takes_only_its_own_call_with_it(sandbox):
    script = f"{GOOD.replace('Decoder', 'good')} {DEAF.replace('Decoder', 'deaf')}"
    script += "function Decoder(bytes, port) { return port === 9 ? deaf() : good(bytes, port) }"
    kills = sandbox.kills
    outcomes = sandbox.decode("tenant 1", script, [HI, Call(b"", 9), HI])
    assert [outcome.trouble for outcome in outcomes] == [None, Trouble.KILLED, None]
    assert sandbox.kills == kills + 1


@pytest.mark.parametrize(
    "trick",
    [
        "Object.prototype.polluted = 1;",
        "JSON.parse = JSON.stringify = null; Array.isArray = () => { throw 1 };",
        "Object.prototype.toJSON = () => 'mine'; Date = null;",
        "globalThis.module = null; globalThis.Buffer = null;",
        "Function.prototype.call = Function.prototype.apply = null;",
        "Object.defineProperty(Object.prototype, 'data', { get() { return 1 }, set() {} });",
    ],
)
def test_prototype_tricks_stay_in_their_context(sandbox, trick):
    decode(sandbox, f"{trick} {GOOD}", context="tenant 1")
    assert decode(sandbox, GOOD, context="tenant 2").data == {"n": 3, "port": 7}


def test_state_is_kept_within_one_context_only(sandbox):
    script = "var n = 0; function Decoder() { return { n: ++n } }"
    first = [decode(sandbox, script, context="tenant 1").data["n"] for _ in range(2)]
    assert first == [1, 2]
    assert decode(sandbox, script, context="tenant 2").data == {"n": 1}


def test_a_context_is_renewed_after_a_thousand_calls(sandbox):
    script = "var n = 0; function Decoder() { return { n: ++n } }"
    outcomes = sandbox.decode("renewed", script, [HI] * 1001)
    assert (outcomes[999].data["n"], outcomes[1000].data["n"]) == (1000, 1)


def test_the_worker_has_no_files_no_network_no_environment(sandbox):
    script = (
        "function Decoder() { return { names: ['std', 'os', 'require', 'fetch', 'process',"
        " 'XMLHttpRequest', 'setTimeout', 'Deno'].filter((name) => name in globalThis) } }"
    )
    assert decode(sandbox, script).data == {"names": []}
    proc = f"/proc/{sandbox.pid}"
    assert sorted(os.listdir(f"{proc}/fd")) == ["0", "1", "2"]
    with open(f"{proc}/environ", "rb") as file:
        assert file.read() == b""
    with open(f"{proc}/limits") as file:
        limits = {line[:26].strip(): line[26:].split() for line in file}
    assert limits["Max open files"][:2] == ["3", "3"]
    assert limits["Max file size"][:2] == ["0", "0"]


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        (
            "function decodeUplink(i) { return {data: {b: i.bytes, p: i.fPort}} }",
            {"b": [1, 2, 3], "p": 7},
        ),
        (
            "const decodeUplink = (i) => ({data: {t: i.recvTime.toISOString()}})",
            {"t": "2024-01-02T00:00:00.000Z"},
        ),
        (
            "function Decode(fPort, bytes, variables) { return {p: fPort, v: variables.v} }",
            {"p": 7, "v": "x"},
        ),
        ("module.exports = { decodeUplink: (i) => ({data: {n: i.bytes.length}}) }", {"n": 3}),
        ("exports.decodeUplink = (i) => ({data: {n: i.bytes.length}})", {"n": 3}),
        ("function Decoder(b) { return {h: Buffer.from(b).toString('hex')} }", {"h": "010203"}),
        ("function Decoder(b) { return {x: Buffer.from(b).readUInt16BE(1)} }", {"x": 515}),
        (
            "function Decoder(b) { return {x: Buffer.from('AQL/', 'base64').readInt8(2)} }",
            {"x": -1},
        ),
        (
            "function Decoder() { return {x: Buffer.from('0000c03f', 'hex').readFloatLE(0)} }",
            {"x": 1.5},
        ),
        ("function Decoder() { return {x: Buffer.from('Höhe').toString()} }", {"x": "Höhe"}),
        (
            "function Decoder() { return {x: Buffer.from([1,2,3]).toString('base64')} }",
            {"x": "AQID"},
        ),
    ],
)
def test_the_interfaces_of_both_systems(sandbox, script, wanted):
    """§4.3: decodeUplink, Decode, Decoder, Buffer and variables."""
    call = Call(b"\x01\x02\x03", 7, 1_704_153_600_000, {"v": "x"})
    assert decode(sandbox, script, call).data == wanted


def test_normalize_uplink_runs_on_what_decode_uplink_returned(sandbox):
    script = (
        "function decodeUplink(i) { return {data: {t: i.bytes[0]}, warnings: ['kalt']} }"
        "function normalizeUplink(i) { return {data: {air: {temperature: i.data.t}}} }"
    )
    outcome = decode(sandbox, script)
    assert outcome.normalized == {"air": {"temperature": 1}}
    assert outcome.warnings == ("kalt",)


def test_errors_of_the_codec_are_no_trouble(sandbox):
    outcome = decode(sandbox, "function decodeUplink() { return {errors: ['fPort unbekannt']} }")
    assert (outcome.trouble, outcome.errors, outcome.is_good) == (None, ("fPort unbekannt",), False)


@pytest.mark.parametrize("codec", list_library(), ids=lambda codec: codec.slug)
def test_every_codec_of_the_library_proves_itself(sandbox, codec):
    """OBS-10: examples run twice and in reverse order."""
    examples = examples_from(codec.examples)
    verdicts = check_examples(sandbox, codec.slug, codec.script, examples)
    assert verdicts
    assert [verdict for verdict in verdicts if not verdict.passed] == []


@pytest.mark.parametrize("codec", list_library(), ids=lambda codec: codec.slug)
def test_every_device_says_what_it_measures_and_where_that_is_from(codec):
    about = codec.description
    assert about["licence"] == "EUPL-1.2"
    assert len(about["source"]) > 30
    seen = {name for example in codec.examples for name in example.get("data") or ()}
    fields = [measure["field"] for measure in about["measures"]]
    assert fields
    assert len(fields) == len(set(fields))
    assert any(field in seen for field in fields)
    assert all({"name", "unit", "symbol", "aggregation"} <= set(m) for m in about["measures"])


def test_the_library_has_more_than_twelve_device_types():
    """Decision 25."""
    assert len(list_library()) >= 12


def test_a_codec_with_hidden_state_does_not_pass(sandbox):
    script = "var n = 0; function Decoder(bytes) { n += bytes[0]; return {n: n} }"
    examples = [Example("eins", b"\x01", 1, {"n": 1}), Example("zwei", b"\x02", 1, {"n": 3})]
    verdicts = check_examples(sandbox, "state", script, examples)
    assert {verdict.reason for verdict in verdicts} == {"unsteady"}


def test_a_difference_is_named_by_its_path(sandbox):
    codec = read_library_codec("milesight-em300-th")
    example = Example("falsch", bytes.fromhex("03672c00046817"), 85, {"air_temperature": 4.5})
    verdict = check_examples(sandbox, "x", codec.script, [example])[0]
    assert (verdict.reason, verdict.detail) == ("differs", "air_temperature")


@pytest.mark.parametrize(
    ("text", "payload", "port"),
    [
        ('{"bytes": [1, 255], "fPort": 3}', b"\x01\xff", 3),
        ('{"bytes": "01ff"}', b"\x01\xff", 1),
        ('{"bytes": "0x01 ff"}', b"\x01\xff", 1),
        ('{"bytes": "Af8="}', b"\x01\xff", 1),
        ('{"base64": "0102"}', b"\xd3\x5d\x36", 1),
        ('{"hex": ""}', b"", 1),
        ("[1, 2]", b"\x01\x02", 1),
        ('"01ff"', b"\x01\xff", 1),
    ],
)
def test_bytes_are_given_as_list_hexadecimal_or_base64(text, payload, port):
    call = parse_input(text, 0)
    assert (call.payload, call.f_port) == (payload, port)


def test_the_time_of_reception_may_be_given():
    assert parse_input('{"bytes": "", "recvTime": "2024-01-02T01:00:00+01:00"}', 0).recv_ms == (
        1_704_153_600_000
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "JSON"),
        ("7", "JSON"),
        ("{}", "bytes"),
        ('{"bytes": [256]}', "bytes"),
        ('{"bytes": "g1"}', "bytes"),
        ('{"hex": "123"}', "hex"),
        ('{"bytes": "", "fPort": 256}', "fPort"),
        ('{"bytes": "", "recvTime": "gestern"}', "recvTime"),
        ('{"bytes": "", "variables": [1]}', "variables"),
    ],
)
def test_what_cannot_be_used_is_named(text, what):
    with pytest.raises(CodecInputError) as caught:
        parse_input(text, 0)
    assert caught.value.data["what"] == what
