"""The Things Stack v3, webhook in JSON.

Fields that are zero are left out by the sender: an absent ``f_port`` or ``f_cnt`` is 0.
Source: The Things Stack documentation, integrations, data formats.
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

UPLINK = "uplink_message"
# what else the webhook can be told to send
OTHERS = (
    "join_accept",
    "location_solved",
    "service_data",
    "uplink_normalized",
    "downlink_ack",
    "downlink_nack",
    "downlink_sent",
    "downlink_failed",
    "downlink_queued",
    "downlink_queue_invalidated",
)


def is_things_stack(body: Mapping[str, Any]) -> bool:
    """Say whether a message is of this system."""
    return isinstance(body.get("end_device_ids"), Mapping)


def read(body: Mapping[str, Any]) -> Received | None:
    """Return what a message says, None when it has no device or its payload is no base64."""
    ids = body["end_device_ids"]
    device = text_of(ids.get("dev_eui")).upper()
    if not device:
        return None
    uplink = body.get(UPLINK)
    if not isinstance(uplink, Mapping):
        return _other(body, device)
    payload = bytes_of(uplink.get("frm_payload"))
    if payload is None:
        return None
    rssi, snr = best_signal(uplink.get("rx_metadata"))
    port, count = count_of(uplink.get("f_port")), count_of(uplink.get("f_cnt"))
    session = text_of(uplink.get("session_key_id"))
    object_ = uplink.get("decoded_payload")
    digest = hashlib.sha256(payload).hexdigest()[:16]
    envelope = {
        "system": "things_stack",
        "payload": payload.hex(),
        "f_port": port,
        "f_cnt": count,
        "rssi": rssi,
        "snr": snr,
        "battery": number_of(part_of(uplink, "last_battery_percentage", "value")),
        "session": session or None,
        "hint": _hint(ids, uplink),
        "object": object_ if isinstance(object_, Mapping) else None,
    }
    return Received(
        key=f"{device}/{session}/{count}/{port}/{digest}",
        device=device,
        device_us=time_us(uplink.get("received_at")) or time_us(body.get("received_at")),
        envelope=without_none(envelope),
        window_us=WEEK_US,
    )


def _other(body: Mapping[str, Any], device: str) -> Received | None:
    kind = next((name for name in OTHERS if name in body), "")
    if not kind:
        return None
    received = text_of(body.get("received_at"))
    envelope = {"system": "things_stack", "event": kind}
    session = text_of(part_of(body, kind, "session_key_id"))
    if session:
        envelope["session"] = session
    return Received(
        key=f"{device}/{kind}/{received}",
        device=device,
        device_us=time_us(received),
        envelope=envelope,
        window_us=WEEK_US,
        is_uplink=False,
    )


def _hint(ids: Mapping[str, Any], uplink: Mapping[str, Any]) -> str | None:
    """Return what the network server knows of the kind of device."""
    version = uplink.get("version_ids")
    words = (text_of(part_of(version, "brand_id")), text_of(part_of(version, "model_id")))
    named = (text_of(ids.get("device_id")), " ".join(word for word in words if word))
    return " · ".join(word for word in named if word) or None
