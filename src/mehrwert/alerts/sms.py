"""SMS by any gateway that speaks HTTP: the operator describes one request as a template."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from mehrwert.alerts.errors import RefusedError, SmsNotSetUpError, TemplateError
from mehrwert.base.outgoing import check_host
from mehrwert.base.outgoing_http import Question, fetch, split_url
from mehrwert.base.queries import read_setting
from mehrwert.base.secrets_file import unseal

SETTING = "sms"
LONGEST = 300
MOST_ANSWER = 65_536
TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "none": "",
}
_BLANK = re.compile(r"\{(to|text|secret|key)\}")


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """One request per SMS. Blanks: ``{to}`` ``{text}`` ``{secret}`` ``{key}``.

    Attributes:
        url: Address with blanks, which are percent-encoded in it.
        body_type: ``json``, ``form`` or ``none`` (then the request is a GET).
        body: With blanks, encoded as the type asks for.
        header: One line ``Name: value`` with blanks, empty for none.
        success: A word the answer must contain, empty if the status says enough.
        sealed_secret: Encrypted with the key file.
    """

    url: str = ""
    body_type: str = "json"
    body: str = ""
    header: str = ""
    success: str = ""
    sealed_secret: str = ""

    def as_setting(self) -> dict[str, Any]:
        """Return the values as they are stored."""
        return asdict(self)


def read_gateway() -> SmsGateway:
    """Return what the operator set, empty before that."""
    return SmsGateway(**(read_setting(SETTING) or {}))


def is_sms_ready() -> bool:
    """Say whether SMS can be sent at all."""
    return bool(read_gateway().url)


def check_gateway(chosen: SmsGateway) -> None:
    """Refuse a gateway that cannot work.

    Raises:
        TemplateError: A blank is missing or unknown.
        ForeignServerError, HostNotAllowedError, HostUnknownError, PrivateAddressError: The address.
    """
    together = " ".join((chosen.url, chosen.body, chosen.header))
    unknown = re.findall(r"\{(\w+)\}", _BLANK.sub("", together))
    if unknown or "{to}" not in together or "{text}" not in together:
        raise TemplateError
    host, port, _, _ = split_url(chosen.url)
    check_host(host, port)


def ready_sms(phone: str, text: str, key: str) -> Callable[[], None]:
    """Return what hands one SMS to the gateway, in any thread: it asks no database any more.

    Args:
        phone: Number with ``+`` and country code.
        text: What it says; cut to ``LONGEST`` characters.
        key: The same for each try of one message, for gateways that can tell by it.

    Raises:
        SmsNotSetUpError: There is no gateway.

    What is returned raises ``RefusedError`` (it did not take the message) and, when no answer
    came, ``ForeignServerError``, ``HostNotAllowedError``, ``HostUnknownError`` or
    ``PrivateAddressError``.
    """
    gateway = read_gateway()
    if not gateway.url:
        raise SmsNotSetUpError
    sealed = gateway.sealed_secret
    secret = unseal(sealed, settings.DATA_DIR) if sealed else ""
    blanks = {"to": phone, "text": text[:LONGEST], "secret": secret, "key": key}
    return partial(_hand_over, question_of(gateway, blanks), gateway.success)


def _hand_over(question: Question, success: str) -> None:
    answer = fetch(question)
    said = answer.body.decode("utf-8", "replace")
    if answer.status // 100 != 2 or success not in said:
        raise RefusedError(host=urlsplit(question.url).hostname or "", status=answer.status)


def question_of(gateway: SmsGateway, blanks: dict[str, str]) -> Question:
    """Return the request for one SMS; each blank is encoded for where it stands."""
    encode = {"json": lambda text: json.dumps(text)[1:-1]}.get(gateway.body_type, _percent)
    headers = {}
    if gateway.body_type != "none":
        headers["Content-Type"] = TYPES[gateway.body_type]
    if gateway.header:
        name, _, value = gateway.header.partition(":")
        headers[name.strip()] = _filled(value.strip(), blanks, _one_line)
    body = _filled(gateway.body, blanks, encode).encode() if gateway.body_type != "none" else None
    url = _filled(gateway.url, blanks, _percent)
    method = "POST" if body is not None else "GET"
    return Question(url, headers, method, body, MOST_ANSWER)


def _filled(template: str, blanks: dict[str, str], encode: Any) -> str:
    return _BLANK.sub(lambda found: encode(blanks[found[1]]), template)


def _percent(text: str) -> str:
    return quote(text, safe="")


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
