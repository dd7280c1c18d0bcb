"""Fixed words of the room."""

from enum import StrEnum

from mehrwert.base.marks import mark
from mehrwert.intake.codecs.sandbox import Trouble
from mehrwert.observations.choices import MessageState

TROUBLE_SENTENCES = {
    Trouble.THROWN: mark("Der Codec ist abgebrochen: %(text)s"),
    Trouble.TIME: mark("Der Codec hat länger als 100 ms gerechnet und wurde angehalten."),
    Trouble.MEMORY: mark("Der Codec wollte mehr als 16 MB Speicher und wurde angehalten."),
    Trouble.TOO_LONG: mark("Das Ergebnis des Codecs ist zu groß."),
    Trouble.NO_FUNCTION: mark(
        "In der Datei steht keine der Funktionen decodeUplink, Decode oder Decoder."
    ),
    Trouble.KILLED: mark("Der Codec hat nicht mehr geantwortet und wurde beendet."),
    Trouble.SKIPPED: mark("Der Codec wurde abgeschaltet, bevor diese Nachricht an der Reihe war."),
    Trouble.NO_DATA: mark("Der Codec hat kein Objekt mit Daten zurückgegeben."),
}


class CodecOrigin(StrEnum):
    """Where a codec is from."""

    LIBRARY = "library"
    OWN = "own"
    NETWORK = "network"
    BINDING = "binding"


class CodecState(StrEnum):
    """What a version of a codec may do."""

    FAILING = "failing"
    ACTIVE = "active"
    STOPPED = "stopped"
    REPLACED = "replaced"


class DeviceState(StrEnum):
    """What a device is to the town."""

    UNKNOWN = "unknown"
    ADOPTED = "adopted"
    IGNORED = "ignored"


CODEC_STATE_LABELS = {
    CodecState.FAILING: mark("Beispiele nicht bestanden"),
    CodecState.ACTIVE: mark("aktiv"),
    CodecState.STOPPED: mark("abgeschaltet"),
    CodecState.REPLACED: mark("ersetzt"),
}
DEVICE_STATE_LABELS = {
    DeviceState.UNKNOWN: mark("unbekannt"),
    DeviceState.ADOPTED: mark("übernommen"),
    DeviceState.IGNORED: mark("wird nicht beachtet"),
}
MESSAGE_LABELS = {
    MessageState.NEW: mark("neu"),
    MessageState.WAITING: mark("wartet"),
    MessageState.DONE: mark("gelesen"),
    MessageState.FAILED: mark("nicht lesbar"),
    MessageState.IGNORED: mark("nicht beachtet"),
}
# why a message gave no values, besides what the sandbox says
ERROR_SENTENCES = {
    "errors": mark("Der Codec meldet: %(text)s"),
    "unread": mark(
        "Der Codec fand darin keinen Wert: %(text)s. Passt der Gerätetyp? Sie können ihn ändern."
    ),
    "clock": mark("Die Uhr des Geräts geht mehr als 10 Minuten vor. Die Werte zählen nicht."),
    "stopped": mark("Der Codec ist abgeschaltet. Die Nachricht wartet, bis er wieder läuft."),
    "no_device": mark("Die Nachricht nennt kein Gerät."),
    "no_values": mark("An den genannten Stellen steht in dieser Nachricht kein Wert."),
    "no_time": mark("An der Stelle „%(text)s“ steht keine lesbare Zeit."),
    "no_items": mark("An der Stelle „%(text)s“ steht keine Liste."),
    "foreign": mark("Die Nachricht ist nicht von der erwarteten Art."),
    "internal": mark("Die Nachricht ließ sich nicht verarbeiten. Das Protokoll sagt mehr."),
}
VERDICT_SENTENCES = {
    "differs": mark("Das Ergebnis weicht ab bei „%(text)s“."),
    "unsteady": mark("Das Ergebnis hängt von der Reihenfolge ab: Der Codec merkt sich etwas."),
    "errors": mark("Der Codec meldet: %(text)s"),
}
