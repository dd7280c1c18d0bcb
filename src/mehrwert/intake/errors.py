"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    NotSignedInError,
)
from mehrwert.base.marks import mark


class CodecInputError(InvalidInputError):
    """What was given to try a codec with cannot be used; ``what`` names the field."""

    code = "codec_input"
    sentence = mark(
        "Die Eingabe ist an der Stelle „%(what)s“ nicht verwendbar. Erwartet wird JSON wie"
        ' {"bytes": "0c16", "fPort": 1} mit Bytes als Liste, hexadezimal oder Base64.'
    )


class UnknownSourceError(NotFoundError):
    """No such source in this tenant."""

    code = "unknown_source"
    sentence = mark("Diese Quelle gibt es hier nicht. Vielleicht wurde sie gelöscht.")


class SourceKeyError(NotSignedInError):
    """The secret of a source is wrong, has ended, or is missing."""

    code = "source_key"
    sentence = mark(
        "Der Schlüssel dieser Adresse gilt nicht. Bitte kopieren Sie die Adresse der Quelle neu."
    )


class UnknownDeviceError(NotFoundError):
    """No such device in this tenant."""

    code = "unknown_device"
    sentence = mark("Dieses Gerät gibt es hier nicht.")


class UnknownCodecError(NotFoundError):
    """No such codec in this tenant."""

    code = "unknown_codec"
    sentence = mark("Diesen Codec gibt es hier nicht.")


class NotReadableError(InvalidInputError):
    """A message is of no system that the door knows; nothing was kept."""

    code = "message_unknown"
    sentence = mark(
        "Diese Nachricht ist weder von The Things Stack noch von ChirpStack. Bitte prüfen Sie,"
        " ob im Netzserver als Format JSON eingestellt ist."
    )


class AlreadyAdoptedError(ConflictError):
    """Somebody was faster: the device belongs to a thing already."""

    code = "device_adopted"
    sentence = mark("Dieses Gerät ist schon übernommen. Bitte laden Sie die Seite neu.")


class CodecNotActiveError(ConflictError):
    """The codec has not proved itself or was switched off."""

    code = "codec_not_active"
    sentence = mark(
        "Dieser Codec ist nicht aktiv: Erst müssen seine Beispiele bestehen."
        " Die Nachrichten bleiben im Eingang liegen."
    )


class CodecExamplesError(InvalidInputError):
    """Examples that nobody can read."""

    code = "codec_examples"
    sentence = mark(
        "Die Beispiele sind nicht lesbar: Zeile oder Eintrag „%(what)s“. Erwartet wird je Beispiel"
        " „bytes“ (hexadezimal), „fPort“ und „data“."
    )


class NoSampleError(ConflictError):
    """No invented device can send to this source."""

    code = "no_sample"
    sentence = mark(
        "An diese Quelle kann kein Probegerät senden: Sie ist gesperrt oder von anderer Art."
    )
