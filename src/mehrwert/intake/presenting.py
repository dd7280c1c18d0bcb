"""What pages say: words for states and troubles, addresses, rows of lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.base.clock import now_us
from mehrwert.base.http_errors import told
from mehrwert.base.templatetags.mehrwert import duration
from mehrwert.base.wiring import table
from mehrwert.intake.choices import (
    CODEC_STATE_LABELS,
    ERROR_SENTENCES,
    MESSAGE_LABELS,
    TROUBLE_SENTENCES,
    VERDICT_SENTENCES,
    CodecState,
)
from mehrwert.intake.codecs import Trouble
from mehrwert.intake.models import Codec, Device, Source
from mehrwert.intake.rules.readings import is_clock_wrong
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import MessageRow, SourceCount

LOW_PERCENT = 20
MINUTE_US = 60_000_000
TAGS = {
    MessageState.NEW: "info",
    MessageState.WAITING: "warn",
    MessageState.DONE: "ok",
    MessageState.FAILED: "bad",
    MessageState.IGNORED: "",
}
CODEC_TAGS = {
    CodecState.ACTIVE: "ok",
    CodecState.FAILING: "bad",
    CodecState.STOPPED: "bad",
    CodecState.REPLACED: "",
}


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind of source: what people call it and where its messages go."""

    key: str
    label: str
    path: str
    help: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One row of the list of sources: how it fares, in words."""

    source: Source
    kind: str
    count: SourceCount
    state: str
    tag: str
    ok_us: int | None
    trouble: str


NOTHING = SourceCount()


def source_lines(sources: Iterable[Source], counts: dict[int, SourceCount]) -> list[SourceLine]:
    """Return the rows of the list of sources."""
    labels = all_kinds()
    return [
        _source_line(row, labels.get(row.kind, ""), counts.get(row.pk, NOTHING)) for row in sources
    ]


def all_kinds() -> dict[str, str]:
    """Return what people call every kind of source."""
    own = {key: kind.label for key, kind in source_kinds().items()}
    return own | {key: gettext(label) for key, label in table("SOURCE_KINDS", {}).items()}


def _source_line(row: Source, kind: str, count: SourceCount) -> SourceLine:
    state, tag = source_state(row, count)
    ok_us = max(count.last_us, row.ok_us or 0) or None
    return SourceLine(row, kind, count, state, tag, ok_us, trouble_text(row))


def source_state(row: Source, count: SourceCount) -> tuple[str, str]:
    """Return (word, tag) of how a source fares."""
    if row.ended_us:
        return gettext("beendet"), ""
    if row.is_paused:
        return gettext("angehalten"), ""
    if row.trouble:
        return gettext("Störung"), "bad"
    if row.has_binding and row.codec_id is None:
        return gettext("zeichnet auf"), "info"
    if count.last_us or row.ok_us:
        return gettext("läuft"), "ok"
    return gettext("wartet"), "info"


def has_sample(row: Source) -> bool:
    """Say whether an invented device can send to a source."""
    return row.kind in table("INTAKE_SAMPLES", {}) and not row.ended_us


def trouble_text(row: Source) -> str:
    """Return what is wrong with a source as a sentence, empty when nothing is."""
    if not row.trouble or row.ended_us:
        return ""
    return told(str(row.trouble["sentence"]), row.trouble.get("data") or {})


def source_kinds() -> dict[str, SourceKind]:
    """Return the kinds that the connectors of this installation offer."""
    return {
        key: SourceKind(key, gettext(label), path, gettext(text))
        for key, (label, path, text) in table("INTAKE_KINDS", {}).items()
    }


@dataclass(frozen=True, slots=True)
class Way:
    """One way to get data in: its name, what it is for, the page that begins it."""

    label: str
    text: str
    url: str


def ways_in(request: Any) -> list[Way]:
    """Return the ways to get data in that this installation offers."""
    mandant = {"mandant": request.tenant.slug}
    return [
        Way(gettext(label), gettext(text), reverse(name, kwargs=mandant))
        for label, text, name, needed in table("WAYS_IN", ())
        if request.can(needed)
    ]


def address(request: Any, name: str, **kwargs: Any) -> str:
    """Return the address of a page of the room in the municipality of the request."""
    return reverse(f"intake:{name}", kwargs={"mandant": request.tenant.slug, **kwargs})


def error_sentence(error: str) -> str:
    """Return why a message gave no values, in words; empty when it did."""
    code, _, text = error.partition(":")
    if not code:
        return ""
    if code in ERROR_SENTENCES:
        return gettext(ERROR_SENTENCES[code]) % {"text": text}
    if code in set(Trouble):
        return gettext(TROUBLE_SENTENCES[Trouble(code)]) % {"text": text}
    fallback = ERROR_SENTENCES["internal"]
    return gettext(fallback)


def battery_text(device: Device) -> str:
    """Return the level of the battery as it was reported, empty when unknown."""
    if device.battery is None:
        return ""
    digits = 0 if device.battery_unit in {"%", "mV"} else 1
    number = f"{device.battery:.{digits}f}".replace(".", ",")
    return f"{number} {device.battery_unit}".strip()


def is_low(device: Device) -> bool:
    """Say whether a battery that is told in per cent is nearly empty."""
    return (
        device.battery is not None and device.battery_unit == "%" and device.battery < LOW_PERCENT
    )


def signal_text(device: Device) -> str:
    """Return how well the gateways hear a device."""
    if device.rssi is None:
        return ""
    snr = "" if device.snr is None else f", SNR {device.snr:.1f} dB".replace(".", ",")
    return f"{device.rssi:.0f} dBm{snr}"


def is_silent(device: Device) -> bool:
    """Say whether a device missed three of its expected messages."""
    interval = device.codec.description.get("interval_s") if device.codec else None
    if not isinstance(interval, int):
        return False
    return now_us() - device.last_us > 3 * interval * 1_000_000


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One row of the list of devices."""

    device: Device
    thing: str
    battery: str
    is_low: bool
    signal: str
    is_silent: bool
    error: str


def device_lines(devices: Iterable[Device], things: dict[int, str]) -> list[DeviceLine]:
    """Return the rows of the list."""
    return [
        DeviceLine(
            device,
            things.get(device.thing_id or 0, ""),
            battery_text(device),
            is_low(device),
            signal_text(device),
            is_silent(device),
            error_sentence(device.error),
        )
        for device in devices
    ]


def clock_text(device: Device) -> str:
    """Return how far the clock of a device is off; empty while it is right."""
    if not is_clock_wrong(device.skew_s, device.clock_shift_s):
        return ""
    skew_s = (device.skew_s or 0.0) - device.clock_shift_s
    length = duration(round(abs(skew_s)))
    text = gettext("geht %(length)s vor") if skew_s > 0 else gettext("geht %(length)s nach")
    return text % {"length": length}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One row of a list of messages."""

    message: MessageRow
    label: str
    tag: str
    payload: str
    error: str


def message_lines(messages: Iterable[MessageRow]) -> list[MessageLine]:
    """Return the rows of a list of messages."""
    return [
        MessageLine(
            message,
            gettext(MESSAGE_LABELS[message.state]),
            TAGS[message.state],
            _payload(message),
            error_sentence(message.error),
        )
        for message in messages
    ]


def _payload(message: MessageRow) -> str:
    envelope = message.envelope
    if envelope.get("event"):
        return str(envelope["event"])
    return str(envelope.get("payload") or envelope.get("topic", ""))


def codec_state(codec: Codec) -> tuple[str, str]:
    """Return (label, tag) of the state of a codec."""
    state = CodecState(codec.state)
    return gettext(CODEC_STATE_LABELS[state]), CODEC_TAGS[state]


def verdict_lines(codec: Codec) -> list[tuple[dict[str, Any], bool, str]]:
    """Return (verdict, passed, sentence) of each example."""
    return [(v, not v["reason"], _verdict(v)) for v in codec.verdicts]


def _verdict(verdict: dict[str, Any]) -> str:
    reason = verdict["reason"]
    if reason in VERDICT_SENTENCES:
        return gettext(VERDICT_SENTENCES[reason]) % {"text": verdict["detail"]}
    return error_sentence(f"{reason}:{verdict['detail']}")
