"""Everything that reads people, keys and links."""

import hmac
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from mehrwert.accounts.errors import LinkInvalidError
from mehrwert.accounts.models import ApiKey, OneTimeLink, User
from mehrwert.accounts.rules import digest, is_key_valid, prefix_of
from mehrwert.base.clock import now_us

CACHE_S = 5.0
MOST_CACHED = 10_000


@dataclass(frozen=True, slots=True)
class KeyGrant:
    """What a valid key allows. ``None`` as a set of ids means no limit."""

    key_id: int
    tenant_id: int
    name: str
    scopes: frozenset[str]
    thing_ids: frozenset[int] | None
    datastream_ids: frozenset[int] | None
    ends_us: int | None


_cache: dict[str, tuple[float, KeyGrant | None]] = {}


def cached_key(raw: str) -> tuple[bool, KeyGrant | None]:
    """Return (is known, grant) without touching the database: safe on the event loop."""
    found = _cache.get(digest(raw))
    if found is None or found[0] < time.monotonic():
        return False, None
    grant = found[1]
    if grant is not None and grant.ends_us is not None and grant.ends_us <= now_us():
        return True, None
    return True, grant


def read_key(raw: str) -> KeyGrant | None:
    """Return what a key allows, None for unknown, expired and revoked ones.

    The answer is remembered for at most 5 seconds, so a revoked key is refused within that time.
    """
    known, grant = cached_key(raw)
    if known:
        return grant
    grant = _look_up(raw)
    if len(_cache) > MOST_CACHED:
        _cache.clear()
    _cache[digest(raw)] = (time.monotonic() + CACHE_S, grant)
    return grant


def forget_keys() -> None:
    """Empty the cache of this process: after a change made here it takes effect at once."""
    _cache.clear()


def _look_up(raw: str) -> KeyGrant | None:
    prefix = prefix_of(raw)
    row = ApiKey.objects.filter(prefix=prefix).first() if prefix else None
    if row is None or not hmac.compare_digest(row.sha256, digest(raw)):
        return None
    now = now_us()
    if not is_key_valid(
        now,
        expires_us=row.expires_us,
        valid_until_us=row.valid_until_us,
        revoked_us=row.revoked_us,
    ):
        return None
    ApiKey.objects.filter(pk=row.pk).update(last_used_us=now)
    ends = [end for end in (row.expires_us, row.valid_until_us) if end is not None]
    return KeyGrant(
        key_id=row.pk,
        tenant_id=row.tenant_id,
        name=row.name,
        scopes=frozenset(row.scopes),
        thing_ids=_ids(row.thing_ids),
        datastream_ids=_ids(row.datastream_ids),
        ends_us=min(ends) if ends else None,
    )


def _ids(values: list[int] | None) -> frozenset[int] | None:
    return None if values is None else frozenset(int(v) for v in values)


def list_keys(tenant_id: int) -> "QuerySet[ApiKey]":
    """Return the keys of a tenant, by name."""
    return ApiKey.objects.filter(tenant_id=tenant_id).order_by("name", "-created_us")


def read_session_user(session_key: str) -> User | None:
    """Return who is behind a session cookie; for doors that do not go through Django."""
    if not session_key:
        return None
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore(session_key)
    user_id = session.get(SESSION_KEY)
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if user is None:
        return None
    kept = session.get(HASH_SESSION_KEY, "")
    return user if constant_time_compare(kept, user.get_session_auth_hash()) else None


def read_link(token: str, purpose: str) -> OneTimeLink:
    """Return a link that still works.

    Raises:
        LinkInvalidError: Unknown, used, too old, or its person was deactivated.
    """
    link = OneTimeLink.objects.filter(sha256=digest(token), purpose=purpose).first()
    if link is None or link.used_us is not None or link.expires_us <= now_us():
        raise LinkInvalidError
    if link.user is not None and not link.user.is_active:
        raise LinkInvalidError
    return link


def read_user(user_id: int) -> User | None:
    """Return one person."""
    return User.objects.filter(pk=user_id).first()


def read_user_by_email(email: str) -> User | None:
    """Return the person with an address, ignoring case."""
    return User.objects.filter(email=email.strip().lower()).first()


def list_users() -> "QuerySet[User]":
    """Return everybody, by address."""
    return User.objects.order_by("email")


def has_operator() -> bool:
    """Say whether somebody can run the installation."""
    return User.objects.filter(is_operator=True, is_active=True).exists()
