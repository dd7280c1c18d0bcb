"""Webhooks: a signed message to another program, as „Standard Webhooks“ 1.0 describes it.

Headers ``webhook-id`` (the same for each try: whoever gets it twice may forget the second),
``webhook-timestamp`` (seconds) and ``webhook-signature`` (``v1,`` and HMAC-SHA256 in base64 over
``id.timestamp.body``). The secret begins with ``whsec_``.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from mehrwert.alerts.errors import RefusedError
from mehrwert.base.outgoing_http import Question, fetch

PREFIX = "whsec_"
MOST_ANSWER = 65_536


def make_secret() -> str:
    """Return a new secret of 256 bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, key: str, at_s: int, body: bytes) -> str:
    """Return the value of ``webhook-signature``."""
    raw = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{key}.{at_s}.".encode() + body
    digest = hmac.new(raw, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def post_signed(url: str, secret: str, *, key: str, at_s: int, payload: Mapping[str, Any]) -> None:
    """Tell a program something.

    Raises:
        RefusedError: It answered with something else than 2xx.
        ForeignServerError, HostNotAllowedError, HostUnknownError, PrivateAddressError: No answer.
    """
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": str(at_s),
        "webhook-signature": signature(secret, key, at_s, body),
    }
    answer = fetch(Question(url, headers, "POST", body, MOST_ANSWER))
    if answer.status // 100 != 2:
        raise RefusedError(host=urlsplit(url).hostname or "", status=answer.status)
