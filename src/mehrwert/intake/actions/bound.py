"""Messages of sources with a binding: read by pointers, their devices adopted by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.intake.choices import DeviceState
from mehrwert.intake.models import Codec, Device
from mehrwert.intake.rules.extraction import ExtractionError, extract, extraction_of
from mehrwert.intake.rules.readings import is_ahead
from mehrwert.observations.actions import Fate, WriteContext, find_or_create_thing, transact
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import MessageRow, read_bodies


@dataclass(slots=True)
class Decoded:
    """What a batch came to: fates of its messages, values by device and field.

    ``told`` is the newest time that a message says its device had.
    """

    fates: dict[int, Fate] = field(default_factory=dict)
    values: list[tuple[MessageRow, Device, dict[str, Any]]] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)

    def settle(self, row: MessageRow, state: MessageState, error: str = "") -> None:
        """Say what becomes of a message that gives no values."""
        self.fates[row.id] = Fate(row.id, state, error=error)


def adopt_bound(tenant_id: int, devices: Iterable[Device]) -> list[Device]:
    """Adopt unknown devices whose source knows how to read them; return these."""
    found = [
        device
        for device in devices
        if device.state == DeviceState.UNKNOWN.value
        and device.source.has_binding
        and device.source.codec is not None
    ]
    context = WriteContext(tenant_id, "intake", Actor("system", label="Geräte"))
    for device in found:
        device.codec = device.source.codec
        device.name = device.name or device.hint or device.device_key
        device.thing_id = _thing_of(context, device)
        device.state = DeviceState.ADOPTED.value
        device.save(update_fields=["codec", "name", "thing_id", "state"])
    return found


def _thing_of(context: WriteContext, device: Device) -> int:
    key = f"device/{device.device_key}"
    return transact(
        lambda tx: find_or_create_thing(context, tx=tx, external_key=key, name=device.name)
    )


def read_bound(
    decoded: Decoded, codec: Codec, rows: Sequence[MessageRow], devices: dict[str, Device]
) -> None:
    """Read messages of one binding; each may hold readings of several moments."""
    wanted = extraction_of(codec.description)
    bodies = read_bodies([row.id for row in rows])
    for row in rows:
        try:
            found = extract(bodies.get(row.id, ""), str(row.envelope.get("topic") or ""), wanted)
        except ExtractionError as error:
            decoded.settle(row, MessageState.FAILED, str(error))
            continue
        shift_s = devices[row.device_key].clock_shift_s
        told = [one.at_us for one in found if one.at_us is not None]
        if told:
            decoded.told[row.id] = max(told)
        timely = [one for one in found if not is_ahead(one.at_us, row.received_us, shift_s)]
        if not timely:
            decoded.settle(row, MessageState.FAILED, "clock:")
            continue
        decoded.fates[row.id] = Fate(row.id, MessageState.DONE, codec.full_name, 0)
        for one in timely:
            moment = row if one.at_us is None else replace(row, device_us=one.at_us)
            decoded.values.append((moment, devices[row.device_key], dict(one.values)))
