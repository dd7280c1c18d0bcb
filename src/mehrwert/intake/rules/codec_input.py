"""What somebody may hand to ``mehrwert codec run`` and to the form that tries a codec."""

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from typing import Any

from mehrwert.intake.codecs.sandbox import Call
from mehrwert.intake.errors import CodecInputError

HEX = re.compile(r"(?:0x)?((?:[0-9a-fA-F]{2})*)\Z")
MOST_BYTES = 4096
MOST_PORT = 255


def parse_input(text: str, now_ms: int) -> Call:
    """Return the call that a JSON text describes.

    ``{"bytes": [1, 2] or "0102" or "AQI=", "fPort": 1, "recvTime": "2026-…Z" or milliseconds,
    "variables": {…}}``; a bare list or string are the bytes. A string of hexadecimal digits is
    read as such, any other as base64; the fields ``hex`` and ``base64`` leave no doubt.

    Raises:
        CodecInputError: Names what cannot be used.
    """
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CodecInputError(what="JSON") from error
    if isinstance(given, list | str):
        given = {"bytes": given}
    if not isinstance(given, dict):
        raise CodecInputError(what="JSON")
    return Call(
        payload=_payload(given),
        f_port=_port(given.get("fPort", given.get("f_port", 1))),
        recv_ms=_time(given.get("recvTime"), now_ms),
        variables=_variables(given.get("variables") or {}),
    )


def parse_bytes(given: Any, what: str = "bytes") -> bytes:
    """Return bytes given as list, hexadecimal text or base64.

    Raises:
        CodecInputError: They are none of these, or too many.
    """
    try:
        found = bytes(given) if isinstance(given, list) else _from_text(given, what)
    except (TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise CodecInputError(what=what) from error
    if len(found) > MOST_BYTES:
        raise CodecInputError(what=what)
    return found


def _payload(given: dict[str, Any]) -> bytes:
    for what in ("bytes", "hex", "base64"):
        if what in given:
            return parse_bytes(given[what], what)
    raise CodecInputError(what="bytes")


def _from_text(given: str, what: str) -> bytes:
    text = "".join(given.split())
    is_hex = HEX.match(text)
    if what == "hex" or (what == "bytes" and is_hex):
        return bytes.fromhex(is_hex[1] if is_hex else text)
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)


def _port(given: Any) -> int:
    if type(given) is not int or not 0 <= given <= MOST_PORT:
        raise CodecInputError(what="fPort")
    return given


def _time(given: Any, now_ms: int) -> int:
    if given is None:
        return now_ms
    if type(given) in {int, float}:
        return int(given)
    try:
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise CodecInputError(what="recvTime") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def _variables(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise CodecInputError(what="variables")
    return {str(name): str(value) for name, value in given.items()}
