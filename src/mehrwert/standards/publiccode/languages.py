"""Language tags by BCP 47 (RFC 5646), strict: every part must stand in the IANA registry.

``en_GB`` (POSIX) and ``ita`` (a three-letter code that has a two-letter one) are refused.
"""

import re

from .lists import subtags

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_PRIVATE = re.compile(r"x(-[a-z0-9]{1,8})+")


def is_language_tag(tag: str) -> bool:
    """Say whether ``tag`` is a valid language tag; upper and lower case are the same."""
    lower = tag.lower()
    if lower in subtags().grandfathered or _PRIVATE.fullmatch(lower):
        return True
    match = _TAG.fullmatch(lower)
    return match is not None and _parts_are_registered(lower, match)


def _parts_are_registered(tag: str, match: re.Match[str]) -> bool:
    registry = subtags()
    language, *extended = match["language"].split("-")
    variants = match["variants"].split("-")[1:]
    singletons = re.findall(r"-([0-9a-z])(?=-)", match["extensions"])
    return (
        language in registry.languages
        and all(_follows(tag, e, registry.extlang) for e in extended)
        and (match["script"] is None or match["script"] in registry.scripts)
        and (match["region"] is None or match["region"] in registry.regions)
        and all(_follows(tag, v, registry.variant) for v in variants)
        and len(set(variants)) == len(variants)
        and len(set(singletons)) == len(singletons)
    )


def _follows(tag: str, part: str, table: dict[str, tuple[str, ...]]) -> bool:
    """Say whether a part is registered and stands behind one of its prefixes.

    A variant may stand behind other parts as well: ``sl-IT-nedis`` has the prefix ``sl``.
    """
    prefixes = table.get(part)
    if prefixes is None:
        return False
    return not prefixes or any(f"{tag}-".startswith(f"{p}-") for p in prefixes)
