"""Codecs of the municipality and the device types that come with Mehrwert."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from mehrwert.intake.choices import CodecState
from mehrwert.intake.codecs import list_library
from mehrwert.intake.models import Codec

SHOWN = (CodecState.ACTIVE.value, CodecState.STOPPED.value, CodecState.FAILING.value)


@dataclass(frozen=True, slots=True)
class DeviceType:
    """What a device can be adopted as."""

    slug: str
    name: str
    kind: str


def list_codecs() -> "QuerySet[Codec]":
    """Return the newest versions of the codecs by name, with the number of their devices."""
    found = Codec.objects.filter(state__in=SHOWN).exclude(origin="binding")
    found = found.annotate(n_devices=Count("devices"))
    return found.order_by("name", "-version")


def read_active_codec(slug: str) -> Codec | None:
    """Return the version that decodes now, None when there is none."""
    found = Codec.objects.filter(slug=slug, state=CodecState.ACTIVE.value)
    return found.order_by("-version").first()


def list_device_types() -> list[DeviceType]:
    """Return all device types by kind: own codecs that are active, then those of the library."""
    own = Codec.objects.filter(state=CodecState.ACTIVE.value, origin="own").order_by("name")
    found = [DeviceType(c.slug, c.name, str(c.description.get("kind", ""))) for c in own]
    known = {device_type.slug for device_type in found}
    found += [
        DeviceType(c.slug, c.name, str(c.description["kind"]))
        for c in list_library()
        if c.slug not in known
    ]
    return found


def read_library_fields() -> dict[str, dict[str, str]]:
    """Return what the device types that come with Mehrwert measure: slug → field → unit symbol."""
    return {
        codec.slug: {row["field"]: row["symbol"] for row in codec.description["measures"]}
        for codec in list_library()
    }
