"""Licence expressions by SPDX; identifiers and exceptions from the package ``license-expression``.

Accepted like the reference parser does: any case, deprecated identifiers (``GPL-3.0``), ``-only``
and ``-or-later`` behind any known licence, ``+``, ``LicenseRef-…``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from license_expression import get_license_index

_TOKEN = re.compile(r"\s*(\(|\)|\+|[A-Za-z0-9.:-]+)")
_REFERENCE = re.compile(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_SUFFIXES = ("-only", "-or-later")
DEEPEST = 30


@dataclass(frozen=True)
class Identifiers:
    """What SPDX knows, in lower case."""

    licences: frozenset[str]
    exceptions: frozenset[str]


@lru_cache(maxsize=1)
def identifiers() -> Identifiers:
    """Return the identifiers of SPDX, those of ScanCode itself left out."""
    licences: set[str] = set()
    exceptions: set[str] = set()
    for record in get_license_index():
        keys = [record.get("spdx_license_key"), *record.get("other_spdx_license_keys", [])]
        known = {k.lower() for k in keys if k and not k.startswith("LicenseRef-")}
        (exceptions if record.get("is_exception") else licences).update(known)
    return Identifiers(frozenset(licences), frozenset(exceptions))


def is_licence_expression(text: str) -> bool:
    """Say whether ``text`` is a valid SPDX expression."""
    tokens = _tokens(text)
    if not tokens:
        return False
    rest = _expression(tokens, 0)
    return rest == []


def _tokens(text: str) -> list[str]:
    """Return the words, [] where a character fits nowhere."""
    found: list[str] = []
    at = 0
    stripped = text.strip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None or (match[1] == "+" and match[0] != "+"):
            return []
        found.append(match[1])
        at = match.end()
    return found


def _expression(tokens: list[str], depth: int) -> list[str] | None:
    """Read ``term (AND|OR term)*``; return what follows, None where it is wrong."""
    rest = _term(tokens, depth)
    while rest and rest[0] in {"AND", "OR"}:
        rest = _term(rest[1:], depth)
    return rest


def _term(tokens: list[str], depth: int) -> list[str] | None:
    if not tokens or depth > DEEPEST:
        return None
    if tokens[0] == "(":
        rest = _expression(tokens[1:], depth + 1)
        return rest[1:] if rest and rest[0] == ")" else None
    if _REFERENCE.fullmatch(tokens[0]):
        return tokens[1:]
    if not _is_licence(tokens[0]):
        return None
    rest = tokens[2:] if tokens[1:2] == ["+"] else tokens[1:]
    if rest[:1] == ["WITH"]:
        return rest[2:] if _is_exception(rest[1:2]) else None
    return rest


def _is_licence(word: str) -> bool:
    known = identifiers().licences
    lower = word.lower()
    return lower in known or any(lower.removesuffix(s) in known for s in _SUFFIXES)


def _is_exception(words: list[str]) -> bool:
    return bool(words) and words[0].lower() in identifiers().exceptions
