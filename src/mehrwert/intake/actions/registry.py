"""The registry: which devices sent, when last, with what signal and battery."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mehrwert.intake.choices import DeviceState
from mehrwert.intake.models import Device
from mehrwert.intake.rules.readings import battery_of, skew_of
from mehrwert.observations.queries import MessageRow

if TYPE_CHECKING:
    from .bound import Decoded

COUNTED = (
    "last_us",
    "battery",
    "battery_unit",
    "rssi",
    "snr",
    "session_key",
    "session_us",
    "skew_s",
    "hint",
    "error",
    "streams",
)


def read_devices(tenant_id: int, rows: Sequence[MessageRow]) -> dict[str, Device]:
    """Return the devices of messages by key; those that nobody knows are written down."""
    keys = {row.device_key for row in rows if row.device_key}
    found = {device.device_key: device for device in _select(keys)}
    new: dict[str, Device] = {}
    for row in rows:
        key = row.device_key
        if key and key not in found and key not in new:
            new[key] = Device(
                tenant_id=tenant_id,
                source_id=row.source_id,
                device_key=key,
                state=DeviceState.UNKNOWN.value,
                hint=str(row.envelope.get("hint") or "")[:160],
                first_us=row.received_us,
                last_us=row.received_us,
            )
    if new:
        Device.objects.bulk_create(new.values(), ignore_conflicts=True)
        found |= {device.device_key: device for device in _select(set(new))}
    return found


def _select(keys: set[str]) -> Any:
    return Device.objects.filter(device_key__in=keys).select_related("codec", "source__codec")


def note_messages(
    rows: Sequence[MessageRow], devices: dict[str, Device], decoded: "Decoded"
) -> None:
    """Write down what the newest messages say of their devices."""
    values = {row.id: found for row, _, found in decoded.values}
    touched: dict[int, Device] = {}
    for row in rows:
        device = devices.get(row.device_key)
        if device is not None:
            _note(device, row, values.get(row.id, {}))
            told_us = decoded.told.get(row.id, row.device_us)
            if told_us is not None:
                device.skew_s = skew_of(device.skew_s, told_us, row.received_us)
            device.error = decoded.fates[row.id].error[:500]
            touched[device.pk] = device
    Device.objects.bulk_update(touched.values(), COUNTED, batch_size=200)


def _note(device: Device, row: MessageRow, values: dict[str, Any]) -> None:
    envelope = row.envelope
    if row.received_us < device.last_us:
        return  # decoded again, or out of order: the registry knows newer ones
    device.last_us = row.received_us
    device.rssi = envelope.get("rssi", device.rssi)
    device.snr = envelope.get("snr", device.snr)
    device.hint = str(envelope.get("hint") or device.hint)[:160]
    battery = battery_of(envelope, values, device.codec.description if device.codec else {})
    if battery is not None:
        device.battery, device.battery_unit = battery
    session = str(envelope.get("session") or "")[:80]
    if session and session != device.session_key:
        device.session_us = row.received_us if device.session_key else device.session_us
        device.session_key = session
