"""Checks of single texts."""

from collections.abc import Callable, Iterable

import regex

from .. import addresses, languages, licences, lists
from .shapes import Problem, ValueCheck

_CLUSTER = regex.compile(r"\X")


def grapheme_count(text: str) -> int:
    """Return how many characters a person sees; an emoji with modifiers is one."""
    return len(text) if text.isascii() and "\r" not in text else len(_CLUSTER.findall(text))


def _when_not(is_good: Callable[[str], bool], code: str) -> ValueCheck:
    def check(text: str) -> Problem | None:
        return None if is_good(text) else (code, {"value": text})

    return check


def one_of(values: Iterable[str]) -> ValueCheck:
    """Return a check for a short list, which the finding spells out."""
    allowed = tuple(str(v) for v in values)

    def check(text: str) -> Problem | None:
        listed = ", ".join(allowed)
        return None if text in allowed else ("choice", {"value": text, "allowed": listed})

    return check


def at_most(limit: int) -> ValueCheck:
    """Return a check for the length in characters that a person sees."""

    def check(text: str) -> Problem | None:
        n = grapheme_count(text)
        return ("too_long", {"n": n, "limit": limit}) if n > limit else None

    return check


def at_least(limit: int) -> ValueCheck:
    """Return a check for the length in characters that a person sees."""

    def check(text: str) -> Problem | None:
        n = grapheme_count(text)
        return ("too_short", {"n": n, "limit": limit}) if n < limit else None

    return check


def organisation_uri(text: str) -> Problem | None:
    """Check the address of an organisation; Italian codes are looked up later."""
    return None if addresses.is_organisation_uri(text) else ("organisation_uri", {"value": text})


def support_id(text: str) -> Problem | None:
    """Check what a software says to support: a known alias, an address or a URN."""
    if text.startswith("alias:"):
        known = text.removeprefix("alias:") in lists.read_lines("aliases")
        return None if known else ("alias", {"value": text})
    return None if addresses.is_organisation_uri(text) else ("support_id", {"value": text})


def country(text: str) -> Problem | None:
    """Check a code of ISO 3166-1 alpha-2: all upper or all lower case."""
    same_case = text in {text.upper(), text.lower()}
    known = text.upper() in lists.read_lines("countries")
    return None if same_case and known else ("country", {"value": text})


url = _when_not(addresses.is_url, "url")
http_url = _when_not(addresses.is_http_url, "http_url")
day = _when_not(addresses.is_date, "date")
mail = _when_not(lambda text: text == "" or addresses.is_mail(text), "mail")
media_type = _when_not(addresses.is_media_type, "media_type")
licence = _when_not(licences.is_licence_expression, "licence")
language = _when_not(languages.is_language_tag, "language")
category = _when_not(lambda text: text in lists.read_lines("categories"), "category")
scope = _when_not(lambda text: text in lists.read_lines("scopes"), "scope")
video = _when_not(lambda text: lists.video_pattern().fullmatch(text) is not None, "video")
