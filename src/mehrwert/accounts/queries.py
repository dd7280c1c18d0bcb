"""Everything that reads people, keys and links."""

import hmac
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from mehrwert.accounts.errors import LinkInvalidError
from mehrwert.accounts.models import ApiKey, OneTimeLink, User
from mehrwert.accounts.rules import device_words, digest, is_key_valid, mqtt_hash, prefix_of
from mehrwert.base.actor import Actor
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


def has_limited_mqtt_key(tenant_id: int) -> bool:
    """Say whether a key that a broker lets in may write, but only into some things or series."""
    return any(
        "write" in key.scopes and (key.thing_ids is not None or key.datastream_ids is not None)
        for key in list_mqtt_keys(tenant_id)
    )


def list_mqtt_keys(tenant_id: int) -> list[ApiKey]:
    """Return the valid keys of a tenant that a broker lets in."""
    now = now_us()
    return [
        row
        for row in list_keys(tenant_id).exclude(mqtt_hash="")
        if is_key_valid(
            now,
            expires_us=row.expires_us,
            valid_until_us=row.valid_until_us,
            revoked_us=row.revoked_us,
        )
    ]


def mqtt_hash_of(secret: str, salt: bytes) -> str:
    """Return a secret as Mosquitto's password file wants it; ``salt`` are 12 random bytes."""
    return mqtt_hash(secret, salt)


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


def list_users(text: str = "") -> "QuerySet[User]":
    """Return everybody whose address or name contains a text, by address."""
    rows = User.objects.order_by("email")
    if text.strip():
        part = text.strip()
        rows = rows.filter(Q(email__icontains=part) | Q(display_name__icontains=part))
    return rows


def may_be_given_a_link(user: User, actor: Actor) -> bool:
    """Say whether an inviter may hold the link that sets a person's password.

    Only for somebody who has never been in, and only for who invited them first or an operator.
    """
    if user.has_usable_password() or user.last_login is not None or not user.is_active:
        return False
    earlier = OneTimeLink.objects.filter(user=user).exclude(created_by_id=actor.actor_id)
    inviter = read_user(actor.actor_id) if actor.kind == "user" else None
    return not earlier.exists() or bool(inviter and inviter.is_operator)


@dataclass(frozen=True, slots=True)
class RunningSession:
    """One sign-in that has not ended: where, since when, and whether it is the one that asks."""

    pk: int
    device: str
    ip: str
    since: datetime
    is_current: bool


def list_sessions(user: User, current_key: str = "") -> list[RunningSession]:
    """Return the running sessions of a person, newest first."""
    known = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=known).order_by("-created_at")
    return [
        RunningSession(
            pk=row.pk,
            device=device_words(row.user_agent),
            ip=row.ip,
            since=row.created_at,
            is_current=row.session_key == current_key,
        )
        for row in rows
    ]


def list_ids_with_second_factor(users: Iterable[User]) -> set[int]:
    """Return the ids of those people who sign in with a second factor."""
    ids = [user.pk for user in users]
    rows = Authenticator.objects.filter(user_id__in=ids, type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))


def read_base_url(request: HttpRequest | None = None) -> str:
    """Return the address of the installation as people see it, without a slash at the end."""
    if settings.MEHRWERT.public_url or request is None:
        return str(settings.MEHRWERT.public_url).rstrip("/")
    return f"{request.scheme}://{request.get_host()}"


def invitation_url(token: str, request: HttpRequest | None = None) -> str:
    """Return the whole address of an invitation link."""
    return read_base_url(request) + reverse("accounts:invitation", kwargs={"token": token})


def first_admin_url(token: str, base_url: str) -> str:
    """Return the whole address of the link for the first administrator."""
    return base_url + reverse("accounts:first_steps", kwargs={"token": token})


def has_operator() -> bool:
    """Say whether somebody can run the installation."""
    return User.objects.filter(is_operator=True, is_active=True).exists()
