"""What can go wrong with people, keys and links."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class LinkInvalidError(NotFoundError):
    """The link is unknown, used or too old: the same answer for all three."""

    code = "link_invalid"
    sentence = mark("Dieser Link gilt nicht mehr. Bitte lassen Sie sich einen neuen schicken.")


class AddressTakenError(ConflictError):
    """Somebody with this address exists already."""

    code = "address_taken"
    sentence = mark("Eine Person mit der Adresse %(email)s gibt es schon.")


class KeyLimitError(InvalidInputError):
    """A key was asked for with rights that do not exist."""

    code = "key_scopes"
    sentence = mark("Bitte wählen Sie mindestens ein Recht: Lesen, Schreiben oder MQTT.")


class MailHostNotAllowedError(InvalidInputError):
    """The mail server is not on the list of hosts that may be spoken to."""

    code = "mail_host_not_allowed"
    sentence = mark(
        "Der Mailserver %(host)s ist nicht freigegeben. Bitte tragen Sie ihn in der Option "
        "MEHRWERT_OUTGOING_HOSTS ein und starten Sie neu."
    )


class MailFailedError(InvalidInputError):
    """The mail server refused or could not be reached."""

    code = "mail_failed"
    sentence = mark("Die Probemail ging nicht hinaus. Der Mailserver meldet: %(reason)s")


class LastOperatorError(ConflictError):
    """Nobody would be left to run the installation."""

    code = "last_operator"
    sentence = mark(
        "Das ist die letzte Person, die die Installation betreibt. Bitte bestimmen Sie zuerst eine andere."
    )
