"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import InvalidInputError, NotFoundError, UnavailableError
from mehrwert.base.marks import mark


class UnknownPullError(NotFoundError):
    """No such pull in this tenant."""

    code = "unknown_pull"
    sentence = mark("Diesen Abruf gibt es hier nicht. Vielleicht wurde er gelöscht.")


class UnknownRecipeError(NotFoundError):
    """No such recipe."""

    code = "unknown_recipe"
    sentence = mark("Dieses Rezept gibt es nicht.")


class PullInputError(InvalidInputError):
    """An answer to a question of a recipe cannot be used; ``field`` is its key."""

    code = "pull_input"
    sentence = mark("„%(label)s“ ist so nicht verwendbar. Bitte sehen Sie sich das Beispiel an.")


class RefusedError(UnavailableError):
    """A server answered with a status that is no success; ``wait_s`` if it said how long."""

    code = "pull_refused"
    sentence = mark("Der Server „%(host)s“ hat mit dem Status %(status)s abgelehnt.")


class NothingThereError(UnavailableError):
    """404: the station or file is not there (any more)."""

    code = "pull_nothing_there"
    sentence = mark(
        "Der Server „%(host)s“ kennt das Gefragte nicht. Bitte prüfen Sie Kennung und Adresse."
    )


class UnreadableError(UnavailableError):
    """An answer is not of the form that the recipe expects; ``what`` names the place."""

    code = "pull_unreadable"
    sentence = mark(
        "Die Antwort ist anders aufgebaut als erwartet, an der Stelle „%(what)s“. Vielleicht hat"
        " der Anbieter sein Format geändert."
    )


class SftpError(UnavailableError):
    """An SFTP server did not let us in or broke off; ``reason`` is a marked sentence."""

    code = "pull_sftp"
    sentence = mark("Der SFTP-Server „%(host)s“ hat nicht geliefert. %(reason)s")


class FtpError(UnavailableError):
    """An FTP server did not let us in or broke off; ``reason`` is a marked sentence."""

    code = "pull_ftp"
    sentence = mark("Der FTP-Server „%(host)s“ hat nicht geliefert. %(reason)s")


class HostKeyError(UnavailableError):
    """The key of an SFTP server is not the one of the first time."""

    code = "pull_host_key"
    sentence = mark(
        "Der SFTP-Server „%(host)s“ weist sich anders aus als bisher (%(fingerprint)s)."
        " Bitte fragen Sie dort nach und bestätigen Sie den neuen Fingerabdruck."
    )


class SealedElsewhereError(UnavailableError):
    """The password was encrypted with another key file."""

    code = "pull_sealed_elsewhere"
    sentence = mark(
        "Das Passwort ist nicht mehr lesbar: Die Schlüsseldatei ist eine andere. Bitte geben Sie"
        " es neu ein."
    )
