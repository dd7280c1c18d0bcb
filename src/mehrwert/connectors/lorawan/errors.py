"""Errors of the room. Statuses are assigned in ``base/http_errors.py`` by the parent class."""

from mehrwert.base.errors import InvalidInputError
from mehrwert.base.marks import mark


class OnlyPostError(InvalidInputError):
    """Somebody opened the address in a browser."""

    code = "only_post"
    sentence = mark(
        "Diese Adresse nimmt Nachrichten eines LoRaWAN-Netzservers an. Tragen Sie sie dort als"
        " Webhook ein; im Browser zeigt sie nichts."
    )
