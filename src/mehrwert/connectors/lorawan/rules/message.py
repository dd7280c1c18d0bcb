"""What both systems come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WEEK_US = 7 * 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Received:
    """One message of a network server.

    ``key`` is the same for every delivery of it, within ``window_us`` (None: for ever).
    ``envelope`` has ``payload`` (hexadecimal), ``f_port``, ``f_cnt``, ``rssi`` in dBm, ``snr`` in
    dB, ``battery`` in per cent, ``session``, ``hint`` (what kind of device), ``object`` (decoded
    by the network), as far as known. Messages that are no uplink never hold readings.
    """

    key: str
    device: str
    device_us: int | None
    envelope: Mapping[str, Any]
    window_us: int | None = None
    is_uplink: bool = True
