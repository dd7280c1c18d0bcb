"""Devices: adopted ones, unknown ones, and where they hang."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from mehrwert.intake.choices import DeviceState
from mehrwert.intake.models import Device
from mehrwert.observations.queries import list_things


def list_devices(text: str = "") -> "QuerySet[Device]":
    """Return adopted devices, the longest silent first."""
    found = Device.objects.filter(state=DeviceState.ADOPTED.value).select_related("codec", "source")
    if text:
        found = found.filter(
            Q(name__icontains=text) | Q(device_key__icontains=text) | Q(codec__name__icontains=text)
        )
    return found.order_by("last_us", "pk")


def list_unknown(*, ignored: bool = False) -> "QuerySet[Device]":
    """Return devices that nobody adopted yet, newest first; or those that are not wanted."""
    state = DeviceState.IGNORED if ignored else DeviceState.UNKNOWN
    found = Device.objects.filter(state=state.value, source__has_binding=False)
    found = found.select_related("source")
    return found.order_by("-last_us", "pk")


def list_unknown_of_source(source_id: int) -> "QuerySet[Device]":
    """Return what a source brought that nobody adopted yet."""
    return list_unknown().filter(source_id=source_id)


def count_unknown() -> int:
    """Return how many devices wait for somebody."""
    return list_unknown().count()


def read_things(tenant_id: int, devices: Iterable[Device]) -> dict[int, str]:
    """Return the names of the things that devices belong to."""
    wanted = {device.thing_id for device in devices if device.thing_id is not None}
    if not wanted:
        return {}
    return {thing.id: thing.name for thing in list_things(tenant_id) if thing.id in wanted}


def list_by_key(device_key: str) -> "QuerySet[Device]":
    """Return the device with this key, if any."""
    return Device.objects.filter(device_key=device_key)
