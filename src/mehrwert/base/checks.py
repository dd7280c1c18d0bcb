"""Django checks of the options: what is wrong, which option, what to do."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("text", "json")
SHORTEST_SECRET = 32


@register()
def check_options(**_given: Any) -> list[CheckMessage]:
    """Look at the options as a whole; single values were read when the settings were made."""
    options = settings.MEHRWERT
    return [*_address(options), *_public(options), *_words(options)]


def _address(options: Any) -> Iterator[CheckMessage]:
    if not options.public_url:
        return
    parts = urlsplit(options.public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        yield Error(
            f"MEHRWERT_PUBLIC_URL ist keine Adresse: „{options.public_url}“.",
            hint="Bitte so schreiben: https://daten.auental.example",
            id="base.E001",
        )
    elif parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1"}:
        yield Warning(
            "MEHRWERT_PUBLIC_URL beginnt mit http: Passwörter gehen unverschlüsselt durchs Netz.",
            hint="Bitte TLS im Reverse-Proxy einschalten und https:// eintragen.",
            id="base.W002",
        )
    elif parts.scheme == "https" and not options.trusted_proxies:
        yield Warning(
            "MEHRWERT_TRUSTED_PROXIES ist leer, obwohl die Adresse mit https beginnt.",
            hint="Bitte die Adresse des Reverse-Proxys eintragen, meist 127.0.0.1.",
            id="base.W003",
        )


def _public(options: Any) -> Iterator[CheckMessage]:
    """Yield what must never be reachable from outside."""
    host = urlsplit(options.public_url).hostname or ""
    if host in {"", "localhost", "127.0.0.1"}:
        return
    if options.debug:
        yield Error(
            "MEHRWERT_DEBUG zeigt Fremden den Programmtext.",
            hint="Bitte auf nein setzen oder MEHRWERT_PUBLIC_URL leeren.",
            id="base.E002",
        )
    for name in ("demo", "conformance"):
        if getattr(options, name):
            yield Error(
                f"MEHRWERT_{name.upper()} lässt jeden ohne Passwort herein.",
                hint="Bitte auf nein setzen oder MEHRWERT_PUBLIC_URL leeren.",
                id="base.E003",
            )


def _words(options: Any) -> Iterator[CheckMessage]:
    if options.log_level not in LEVELS:
        yield Error(
            f"MEHRWERT_LOG_LEVEL kennt „{options.log_level}“ nicht.",
            hint=f"Möglich: {', '.join(LEVELS)}.",
            id="base.E004",
        )
    if options.log_format not in FORMATS:
        yield Error(
            f"MEHRWERT_LOG_FORMAT kennt „{options.log_format}“ nicht.",
            hint=f"Möglich: {', '.join(FORMATS)}.",
            id="base.E005",
        )
    if options.secret_key and len(options.secret_key) < SHORTEST_SECRET and options.public_url:
        yield Error(
            "MEHRWERT_SECRET_KEY ist zu kurz.",
            hint="Bitte leer lassen, dann wird ein guter im Datenordner erzeugt.",
            id="base.E006",
        )
    if "*" in options.allowed_hosts:
        yield Warning(
            "MEHRWERT_ALLOWED_HOSTS erlaubt jeden Namen.",
            hint="Bitte die Namen aufzählen, unter denen die Installation erreichbar ist.",
            id="base.W001",
        )
    if options.backup_keep < 1:
        yield Warning(
            "MEHRWERT_BACKUP_KEEP ist kleiner als 1.",
            hint="Die neueste nächtliche Sicherung bleibt trotzdem. Üblich sind 14.",
            id="base.W004",
        )
