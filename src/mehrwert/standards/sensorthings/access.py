"""Who asks and what they may: a key, a signed-in person, or anybody at the conformance server."""

import base64
import binascii
import time
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

from mehrwert.accounts import queries as accounts
from mehrwert.accounts.access import actor_of_user
from mehrwert.base.actor import ANONYMOUS, Actor
from mehrwert.base.asgi_types import Scope, cookie, header
from mehrwert.base.errors import MehrwertError
from mehrwert.base.options import in_force
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.queries import Limits, Step, exists

from .errors import (
    BadPathError,
    KeyNeededError,
    KeyTooSmallError,
    SessionReadsOnlyError,
    TenantReadOnlyError,
)

DOOR = "sensorthings"
BROKER_DOOR = "sensorthings-mqtt"
CONFORMANCE_TENANT = 1
LOOPBACK = frozenset({"127.0.0.1", "::1"})
CACHE_S = 5.0
MOST_CACHED = 10_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """One who may read here; ``may_write`` and ``refusal`` say what about writing."""

    tenant_id: int
    limits: Limits
    context: WriteContext
    refusal: type[MehrwertError] | None

    def check_write(self, *, whole_tenant: bool) -> None:
        """Refuse writing, or writing of metadata by a key limited to things or series.

        Raises:
            ForbiddenError: Says why.
        """
        if self.refusal is not None:
            raise self.refusal
        if whole_tenant and not self.limits.is_open:
            raise KeyTooSmallError

    def may_record(self, series: int) -> bool:
        """Say whether readings of this series may be written."""
        if self.limits.is_open:
            return True
        if self.limits.datastream_ids and series in self.limits.datastream_ids:
            return True
        path = (Step("datastream", None, series),)
        return 0 < series < 2**31 and exists(self.tenant_id, self.limits, path)


_anybody = Visitor(
    CONFORMANCE_TENANT, Limits(), WriteContext(CONFORMANCE_TENANT, DOOR, ANONYMOUS), None
)
_tenants: dict[str, tuple[float, Any]] = {}
_limited: dict[int, tuple[float, bool]] = {}
_visitors: dict[tuple[int, int], tuple[Any, Any, Visitor]] = {}


async def visit(scope: Scope, slug: str) -> Visitor:
    """Return who asks.

    Raises:
        NotSignedInError: Neither a valid key nor a session.
        NotFoundError: No such municipality, or not the one of the key.
    """
    if in_force().conformance:
        if slug:
            raise BadPathError(part=slug)
        if (scope.get("client") or ("",))[0] not in LOOPBACK:
            raise KeyNeededError
        return _anybody
    raw = key_of(scope)
    if raw:
        known, grant = accounts.cached_key(raw)
        tenant = _cached_tenant(slug)
        if not known or tenant is None:
            grant, tenant = await _in_thread(_look_up_key, raw, slug)
        return _visitor_of_key(grant, tenant)
    session = cookie(scope, settings.SESSION_COOKIE_NAME)
    if not session:
        raise KeyNeededError
    visitor: Visitor = await _in_thread(_visitor_of_session, session, slug)
    return visitor


async def visit_by_broker(slug: str, series: int | None = None) -> Visitor:
    """Return who publishes to the listener of a municipality: somebody the broker let in.

    A broker does not say which key that was. To the topic of one series also keys limited to it
    may publish: where there are such keys, whoever does so may write readings of it only.

    Raises:
        BadPathError: No such municipality.
        TenantReadOnlyError: It takes no changes.
    """
    if in_force().conformance:
        return _anybody
    tenant = _cached_tenant(slug) or await _in_thread(_tenant, slug)
    if not slug:
        raise BadPathError(part="v1.1")
    if tenant.read_only:
        raise TenantReadOnlyError
    context = WriteContext(tenant.pk, BROKER_DOOR, Actor("key", 0, "MQTT"))
    limits = Limits()
    if series is not None and await _has_limited_key(tenant.pk):
        limits = Limits(None, frozenset({series}))
    return Visitor(tenant.pk, limits, context, None)


async def _has_limited_key(tenant_id: int) -> bool:
    known = _limited.get(tenant_id)
    if known is None or known[0] < time.monotonic():
        found: bool = await _in_thread(accounts.has_limited_mqtt_key, tenant_id)
        known = _limited[tenant_id] = (time.monotonic() + CACHE_S, found)
    return known[1]


def key_of(scope: Scope) -> str:
    """Return the key of a request: bearer, password of Basic, or ``X-API-Key``."""
    given = header(scope, b"authorization")
    scheme, _, value = given.partition(" ")
    value = value.strip()
    if scheme.lower() == "bearer":
        return value
    if scheme.lower() == "basic":
        try:
            user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return "?"
        return password or user
    return header(scope, b"x-api-key").strip() or ("?" if given else "")


def _visitor_of_key(grant: Any, tenant: Any) -> Visitor:
    if grant is None:
        raise KeyNeededError
    if grant.tenant_id != tenant.pk:
        raise BadPathError(part=tenant.slug)
    if not {"read", "write"} & grant.scopes:
        raise KeyTooSmallError
    found = _visitors.get((grant.key_id, tenant.pk))
    if found is not None and found[0] is grant and found[1] is tenant:
        return found[2]
    refusal: type[MehrwertError] | None = None
    if "write" not in grant.scopes:
        refusal = KeyTooSmallError
    elif tenant.read_only:
        refusal = TenantReadOnlyError
    context = WriteContext(
        tenant.pk, DOOR, Actor("key", grant.key_id, grant.name), key_id=grant.key_id
    )
    limits = Limits(grant.thing_ids, grant.datastream_ids)
    visitor = Visitor(tenant.pk, limits, context, refusal)
    if len(_visitors) > MOST_CACHED:
        _visitors.clear()
    _visitors[(grant.key_id, tenant.pk)] = (grant, tenant, visitor)
    return visitor


def _visitor_of_session(session: str, slug: str) -> Visitor:
    user = accounts.read_session_user(session)
    if user is None:
        raise KeyNeededError
    tenant = _tenant(slug)
    from mehrwert.municipalities import access as municipalities

    if municipalities.read_membership(user, tenant) is None:
        raise BadPathError(part=slug)
    context = WriteContext(tenant.pk, DOOR, actor_of_user(user))
    return Visitor(tenant.pk, Limits(), context, SessionReadsOnlyError)


def _look_up_key(raw: str, slug: str) -> tuple[Any, Any]:
    grant = accounts.read_key(raw)
    if grant is None:
        raise KeyNeededError
    return grant, _tenant(slug)


def _cached_tenant(slug: str) -> Any:
    found = _tenants.get(slug)
    return None if found is None or found[0] < time.monotonic() else found[1]


def _tenant(slug: str) -> Any:
    """Return the municipality of the address; without a slug the only one there is."""
    tenant = _cached_tenant(slug)
    if tenant is None:
        from mehrwert.municipalities import access as municipalities

        tenant = municipalities.read_tenant(slug) if slug else municipalities.read_only_tenant()
        if tenant is None:
            raise BadPathError(part=slug or "v1.1")
        if len(_tenants) > MOST_CACHED:
            _tenants.clear()
        _tenants[slug] = (time.monotonic() + CACHE_S, tenant)
    return tenant


async def _in_thread(function: Any, *args: Any) -> Any:
    return await sync_to_async(_with_own_connection)(function, *args)


def _with_own_connection(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    finally:
        close_old_connections()
