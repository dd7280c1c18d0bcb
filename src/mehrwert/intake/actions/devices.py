"""Devices: adopted with a click, not wanted, renamed."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.intake.choices import CodecOrigin, DeviceState
from mehrwert.intake.errors import AlreadyAdoptedError, UnknownDeviceError
from mehrwert.intake.models import Codec, Device
from mehrwert.intake.queries import read_active_codec
from mehrwert.observations.actions import (
    WriteContext,
    find_or_create_location,
    find_or_create_thing,
    release_messages,
    transact,
)
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import list_of_device, read_thing

from .codecs import ensure_library_codec, save_codec
from .decoding import decode_messages

NETWORK = "network"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Adoption:
    """How an unknown device becomes a known one.

    Args:
        device_type: Slug of the codec; ``NETWORK`` takes what the network server decoded.
        name: What people call it.
        thing_id: The thing it hangs at; None makes a new one of that name.
        lon: Place of a new thing, None when it is not known.
        lat: Same.
    """

    device_type: str
    name: str
    thing_id: int | None = None
    lon: float | None = None
    lat: float | None = None


def adopt_device(context: WriteContext, device_id: int, adoption: Adoption) -> Device:
    """Give a device its type and thing, and decode what waited.

    Raises:
        UnknownDeviceError: No such device there.
        AlreadyAdoptedError: Somebody was faster.
        UnknownCodecError: No such device type.
        UnknownEntityError: The chosen thing does not exist.
    """
    with transaction.atomic():
        device = Device.objects.select_for_update().filter(pk=device_id).first()
        if device is None:
            raise UnknownDeviceError
        if device.state == DeviceState.ADOPTED.value:
            raise AlreadyAdoptedError
        device.codec = _codec(adoption.device_type, context.actor)
        device.name = adoption.name
        device.thing_id = _thing(context, device, adoption)
        device.state = DeviceState.ADOPTED.value
        device.save(update_fields=["codec", "name", "thing_id", "state"])
        _audit(device, context.actor, "adopt", {"codec": str(device.codec)})
    release_messages(
        context.tenant_id, device.device_key, (MessageState.WAITING, MessageState.IGNORED)
    )
    decode_of_device(device)
    return device


def decode_of_device(device: Device) -> int:
    """Decode what waits of one device at once, so that its page shows values; return how many."""
    rows = list_of_device(
        device.tenant_id, device.device_key, (MessageState.NEW,), after_id=0, limit=AT_ONCE
    )
    return decode_messages(device.tenant_id, rows) if rows else 0


def ignore_device(device: Device, *, ignored: bool, actor: Actor) -> None:
    """Put an unknown device aside, or take it up again."""
    with transaction.atomic():
        state = DeviceState.IGNORED if ignored else DeviceState.UNKNOWN
        found = Device.objects.filter(pk=device.pk).exclude(state=DeviceState.ADOPTED.value)
        if not found.update(state=state.value):
            raise AlreadyAdoptedError
        _audit(device, actor, "update", {"state": state.value})


def rename_device(device: Device, *, name: str, device_type: str, actor: Actor) -> None:
    """Change name and type of an adopted device; messages from now on are decoded by the new type.

    Raises:
        UnknownCodecError: No such device type.
    """
    with transaction.atomic():
        device.name, device.codec = name, _codec(device_type, actor)
        device.save(update_fields=["name", "codec"])
        _audit(device, actor, "update", {"name": name, "codec": str(device.codec)})


def set_clock(device: Device, *, shift_s: int, actor: Actor) -> None:
    """Correct the times of a device from now on, and read again what failed because of them.

    What is stored already keeps its time. A reading whose time was corrected says by how much.
    """
    with transaction.atomic():
        before, device.clock_shift_s = device.clock_shift_s, shift_s
        device.save(update_fields=["clock_shift_s"])
        _audit(device, actor, "update", {"clock_shift_s": shift_s, "before_s": before})
    release_messages(device.tenant_id, device.device_key, (MessageState.FAILED,))
    decode_of_device(device)


def _codec(device_type: str, actor: Actor) -> Codec:
    if device_type != NETWORK:
        return ensure_library_codec(device_type, actor=actor)
    return read_active_codec(NETWORK) or save_codec(
        NETWORK,
        name="Vom Netzserver dekodiert",
        script="",
        description={"kind": "Werte, die der Netzserver mitschickt"},
        examples=[],
        actor=actor,
        origin=CodecOrigin.NETWORK,
    )


def _thing(context: WriteContext, device: Device, adoption: Adoption) -> int:
    if adoption.thing_id is not None:
        return read_thing(context.tenant_id, adoption.thing_id).id
    key = f"device/{device.device_key}"

    def work(tx: Any) -> int:
        locations = []
        if adoption.lon is not None and adoption.lat is not None:
            point = {"type": "Point", "coordinates": [adoption.lon, adoption.lat]}
            place = find_or_create_location(
                context, tx=tx, external_key=key, name=adoption.name, location=point
            )
            locations = [place]
        return find_or_create_thing(
            context, tx=tx, external_key=key, name=adoption.name, location_ids=locations
        )

    return transact(work)


def _audit(row: Device, actor: Actor, verb: str, after: dict[str, Any]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="device",
        object_id=row.pk,
        label=str(row),
        after={"device_key": row.device_key, **after},
        tenant_id=row.tenant_id,
    )
