"""Canonical JSON (RFC 8785) for hashes that are public: rounding, then the writer of the ground.

Money stands as text (decisions 45).
"""

import math
from collections.abc import Mapping
from typing import Any

from mehrwert.documents.canonical import canonical, fingerprint

__all__ = ["canonical_json", "fingerprint", "significant"]


def canonical_json(value: Any) -> str:
    """Return the one text of a value of objects, lists, text, numbers, booleans and null.

    Raises:
        NotCanonicalError: A number is not finite or too large, or a type is no JSON; a
            ``ValueError``.
    """
    return canonical(value).decode("utf-8")


def significant(value: Any, digits: int = 12) -> Any:
    """Return the value with every float rounded, so that two machines agree; NaN becomes null."""
    if isinstance(value, float):
        return float(f"{value:.{digits - 1}e}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: significant(member, digits) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [significant(member, digits) for member in value]
    return value
