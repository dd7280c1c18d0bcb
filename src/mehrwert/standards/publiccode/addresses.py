"""Addresses in publiccode.yml: URL, web address, URN, mail, media type, date. Syntax only."""

import re
from datetime import date
from urllib.parse import SplitResult, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[^\s\x00-\x1f<>\"^`{|}\\]*")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_URN = re.compile(
    r"urn:(?!urn:)[a-z0-9][a-z0-9-]{0,31}:([a-z0-9()+,\-.:=@;$_!*']|%[0-9a-f]{2})+", re.ASCII
)
_MAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@"
    r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}"
)
_MEDIA_TYPE = re.compile(
    r" *[A-Za-z0-9][A-Za-z0-9!#$&^_-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126} *"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ITALIAN_PREFIX = "urn:x-italian-pa:"


def _split(text: str) -> SplitResult | None:
    """Return the parts of an absolute address, None where it is none."""
    if not text or _CONTROL.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    clean = _SCHEME.fullmatch(parts.scheme) and _HOST.fullmatch(parts.netloc)
    return parts if clean and not _ESCAPE.search(parts.path) else None


def is_url(text: str) -> bool:
    """Say whether ``text`` is an absolute address: ``https://…``, ``git@…`` is none."""
    parts = _split(text)
    if parts is None:
        return False
    opaque = parts.path != "" and not parts.path.startswith("/")
    return bool(parts.netloc or parts.fragment or opaque or parts.scheme == "file")


def is_http_url(text: str) -> bool:
    """Say whether ``text`` is a web address with a host."""
    parts = _split(text)
    return parts is not None and parts.scheme in {"http", "https"} and bool(parts.netloc)


def is_urn(text: str) -> bool:
    """Say whether ``text`` is a URN by RFC 2141."""
    return _URN.fullmatch(text.lower()) is not None


def is_organisation_uri(text: str) -> bool:
    """Say whether ``text`` names an organisation: an address with a host, or a URN."""
    if text.lower().startswith("urn:"):
        return is_urn(text)
    parts = _split(text)
    return parts is not None and bool(parts.netloc)


def italian_code(text: str) -> str | None:
    """Return the code of an Italian administration in a URN, None for any other address."""
    is_italian = text.lower().startswith(ITALIAN_PREFIX)
    return text[len(ITALIAN_PREFIX) :] if is_italian else None


def is_mail(text: str) -> bool:
    """Say whether ``text`` has the form of a mail address."""
    local = text.rpartition("@")[0]
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return not dots and _MAIL.fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    """Say whether ``text`` has the form of a media type."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether ``text`` is a day ``YYYY-MM-DD`` of the calendar."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
