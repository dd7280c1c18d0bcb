"""Recorded uplinks of real devices as both network servers would send them.

The payloads and ports are those of chirpstack/chirpstack-device-profiles (MIT, Copyright (c) 2025
Orne Brocaar); names, times and radio are invented.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mehrwert.observations.actions import NewMessage


@dataclass(frozen=True)
class Recorded:
    """One recorded uplink: which device type, port (None: any), payload, values of our codec."""

    slug: str
    f_port: int
    payload: str
    values: dict[str, Any]


RECORDED = [
    Recorded("browan-cd10", 127, "000f19200c02", {"co2": 524, "air_temperature": 25}),
    Recorded("browan-tbhh100", 103, "080a0d3affffffff", {"air_temperature": -19}),
    Recorded(
        "decentlab-dl-atm22",
        1,
        "0208c900038009812b8014810880027fe8800880040bf5",
        {"wind_speed": 0.09, "air_temperature": 26.4},
    ),
    Recorded("decentlab-dl-blg", 1, "0230c50003a40c00810c60", {"globe_temperature": 22.03}),
    Recorded("decentlab-dl-ds18", 1, "02023d0003815e0c15", {"temperature": 21.875}),
    Recorded(
        "decentlab-dl-lp8p",
        1,
        "020578000f67bd618d1cedbd1081d981f4895b0bd80bb50000959895390c25",
        {"co2": 473, "air_pressure": 968},
    ),
    Recorded(
        "decentlab-dl-smtp",
        1,
        "020b50000309018a8c09438a9809278a920b3c8aa50c9c8a8c11e08aa500000000000000000b3b",
        {"soil_moisture_0": -0.39, "soil_temperature_5": 27.25},
    ),
    Recorded("dragino-lds02", 10, "0b8801001bb300000000", {"door_open": 0, "openings_total": 7091}),
    Recorded("dragino-lt-22222-l", 2, "00000000000000003cff41", {"input_1": 1, "relay_1": 0}),
    Recorded("elsys-multi", 5, "0100c6022a070e0a", {"air_temperature": 19.8, "air_humidity": 42}),
    Recorded("milesight-em300-th", 0, "03672c00046817", {"air_temperature": 4.4}),
]


def dev_eui(n: int) -> str:
    return f"70B3D5000000{n:04X}"


def things_stack(recorded: Recorded, n: int, **changes: Any) -> dict[str, Any]:
    """The webhook of The Things Stack v3; zeros are left out, as it does."""
    uplink = {
        "session_key_id": "AXA50SHUjD6HKvb9dPQ0ow==",
        "f_port": recorded.f_port,
        "f_cnt": n,
        "frm_payload": base64.b64encode(bytes.fromhex(recorded.payload)).decode(),
        "rx_metadata": [
            {"gateway_ids": {"gateway_id": "rathaus"}, "rssi": -97, "snr": 8.2},
            {"gateway_ids": {"gateway_id": "bauhof"}, "rssi": -61, "snr": 9.5},
        ],
        "last_battery_percentage": {"value": 94.5},
        "received_at": "2026-03-01T10:00:00.123456789Z",
        **changes,
    }
    return {
        "end_device_ids": {
            "device_id": f"eui-{n}",
            "application_ids": {"application_id": "auental"},
            "dev_eui": dev_eui(n),
            "dev_addr": "00BCB929",
        },
        "correlation_ids": ["as:up:01"],
        "received_at": "2026-03-01T10:00:00.223456789Z",
        "uplink_message": {name: value for name, value in uplink.items() if value != 0},
    }


def chirpstack(recorded: Recorded, n: int, **changes: Any) -> dict[str, Any]:
    """The ``up`` event of ChirpStack v4; zeros are left out, as it does."""
    event = {
        "deduplicationId": f"3ac7e3c4-4401-4b8d-9386-{n:012d}",
        "time": "2026-03-01T10:00:00.123456+00:00",
        "deviceInfo": {
            "tenantName": "Auental",
            "applicationName": "Klima",
            "deviceProfileName": recorded.slug,
            "deviceName": f"Gerät {n}",
            "devEui": dev_eui(n).lower(),
            "tags": {},
        },
        "devAddr": "00189440",
        "fCnt": n,
        "fPort": recorded.f_port,
        "data": base64.b64encode(bytes.fromhex(recorded.payload)).decode(),
        "rxInfo": [{"gatewayId": "0016c001f153a14c", "rssi": -57, "snr": 10.5}],
        **changes,
    }
    return {name: value for name, value in event.items() if value != 0}


def uplink(n, payload, at="2026-03-01T10:00:00+00:00", device=1, **envelope):
    """Message ``n`` of a device as a connector hands it over."""
    said = {"payload": payload, "f_port": 5, "rssi": -61, "snr": 9.5, "battery": 94.5, **envelope}
    return NewMessage(
        message_key=f"{device}/{n}/{envelope.get('session', '')}",
        device_key=dev_eui(device),
        body="{}",
        envelope=json.dumps(said),
        device_us=int(datetime.fromisoformat(at).timestamp()) * 1_000_000,
    )
