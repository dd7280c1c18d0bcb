"""What a program may write about its software, checked as a whole (CAT-718)."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from .errors import Invalid, ProblemError

WRITABLE = ("url", "aliases", "active", "vitality", "analysis")
OWN_NAMESPACE = "mehrwert"
LONGEST_URL = 255
MOST_ALIASES = 50
MOST_DAYS = 366
MOST_ANALYSIS = 20_000
TITLE = "can't update Software"
_VITALITY = re.compile(r"\d{1,3}(,\d{1,3})*", re.ASCII)
_NAMESPACE = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)


def merge_patch(document: Any, patch: Any) -> Any:
    """Return a document changed by a JSON Merge Patch (RFC 7396); ``null`` takes a member away."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def check_software(document: Any) -> dict[str, Any]:
    """Return what is to be stored, with what was taken away set to nothing.

    Raises:
        ProblemError: 422 with every bad value.
    """
    if not isinstance(document, dict):
        raise ProblemError(422, TITLE, "the result is no object")
    bad = list(_bad(document))
    if bad:
        told = ", ".join(f"{b.field} ({b.rule})" for b in bad)
        raise ProblemError(422, TITLE, f"invalid format: {told}", *bad)
    empty = {"url": "", "aliases": [], "active": True, "vitality": "", "analysis": {}}
    return {**empty, **document}


def _bad(document: Mapping[str, Any]) -> Iterator[Invalid]:
    for name in document:
        if name not in WRITABLE:
            rule = "import" if name == "publiccodeYml" else "readonly"
            yield Invalid(str(name)[:LONGEST_URL], rule, "")
    if not _is_address(document.get("url")):
        yield Invalid("url", "url", str(document.get("url") or "")[:LONGEST_URL])
    aliases = document.get("aliases", [])
    if not isinstance(aliases, list) or len(aliases) > MOST_ALIASES:
        yield Invalid("aliases", "max", "")
    elif not all(map(_is_address, aliases)) or len(set(aliases)) < len(aliases):
        yield Invalid("aliases", "url", "")
    if not isinstance(document.get("active", True), bool):
        yield Invalid("active", "boolean", "")
    if not _is_vitality(document.get("vitality", "")):
        yield Invalid("vitality", "vitality", "")
    yield from _bad_analysis(document.get("analysis", {}))


def _is_vitality(value: Any) -> bool:
    """Say whether a text holds whole numbers from 0 to 100, one per day; empty is none."""
    if value == "":
        return True
    if not isinstance(value, str) or not _VITALITY.fullmatch(value):
        return False
    days = value.split(",")
    return len(days) <= MOST_DAYS and len(value) <= 400 and all(int(day) <= 100 for day in days)


def _bad_analysis(analysis: Any) -> Iterator[Invalid]:
    if not isinstance(analysis, dict) or len(json.dumps(analysis)) > MOST_ANALYSIS:
        yield Invalid("analysis", "max", "")
        return
    for name, value in analysis.items():
        if name == OWN_NAMESPACE:
            yield Invalid(f"analysis.{name}", "readonly", "")
        elif not _NAMESPACE.fullmatch(name) or not isinstance(value, dict):
            yield Invalid(f"analysis.{name[:60]}", "namespace", "")


def _is_address(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_URL or any(map(str.isspace, value)):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
