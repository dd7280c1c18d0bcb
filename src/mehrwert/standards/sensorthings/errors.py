"""Errors of the door. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    MehrwertError,
    NotFoundError,
    NotSignedInError,
    TooLargeError,
    UnavailableError,
)
from mehrwert.base.marks import mark


class BadRequestError(InvalidInputError):
    """The request cannot be understood."""

    code = "bad_request"


class BadJsonError(BadRequestError):
    """The body is no JSON, or not of the kind that belongs here."""

    code = "bad_json"
    sentence = mark("Der Inhalt ist kein gültiges JSON oder hat nicht die erwartete Form.")


class BadPathError(NotFoundError):
    """The path names a set, relation or property that does not exist."""

    code = "bad_path"
    sentence = mark("Diese Adresse gibt es nicht: „%(part)s“.")


class BadOptionError(BadRequestError):
    """A query option is malformed."""

    code = "bad_option"
    sentence = mark("Die Angabe „%(option)s“ ist nicht gültig.")


class BadSyntaxError(BadOptionError):
    """An option that cannot be read from some place on."""

    code = "bad_syntax"
    sentence = mark("„%(option)s“ ist ab „%(near)s“ nicht verständlich.")


class UnknownNameError(BadOptionError):
    """A property or relation that this kind does not have."""

    code = "unknown_name"
    sentence = mark("„%(name)s“ gibt es bei %(entity)s nicht.")


class UnknownFunctionError(BadOptionError):
    """A function that does not exist."""

    code = "unknown_function"
    sentence = mark("Die Funktion „%(name)s“ gibt es nicht.")


class BadValueError(BadRequestError):
    """A property has a value that does not fit."""

    code = "bad_value"
    sentence = mark("Der Wert von „%(field)s“ ist nicht gültig. Es wurde nichts gespeichert.")


class MissingValueError(BadRequestError):
    """A mandatory property or link is missing."""

    code = "missing_value"
    sentence = mark("„%(field)s“ fehlt. Es wurde nichts gespeichert.")


class UnknownPropertyError(BadRequestError):
    """A property that this kind does not have: a typo must not vanish."""

    code = "unknown_property"
    sentence = mark("„%(field)s“ gibt es hier nicht. Es wurde nichts gespeichert.")


class RowRefusedError(BadRequestError):
    """A reading was refused by the store."""

    code = "row_refused"
    sentence = mark("Der Messwert wurde nicht gespeichert: %(reason)s.")


class NoPlaceError(BadRequestError):
    """A reading without feature of interest, and its thing is nowhere."""

    code = "no_place"
    sentence = mark(
        "Der Messwert nennt kein FeatureOfInterest, und seine Messstelle hat keinen Ort."
        " Es wurde nichts gespeichert."
    )


class OtherValueExistsError(ConflictError):
    """Strict mode: the same time exists with another result."""

    code = "other_value_exists"
    sentence = mark("Zu diesem Zeitpunkt gibt es schon einen anderen Wert.")


class BadBatchError(BadRequestError):
    """A batch that cannot be taken apart; nothing of it was done."""

    code = "bad_batch"
    sentence = mark("Die Sammelanfrage ist nicht verständlich: „%(part)s“.")


class BatchTooLongError(TooLargeError):
    """More requests in one batch than are taken."""

    code = "batch_too_long"
    sentence = mark("Eine Sammelanfrage darf höchstens %(limit)s Anfragen enthalten.")


class AnswerTooLongError(TooLargeError):
    """An answer that does not belong into a batch; asked alone it comes piece by piece."""

    code = "answer_too_long"
    sentence = mark("Die Antwort ist zu groß für eine Sammelanfrage. Bitte fragen Sie einzeln.")


class ReadInGroupError(BadRequestError):
    """A change set holds a request that reads."""

    code = "read_in_group"
    sentence = mark("In einer Gruppe von Änderungen kann nicht gelesen werden.")


class DependencyError(MehrwertError):
    """Another request of the batch failed, on which this one depends; answered with 424."""

    code = "dependency_failed"
    sentence = mark("Nicht ausgeführt, weil „%(part)s“ nicht gelungen ist.")


class ConditionError(MehrwertError):
    """``if`` of a request in a batch or ``If-Match`` does not hold; answered with 412."""

    code = "condition_false"
    sentence = mark("Nicht ausgeführt, weil die Bedingung nicht zutrifft.")


class NotBuiltError(MehrwertError):
    """Part of the standard that this door does not offer; answered with 501."""

    code = "not_built"
    sentence = mark("„%(part)s“ wird hier nicht angeboten.")


class MethodError(MehrwertError):
    """A method that does not fit the address; answered with 405."""

    code = "method_not_allowed"
    sentence = mark("Diese Adresse nimmt %(method)s nicht an.")


class KeyNeededError(NotSignedInError):
    """Nobody said who asks."""

    code = "key_needed"
    sentence = mark("Bitte nennen Sie einen gültigen Zugangsschlüssel.")


class KeyTooSmallError(ForbiddenError):
    """The key is valid but does not allow this."""

    code = "key_too_small"
    sentence = mark("Der Zugangsschlüssel erlaubt das nicht.")


class SessionReadsOnlyError(ForbiddenError):
    """A signed-in person may read here, writing needs a key."""

    code = "session_reads_only"
    sentence = mark("Zum Schreiben braucht es einen Zugangsschlüssel; die Anmeldung reicht nicht.")


class TenantReadOnlyError(ForbiddenError):
    """The municipality takes no changes."""

    code = "tenant_read_only"
    sentence = mark("Diese Daten können nur gelesen werden.")


class BrokerFilesError(UnavailableError):
    """The folder of the broker cannot be written."""

    code = "broker_files"
    sentence = mark(
        "Die Dateien des MQTT-Brokers ließen sich nicht in den Ordner „%(folder)s“ schreiben."
        " Bitte geben Sie dem Dienst dort das Recht zu schreiben."
    )
