"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    UnavailableError,
)
from mehrwert.base.marks import mark


class UnknownEntityError(NotFoundError):
    """A thing, series … of this tenant with this id does not exist."""

    code = "unknown_entity"
    sentence = mark("%(kind)s %(id)s gibt es hier nicht.")


class UnknownLinkError(InvalidInputError):
    """A link names something that does not exist in this tenant."""

    code = "unknown_link"
    sentence = mark("Der Verweis auf %(kind)s %(id)s führt ins Leere. Es wurde nichts gespeichert.")


class MissingFieldError(InvalidInputError):
    """A mandatory field is missing or empty."""

    code = "missing_field"
    sentence = mark("Das Feld „%(field)s“ fehlt. Es wurde nichts gespeichert.")


class UnknownFieldError(InvalidInputError):
    """A field that this kind does not have: a typo must not vanish."""

    code = "unknown_field"
    sentence = mark("Das Feld „%(field)s“ gibt es hier nicht. Es wurde nichts gespeichert.")


class BadFieldError(InvalidInputError):
    """A field has a value of the wrong kind."""

    code = "bad_field"
    sentence = mark("Das Feld „%(field)s“ hat keinen gültigen Wert. Es wurde nichts gespeichert.")


class BadReadingError(InvalidInputError):
    """One reading of a batch cannot be stored; ``row`` counts from 0."""

    code = "bad_reading"
    sentence = mark(
        "Zeile %(row)s der Messwerte ist nicht verwendbar (%(field)s). Es wurde nichts gespeichert."
    )


class CurveError(InvalidInputError):
    """The pairs of a calibration make no curve."""

    code = "calibration_curve"
    sentence = mark(
        "Bitte geben Sie mindestens ein Wertepaar an und jeden Rohwert nur einmal, höchstens"
        " %(most)s Paare."
    )


class CalibratedAlreadyError(InvalidInputError):
    """The series is itself the result of a calibration, or holds no numbers."""

    code = "calibration_of_calibrated"
    sentence = mark("Diese Messreihe lässt sich nicht kalibrieren. Nehmen Sie die rohe Messreihe.")


class BatchShapeError(InvalidInputError):
    """The columns of a batch differ in length."""

    code = "batch_shape"
    sentence = mark("Die Spalten der Messwerte sind verschieden lang. Es wurde nichts gespeichert.")


class BatchTooLargeError(TooLargeError):
    """More readings than fit into one undivided transaction."""

    code = "batch_too_large"
    sentence = mark("Zu viele Messwerte auf einmal. Erlaubt sind höchstens %(limit)s.")


class UnstorableValueError(InvalidInputError):
    """A text or number that the database does not take, for example with a NUL character."""

    code = "unstorable_value"
    sentence = mark(
        "Ein Wert lässt sich nicht speichern (unerlaubtes Zeichen oder zu große Zahl)."
        " Es wurde nichts gespeichert."
    )


class DuplicateReadingError(ConflictError):
    """Strict mode: the same time exists with another result."""

    code = "duplicate_reading"
    sentence = mark("Zu diesem Zeitpunkt gibt es schon einen anderen Wert.")


class KeyTakenError(ConflictError):
    """A unique value, for example an external key, is taken."""

    code = "key_taken"
    sentence = mark("Das gibt es schon. Es wurde nichts gespeichert.")


class QueueFullError(UnavailableError):
    """The bounded queue of the writer is full."""

    code = "queue_full"
    sentence = mark(
        "Gerade kommen mehr Messwerte an, als gespeichert werden können."
        " Bitte in %(retry_after_s)s Sekunden noch einmal senden."
    )


class WriterStoppedError(UnavailableError):
    """The service is shutting down."""

    code = "writer_stopped"
    sentence = mark(
        "Der Dienst wird gerade beendet. Bitte senden Sie die Messwerte gleich noch einmal."
    )


class DiskFullError(UnavailableError):
    """The store has no room left. Nothing of the request was stored."""

    code = "disk_full"
    sentence = mark(
        "Der Datenträger der Messwerte ist voll. Es wurde nichts gespeichert."
        " Bitte schaffen Sie Platz und senden Sie noch einmal."
    )


class StoreBusyError(UnavailableError):
    """Somebody else holds the file. Nothing of the request was stored."""

    code = "store_busy"
    sentence = mark(
        "Die Datei der Messwerte ist gerade gesperrt. Es wurde nichts gespeichert."
        " Bitte versuchen Sie es gleich noch einmal."
    )


class StoreUnreachableError(UnavailableError):
    """The database server does not answer."""

    code = "store_unreachable"
    sentence = mark(
        "Die Datenbank der Messwerte ist nicht erreichbar."
        " Bitte versuchen Sie es gleich noch einmal; hält es an, prüfen Sie PostgreSQL."
    )


class StoreFailedError(UnavailableError):
    """The store refused a write for a reason of its own; the log tells it."""

    code = "store_failed"
    sentence = mark(
        "Die Messwerte konnten nicht gespeichert werden. Es wurde nichts gespeichert."
        " Einzelheiten stehen im Protokoll des Dienstes."
    )


class StoreLockedError(UnavailableError):
    """Another process writes this SQLite store."""

    code = "store_locked"
    sentence = mark(
        "Die Messwerte werden schon von einem anderen Prozess geschrieben (Prozess %(pid)s)."
        " Auf SQLite schreibt genau einer: Nutzen Sie den laufenden Dienst oder beenden Sie ihn."
    )


class UnknownTrashError(NotFoundError):
    """It is not in the trash of this tenant (any more)."""

    code = "unknown_trash"
    sentence = mark("Das liegt nicht mehr im Papierkorb. Vielleicht wurde es schon zurückgeholt.")


class TrashThingGoneError(ConflictError):
    """A series comes back only to its thing."""

    code = "trash_thing_gone"
    sentence = mark(
        "Die Messstelle dieser Messreihe ist selbst gelöscht. Holen Sie zuerst sie zurück."
    )


class TrashKeyTakenError(ConflictError):
    """The key of an outside system is in use again."""

    code = "trash_key_taken"
    sentence = mark(
        "Der Schlüssel „%(key)s“ ist inzwischen neu vergeben. Bitte löschen Sie das Neue zuerst."
    )


class CalculatedReadingError(ConflictError):
    """Readings of this series follow from raw ones; a change of theirs would not last."""

    code = "calculated_reading"
    sentence = mark(
        "Diese Werte sind aus Rohwerten berechnet."
        " Ändern Sie den Rohwert oder die Kalibrierung: Sie folgen von selbst."
    )


class ReadingChangedError(ConflictError):
    """Somebody changed the reading since the person saw it."""

    code = "reading_changed"
    sentence = mark(
        "Dieser Wert wurde inzwischen von jemand anderem geändert."
        " Bitte sehen Sie nach, was jetzt dort steht."
    )


class ReadingThereError(ConflictError):
    """There is a reading of this time; it is corrected, not added again."""

    code = "reading_there"
    sentence = mark(
        "Zu dieser Zeit gibt es schon einen Wert. Bitte berichtigen Sie ihn, statt einen zweiten"
        " zu ergänzen."
    )


class CalibratedInTrashError(ConflictError):
    """The series with true values was deleted; a second one beside it would confuse."""

    code = "calibrated_in_trash"
    sentence = mark(
        "Die kalibrierten Werte dieser Messreihe liegen im Papierkorb."
        " Holen Sie sie zuerst zurück, dann folgen sie der neuen Kalibrierung."
    )
