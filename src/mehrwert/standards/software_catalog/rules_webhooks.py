"""Rules of webhooks on plain values: signature, pauses between tries, bursts."""

import hashlib
import hmac
import json

from .choices import Change

SECOND_US = 1_000_000
# a burst of changes of one subject is told once
BREATH_US = 10 * SECOND_US
PAUSES_S = (60, 300, 900, 3600, 3 * 3600)
GIVE_UP_US = 24 * 3600 * SECOND_US
LEAST_SECRET = 16


def body_of(change: str, subject: str) -> bytes:
    """Return the message as bytes; the signature is over exactly these."""
    return json.dumps({"event": change, "subject": subject}, separators=(",", ":")).encode()


def signature_of(secret: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of a message in hexadecimal digits."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def joined(waiting: Change, later: Change) -> Change:
    """Return two changes of one subject as one: a new thing that changes is still new."""
    if later is Change.DELETE:
        return Change.DELETE
    if waiting is Change.DELETE:
        return Change.UPDATE
    return waiting


def next_try_us(tries: int, now_us: int, created_us: int) -> int | None:
    """Return when to try again after so many tries, None to give up after a day."""
    pause = PAUSES_S[min(tries, len(PAUSES_S)) - 1] * SECOND_US
    return now_us + pause if now_us + pause <= created_us + GIVE_UP_US else None
