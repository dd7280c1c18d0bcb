"""What can go wrong with people, keys and links."""

from mehrwert.base.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    UnavailableError,
)
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


class MailNotSetUpError(InvalidInputError):
    """Nobody has set up mail yet."""

    code = "mail_not_set_up"
    sentence = mark("Der Mailversand ist noch nicht eingerichtet.")


class MailFailedError(InvalidInputError):
    """The mail server refused or could not be reached."""

    code = "mail_failed"
    sentence = mark("Die Probemail ging nicht hinaus. Der Mailserver meldet: %(reason)s")


class LastOperatorError(ConflictError):
    """Nobody would be left to run the installation."""

    code = "last_operator"
    sentence = mark(
        "Das ist die letzte Person, die die Installation betreibt. Bitte bestimmen Sie zuerst "
        "eine andere."
    )


class SealBrokenError(UnavailableError):
    """A stored secret cannot be opened: the key file beside the database is another one."""

    code = "seal_broken"
    sentence = mark(
        "Ein gespeichertes Geheimnis ist nicht lesbar, denn die Datei „seal.key“ im Datenordner "
        "ist eine andere. Bitte spielen Sie sie aus der Sicherung ein."
    )


class OpenIdUnreachableError(UnavailableError):
    """The OpenID provider does not answer, or not as the standard says."""

    code = "openid_unreachable"
    sentence = mark(
        "Die Anmeldestelle Ihrer Verwaltung antwortet nicht. Bitte versuchen Sie es später noch "
        "einmal oder melden Sie sich mit Adresse und Passwort an."
    )
