"""The only way for a door to a source, device or codec of the town in scope."""

from mehrwert.base.rows import first_of
from mehrwert.intake.errors import UnknownCodecError, UnknownDeviceError, UnknownSourceError
from mehrwert.intake.models import Codec, Device, Source


def find_source(source_id: int) -> Source:
    """Return one source.

    Raises:
        UnknownSourceError: No such source there.
    """
    return first_of(Source.objects.filter(pk=source_id), UnknownSourceError)


def find_device(device_id: int) -> Device:
    """Return one device with its source and codec.

    Raises:
        UnknownDeviceError: No such device there.
    """
    return first_of(
        Device.objects.select_related("source", "codec").filter(pk=device_id), UnknownDeviceError
    )


def find_codec(codec_id: int) -> Codec:
    """Return one version of a codec.

    Raises:
        UnknownCodecError: No such codec there.
    """
    return first_of(Codec.objects.filter(pk=codec_id), UnknownCodecError)
