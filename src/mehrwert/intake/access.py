"""The only way for a door to a source, device or codec of the town in scope."""

from mehrwert.intake.errors import UnknownCodecError, UnknownDeviceError, UnknownSourceError
from mehrwert.intake.models import Codec, Device, Source


def find_source(source_id: int) -> Source:
    """Return one source.

    Raises:
        UnknownSourceError: No such source there.
    """
    row = Source.objects.filter(pk=source_id).first()
    if row is None:
        raise UnknownSourceError
    return row


def find_device(device_id: int) -> Device:
    """Return one device with its source and codec.

    Raises:
        UnknownDeviceError: No such device there.
    """
    row = Device.objects.select_related("source", "codec").filter(pk=device_id).first()
    if row is None:
        raise UnknownDeviceError
    return row


def find_codec(codec_id: int) -> Codec:
    """Return one version of a codec.

    Raises:
        UnknownCodecError: No such codec there.
    """
    row = Codec.objects.filter(pk=codec_id).first()
    if row is None:
        raise UnknownCodecError
    return row
