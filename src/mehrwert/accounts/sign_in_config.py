"""Settings of allauth that follow from options. Imported by the settings: no Django here."""

from typing import Any

PROVIDER_ID = "verwaltung"
RATE_LIMIT_TABLE = "accounts_rate_limit"


def openid_providers(issuer: str, client_id: str, client_secret: str) -> dict[str, Any]:
    """Return allauth's providers: one OpenID provider when the options name it, else none."""
    if not issuer or not client_id:
        return {}
    app = {
        "provider_id": PROVIDER_ID,
        "name": "OpenID",
        "client_id": client_id,
        "secret": client_secret,
        "settings": {"server_url": issuer.rstrip("/")},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def rate_limit_cache(*, shared: bool) -> dict[str, Any]:
    """Return Django's caches. They hold only the counters of rate limits.

    Args:
        shared: Several processes may serve (PostgreSQL): the counters stand in a table, so that
            the limits hold for all together.
    """
    if not shared:
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"default": {"BACKEND": backend, "OPTIONS": {"MAX_ENTRIES": 50_000}}}
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": RATE_LIMIT_TABLE,
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    }
