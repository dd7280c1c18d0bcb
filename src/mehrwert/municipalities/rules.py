"""Rules about short names and invented towns: plain functions on values."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

# first segments of addresses, of today and of rooms to come, and names that would mislead
_RESERVED = """
abmelden accounts admin anmelden anwendung api app assets auftraege austausch auth barriere
barrierefreiheit belege betrieb bewertung bewertungen cms darstellung daten datenschutz dcat de demo
dienste
docs du einrichtung en entwicklung favicon feeds feld files fotos gast gesund health help hilfe
home impressum index info intern kommune kommunen konto leichte-sprache live login logout
loesungen mail media mehrwert messstellen messreihen metrics neu oeffentlich offen ogc pakete ping
pflege portal protokoll public publiccode rechtliches register robots rss schnittstelle service
sitemap sta start static status suche system test tests token upload user vorhaben web wfs wms www
v1 zwilling rueckschau
"""
RESERVED_SLUGS = frozenset(_RESERVED.split())
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
MOST_PATH = 1500
FIRST_INVENTED_ARS = "990000000000"
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_slug_allowed(slug: str) -> bool:
    """Say whether a short name may stand in an address."""
    return 2 <= len(slug) <= 50 and bool(SLUG.fullmatch(slug)) and slug not in RESERVED_SLUGS


def slug_for(name: str) -> str:
    """Return a short name for a place: ``Bad Münstereifel`` → ``bad-muenstereifel``."""
    plain = fold(name)
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].rstrip("-")
    if not slug[:1].isalpha():
        slug = f"ort-{slug}".rstrip("-")
    return f"{slug}-ort" if slug in RESERVED_SLUGS or len(slug) < 2 else slug


def fold(text: str) -> str:
    """Return text in small letters without umlauts and accents: ``Käßberg`` → ``kaessberg``."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_FOLD)
    return _without_accents(lowered)


def fold_short(text: str) -> str:
    """Return text as it is typed without umlauts at hand: ``Köln`` → ``koln``."""
    return _without_accents(text.lower().replace("ß", "ss"))


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def is_invented_ars(ars: str) -> bool:
    """Say whether a key belongs to an invented municipality: 12 digits from 990000000000."""
    return len(ars) == 12 and ars.isdigit() and ars >= FIRST_INVENTED_ARS


def path_within(address: str, slug: str, languages: Iterable[str]) -> str:
    """Return what follows the short name of a municipality in an address of one of its pages.

    Empty when the address leads elsewhere: to another municipality, another host, nowhere. The
    start page of a municipality is ``/``.
    """
    if len(address) > MOST_PATH or not address.isprintable():
        return ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or "\\" in address:
        return ""
    path = parts.path
    for language in languages:
        path = path.removeprefix(f"/{language}") if path.startswith(f"/{language}/") else path
    start = f"/{slug}/"
    if not path.startswith(start) or "/../" in f"{path}/" or "//" in path:
        return ""
    return f"/{path[len(start) :]}" + (f"?{parts.query}" if parts.query else "")
