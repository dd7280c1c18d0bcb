"""The one error family: stable code, data, a sentence that says what happened and what to do.

The HTTP status of each kind is assigned in ``base/http_errors.py`` and nowhere else.
"""

from typing import Any, ClassVar

from mehrwert.base.marks import mark


class MehrwertError(Exception):
    """Root of all errors that a person or client may see.

    Args:
        **data: Values for the named placeholders of ``sentence``; never secrets.
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = mark("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.")

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.sentence % data if data else self.sentence)


class NotFoundError(MehrwertError):
    """The thing does not exist, or belongs to somebody else."""

    code = "not_found"
    sentence = mark("Das gibt es hier nicht. Vielleicht wurde es gelöscht oder verschoben.")


class NotSignedInError(MehrwertError):
    """Nobody is signed in and no key was given."""

    code = "not_signed_in"
    sentence = mark("Bitte melden Sie sich an.")


class ForbiddenError(MehrwertError):
    """Signed in, but the role does not allow this."""

    code = "forbidden"
    sentence = mark(
        "Ihre Rolle erlaubt das nicht. Bitte fragen Sie die Administration Ihrer Kommune."
    )


class InvalidInputError(MehrwertError):
    """The input cannot be used; nothing was changed."""

    code = "invalid_input"
    sentence = mark("Die Eingabe ist nicht verwendbar. Es wurde nichts gespeichert.")


class ConflictError(MehrwertError):
    """The state changed meanwhile, or a unique value is taken."""

    code = "conflict"
    sentence = mark("Das gibt es schon, oder es wurde inzwischen geändert. Bitte laden Sie neu.")


class TooLargeError(MehrwertError):
    """The body or file exceeds its limit."""

    code = "too_large"
    sentence = mark("Die Daten sind zu groß. Erlaubt sind höchstens %(limit)s.")


class TooManyRequestsError(MehrwertError):
    """Rate limit reached."""

    code = "too_many_requests"
    sentence = mark("Zu viele Anfragen. Bitte warten Sie %(wait_s)s Sekunden.")


class UnavailableError(MehrwertError):
    """The service cannot take this now; repeat later. ``data["retry_after_s"]`` says when."""

    code = "unavailable"
    sentence = mark("Der Dienst ist gerade ausgelastet. Bitte versuchen Sie es gleich noch einmal.")


class TenantNotSetError(MehrwertError):
    """A query ran without a tenant: a programming error that must fail closed."""

    code = "tenant_not_set"
    sentence = mark("Es ist keine Kommune ausgewählt.")


class HostNotAllowedError(InvalidInputError):
    """The option ``outgoing_hosts`` does not name a host."""

    code = "host_not_allowed"
    sentence = mark(
        "Der Rechner „%(host)s“ darf nicht angesprochen werden. Wer diese Installation betreibt,"
        " kann ihn mit der Option MEHRWERT_OUTGOING_HOSTS erlauben."
    )


class PrivateAddressError(InvalidInputError):
    """An allowed name leads to an address inside, which is not allowed itself."""

    code = "private_address"
    sentence = mark(
        "„%(host)s“ führt zu der inneren Adresse %(address)s. Auch sie muss in der Option"
        " MEHRWERT_OUTGOING_HOSTS stehen."
    )


class HostUnknownError(UnavailableError):
    """A name leads nowhere, or nobody can be asked for it now."""

    code = "host_unknown"
    sentence = mark("Den Rechner „%(host)s“ gibt es nicht, oder sein Name ist nicht auffindbar.")


class ForeignServerError(UnavailableError):
    """A foreign server gave no usable answer; ``reason`` is a marked sentence."""

    code = "foreign_server"
    sentence = mark("Der Server „%(host)s“ hat nicht geliefert. %(reason)s")


class BadPatchError(InvalidInputError):
    """JSON Patch: no valid operation, or one that leads nowhere in the entity."""

    code = "bad_patch"
    sentence = mark(
        "Die Änderung „%(operation)s“ lässt sich nicht ausführen. Es wurde nichts gespeichert."
    )


class PatchTestError(ConflictError):
    """JSON Patch: a ``test`` does not hold."""

    code = "patch_test"
    sentence = mark("„%(path)s“ hat nicht den erwarteten Wert. Es wurde nichts gespeichert.")
