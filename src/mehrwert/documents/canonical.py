"""Canonical JSON: one value, one sequence of bytes, so that hashes can be compared.

Source: RFC 8785 (JSON Canonicalization Scheme). Money is handed in as text, never as a float.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from mehrwert.documents.errors import NotCanonicalError

SAFE_INTEGER = 2**53 - 1
_EXPONENT_FROM, _EXPONENT_BELOW = 21, -7


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of a value made of mappings, sequences, text, numbers.

    Raises:
        NotCanonicalError: NaN, infinity, an integer beyond 2^53 − 1, a key that is no text, a
            lone surrogate, or another type.
    """
    try:
        return _written(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError("a lone surrogate is no text") from error


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise NotCanonicalError(f"{value} is not exact in JSON; write it as text")
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return f"[{','.join(_written(item) for item in value)}]"
    raise NotCanonicalError(f"{type(value).__name__} has no canonical JSON")


def _object(value: Mapping[Any, Any]) -> str:
    if not all(isinstance(key, str) for key in value):
        raise NotCanonicalError("keys are text")
    # RFC 8785 3.2.3: sorted by UTF-16 code units, which differs from code points beyond U+FFFF.
    names = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{_written(name)}:{_written(value[name])}" for name in names) + "}"


def _number(value: float) -> str:
    """Return a float as ECMAScript does: shortest digits, exponent from 1e21 and below 1e-6."""
    if not math.isfinite(value):
        raise NotCanonicalError("NaN and infinity are not JSON")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, power = repr(abs(float(value))).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    leading = (whole + fraction).lstrip("0")
    point = len(whole) + int(power or 0) - (len(whole + fraction) - len(leading))
    digits = leading.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Place the decimal point; ``point`` counts digits before it (ECMA-262, Number::toString)."""
    count = len(digits)
    if count <= point <= _EXPONENT_FROM:
        return digits + "0" * (point - count)
    if 0 < point <= _EXPONENT_FROM:
        return f"{digits[:point]}.{digits[point:]}"
    if point - 1 > _EXPONENT_BELOW and point <= 0:
        return f"0.{'0' * -point}{digits}"
    exponent = point - 1
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{'+' if exponent > 0 else '-'}{abs(exponent)}"
