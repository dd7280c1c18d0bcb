"""What pages say: words for states and troubles, addresses, rows of lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.base.clock import now_us
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
from mehrwert.intake.models import Codec, Device
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import MessageRow

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


def source_kinds() -> dict[str, SourceKind]:
    """Return the kinds that the connectors of this installation offer."""
    return {
        key: SourceKind(key, gettext(label), path, gettext(text))
        for key, (label, path, text) in table("INTAKE_KINDS", {}).items()
    }


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
    return str(envelope.get("payload", ""))


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
