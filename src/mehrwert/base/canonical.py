"""Canonical JSON (RFC 8785): equal content gives equal bytes, so that a hash can be public.

Numbers are written as ECMAScript does. Money stands as text (decisions 45).
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

SAFE_INTEGER = 2**53


def canonical_json(value: Any) -> str:
    """Return the one text of a value of objects, lists, text, numbers, booleans and null.

    Raises:
        ValueError: A number is not finite or too large, or a type is no JSON.
    """
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise ValueError("integers beyond 2^53 must be text")
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be"))
        members = (f"{json.dumps(n, ensure_ascii=False)}:{canonical_json(value[n])}" for n in names)
        return "{" + ",".join(members) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(canonical_json(item) for item in value) + "]"
    raise ValueError(f"{type(value).__name__} is no JSON")


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()


def significant(value: Any, digits: int = 12) -> Any:
    """Return the value with every float rounded, so that two machines agree; NaN becomes null."""
    if isinstance(value, float):
        return float(f"{value:.{digits - 1}e}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: significant(member, digits) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [significant(member, digits) for member in value]
    return value


def _number(value: float) -> str:
    """Write a double as ECMAScript's Number::toString does: shortest digits that come back."""
    if not math.isfinite(value):
        raise ValueError("JSON has no number that is not finite")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, power = f"{abs(value)!r}e".partition("e")
    whole, _, rest = mantissa.partition(".")
    digits = (whole + rest).lstrip("0")
    exponent = int(power.rstrip("e") or 0)
    leading = len(whole + rest) - len((whole + rest).lstrip("0"))
    point = len(whole) - leading + exponent
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Return digits with the decimal point after ``point`` of them."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = point - 1
    tail = f".{digits[1:]}" if count > 1 else ""
    return f"{digits[0]}{tail}e{'+' if power > 0 else '-'}{abs(power)}"
