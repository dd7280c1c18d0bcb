"""ChirpStack v4, events in JSON by HTTP or MQTT.

Source: ChirpStack documentation, integrations, events. Zeros are left out: an absent ``fPort`` or
``fCnt`` is 0.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from .message import WEEK_US, Received
from .values import (
    best_signal,
    bytes_of,
    count_of,
    number_of,
    part_of,
    text_of,
    time_us,
    without_none,
)

UPLINK = "up"
EVENTS = (UPLINK, "status", "join", "ack", "txack", "log", "location", "integration")
# a field that only this event has, for senders that do not say which one it is
TELLING = {
    "batteryLevel": "status",
    "margin": "status",
    "code": "log",
    "acknowledged": "ack",
    "gatewayId": "txack",
    "integrationName": "integration",
    "location": "location",
}


def is_chirpstack(body: Mapping[str, Any]) -> bool:
    """Say whether a message is of this system."""
    return isinstance(body.get("deviceInfo"), Mapping)


def read(body: Mapping[str, Any], event: str = "") -> Received | None:
    """Return what an event says, None when it has no device or its payload is no base64."""
    device = text_of(part_of(body, "deviceInfo", "devEui")).upper()
    if not device:
        return None
    kind = event if event in EVENTS else _event_of(body)
    common: dict[str, Any] = {"system": "chirpstack", "hint": _hint(body["deviceInfo"])}
    once = text_of(body.get("deduplicationId"))
    at_us = time_us(body.get("time"))
    if kind != UPLINK:
        envelope = {**common, "event": kind, "battery": _battery(body)}
        key = f"{kind}/{once or body.get('time', '')}/{device}"
        return Received(key, device, at_us, without_none(envelope), None, is_uplink=False)
    payload = bytes_of(body.get("data"))
    if payload is None:
        return None
    rssi, snr = best_signal(body.get("rxInfo"))
    port, count = count_of(body.get("fPort")), count_of(body.get("fCnt"))
    object_ = body.get("object")
    envelope = {
        **common,
        "payload": payload.hex(),
        "f_port": port,
        "f_cnt": count,
        "rssi": rssi,
        "snr": snr,
        "object": object_ if isinstance(object_, Mapping) else None,
    }
    digest = hashlib.sha256(payload).hexdigest()[:16]
    return Received(
        key=once or f"{device}/{text_of(body.get('devAddr'))}/{count}/{port}/{digest}",
        device=device,
        device_us=at_us,
        envelope=without_none(envelope),
        window_us=None if once else WEEK_US,
    )


def _event_of(body: Mapping[str, Any]) -> str:
    if "rxInfo" in body or "data" in body or "fCnt" in body:
        return UPLINK
    return next((event for name, event in TELLING.items() if name in body), "join")


def _battery(body: Mapping[str, Any]) -> float | None:
    """Return the level in per cent; a device on mains has none."""
    if body.get("externalPowerSource") or body.get("batteryLevelUnavailable"):
        return None
    return number_of(body.get("batteryLevel"))


def _hint(info: Mapping[str, Any]) -> str | None:
    words = (text_of(info.get("deviceName")), text_of(info.get("deviceProfileName")))
    return " · ".join(word for word in words if word) or None
