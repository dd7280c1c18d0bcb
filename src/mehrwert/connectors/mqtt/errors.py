"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import InvalidInputError, NotFoundError, UnavailableError
from mehrwert.base.marks import mark


class UnknownBindingError(NotFoundError):
    """No such binding in this tenant."""

    code = "unknown_binding"
    sentence = mark("Diese Anbindung gibt es hier nicht. Vielleicht wurde sie gelöscht.")


class BindingError(InvalidInputError):
    """A binding cannot be used; ``where`` names the place, ``reason`` is a marked sentence."""

    code = "binding"
    sentence = mark("Die Anbindung ist an der Stelle „%(where)s“ nicht verwendbar. %(reason)s")


class BrokerAwayError(UnavailableError):
    """A broker does not answer."""

    code = "broker_away"
    sentence = mark(
        "Der Broker „%(host)s“ antwortet nicht. Es wird weiter versucht; was er aufhebt, kommt"
        " danach."
    )


class BrokerRefusedError(UnavailableError):
    """A broker does not let us in."""

    code = "broker_refused"
    sentence = mark(
        "Der Broker „%(host)s“ lässt uns nicht hinein. Bitte prüfen Sie Benutzer und Passwort."
    )


class TopicsRefusedError(UnavailableError):
    """A broker lets us in but does not give us all topics."""

    code = "topics_refused"
    sentence = mark(
        "Der Broker „%(host)s“ gibt uns diese Topics nicht: %(topics)s. Wer ihn betreibt, muss sie"
        " für diesen Benutzer freigeben."
    )


class BrokerTrustError(UnavailableError):
    """The certificate of a broker is not valid."""

    code = "broker_trust"
    sentence = mark(
        "Das Zertifikat des Brokers „%(host)s“ ist nicht gültig, oder er spricht kein TLS."
    )


class SealedElsewhereError(UnavailableError):
    """The password was encrypted with another key file."""

    code = "sealed_elsewhere"
    sentence = mark(
        "Das Passwort ist nicht mehr lesbar: Die Schlüsseldatei ist eine andere. Bitte geben Sie"
        " es neu ein."
    )
