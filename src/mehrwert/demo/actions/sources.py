"""Sources of Auental, all invented: a LoRaWAN network, a paused broker, a paused pull.

Nothing is asked over a network: what is paused connects to nobody.
"""

import base64
import json

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us
from mehrwert.base.mqtt import Incoming
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.lorawan import actions as lorawan
from mehrwert.connectors.mqtt import actions as mqtt
from mehrwert.connectors.pulls import actions as pulls
from mehrwert.intake.actions import create_source, receive
from mehrwert.intake.queries import SourceGrant, list_sources

RETENTION_DAYS = 90
DEV_EUI = "70B3D57ED0000001"
UPLINK = "0100c6022a070e0a"  # an ELSYS sensor: 19,8 °C, 42 %
BROKER = "mqtts://broker.auental.example:8883"
PLUG = '{"Time":"%s","AM2301":{"Temperature":18.4,"Humidity":61.0},"TempUnit":"C"}'
VALUES = [
    {
        "field": "temperature",
        "at": "/AM2301/Temperature",
        "name": "Raumtemperatur",
        "unit": "Grad Celsius",
        "symbol": "°C",
    }
]


def make_sources(tenant_id: int, now_us: int) -> None:
    """Make the sources once, with what they brought; the decoder of the intake reads it later."""
    with tenant_scope(tenant_id):
        if list_sources().exists():
            return
        at = from_us(now_us).isoformat(timespec="seconds")
        _lorawan(tenant_id, at)
        _broker(tenant_id, at)
        form = pulls.PullForm(
            "Pegel am Unterlauf (Beispiel)", {"station": "AUENTAL", "series": "W"}, 900
        )
        pulls.create_pull("pegelonline", form, pulls.Credentials(), actor=SYSTEM, paused=True)


def _lorawan(tenant_id: int, at: str) -> None:
    source, _ = create_source(
        kind="lorawan",
        name="The Things Stack (Beispiel)",
        retention_days=RETENTION_DAYS,
        actor=SYSTEM,
    )
    payload = base64.b64encode(bytes.fromhex(UPLINK)).decode()
    body = {
        "end_device_ids": {"device_id": "schulhof-nord", "dev_eui": DEV_EUI},
        "received_at": at,
        "uplink_message": {
            "session_key_id": "demo",
            "f_port": 5,
            "f_cnt": 1,
            "frm_payload": payload,
            "rx_metadata": [{"rssi": -97, "snr": 6.5}],
            "version_ids": {"brand_id": "elsys", "model_id": "ers"},
        },
    }
    grant = SourceGrant(source.pk, tenant_id, source.kind, source.name)
    receive(grant, [lorawan.read_message(json.dumps(body).encode())])


def _broker(tenant_id: int, at: str) -> None:
    definition = {
        "format": 1,
        "name": "Broker des Bauhofs (Beispiel)",
        "broker": BROKER,
        "topics": ["tele/+/SENSOR"],
        "content": "values",
        "device": {"topic_part": 2},
        "time": {"at": "/Time", "zone": "Europe/Berlin"},
        "values": VALUES,
    }
    binding = mqtt.create_binding(
        definition, mqtt.Login(), retention_days=RETENTION_DAYS, actor=SYSTEM, paused=True
    )
    grant = SourceGrant(binding.source_id, tenant_id, mqtt.KIND, str(binding))
    told = Incoming("tele/salzlager/SENSOR", (PLUG % at).encode())
    message = mqtt.read_message(binding.definition, binding.source_id, told)
    if message is not None:
        receive(grant, [message])
