"""An invented message of an invented device, as ChirpStack sends it: to try the way without one."""

import base64
from datetime import UTC, datetime
from typing import Any

# as a climate sensor of ELSYS sends it: tag, then value (temperature in tenths, humidity, battery)
_PAYLOAD = "01{temperature:04x}02{humidity:02x}070e10"
HINT = "Probegerät (erfunden)"


def sample_event(number: int, at_us: int) -> dict[str, Any]:
    """Return an event with a temperature of 18 to 24 °C that moves slowly.

    Args:
        number: Tells devices of several sources apart.
        at_us: When it is sent.
    """
    second = at_us // 1_000_000
    swing = abs(second % 7200 - 3600)
    payload = _PAYLOAD.format(temperature=180 + swing // 60, humidity=40 + swing // 240)
    return {
        "deduplicationId": f"00000000-0000-4000-8000-{at_us % 16**12:012x}",
        "time": datetime.fromtimestamp(at_us / 1_000_000, tz=UTC).isoformat(),
        "deviceInfo": {
            "deviceProfileName": "ELSYS ERS",
            "deviceName": HINT,
            "devEui": f"{number:016x}",
        },
        "fCnt": second % 65_536,
        "fPort": 5,
        "data": base64.b64encode(bytes.fromhex(payload)).decode(),
        "rxInfo": [{"gatewayId": "0000000000000000", "rssi": -60, "snr": 9}],
    }
