"""A binding as towns have them, and rows for lists."""

from typing import Any

from django.conf import settings

from mehrwert.base.actor import SYSTEM
from mehrwert.base.mqtt import Incoming
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.mqtt import actions
from mehrwert.connectors.mqtt.models import Binding
from mehrwert.intake.actions import decode_waiting, receive
from mehrwert.intake.queries import SourceGrant

TASMOTA = """{"Time":"2026-05-01T12:00:00","AM2301":{"Temperature":21.5,"Humidity":48.2},
 "ENERGY":{"Power":12,"Total":3.456},"TempUnit":"C"}"""
TEMPERATURE = {
    "field": "temperature",
    "at": "/AM2301/Temperature",
    "name": "Lufttemperatur",
    "unit": "Grad Celsius",
    "symbol": "°C",
}


def definition(**more: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "name": "Bauhof",
        "broker": "mqtt://127.0.0.1:1883",
        "topics": ["tele/+/SENSOR"],
        "content": "values",
        **more,
    }


def make_binding(**more: Any) -> Binding:
    """A binding of the town in scope."""
    before = vars(settings.MEHRWERT)["outgoing_hosts"]
    vars(settings.MEHRWERT)["outgoing_hosts"] = ("127.0.0.1",)
    try:
        return actions.create_binding(
            definition(**more), actions.Login(), retention_days=90, actor=SYSTEM
        )
    finally:
        vars(settings.MEHRWERT)["outgoing_hosts"] = before


def bring(row: Binding, topic: str, body: str | bytes, **flags: bool) -> None:
    """Let a message come as if the broker had delivered it, and be decoded."""
    raw = body if isinstance(body, bytes) else body.encode()
    message = actions.read_message(row.definition, row.source_id, Incoming(topic, raw, **flags))
    if message is not None:
        receive(SourceGrant(row.source_id, row.tenant_id, "mqtt", "x"), [message])
        decode_waiting()


def make_recorded(tenant_id: int) -> int:
    """A binding with one recorded message; returns the id of its source."""
    with tenant_scope(tenant_id):
        row = make_binding()
        bring(row, "tele/plug1/SENSOR", TASMOTA)
        return row.source_id
