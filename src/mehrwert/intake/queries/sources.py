"""Sources: by their secret for doors, as a list for pages."""

import hmac
import time
from dataclasses import dataclass

from django.db.models import QuerySet

from mehrwert.base.clock import now_us
from mehrwert.intake.models import Source
from mehrwert.intake.rules.keys import digest, prefix_of

CACHE_S = 5.0
MOST_CACHED = 10_000


@dataclass(frozen=True, slots=True)
class SourceGrant:
    """Who sends: what a valid secret proves."""

    source_id: int
    tenant_id: int
    kind: str
    name: str


_cache: dict[str, tuple[float, SourceGrant | None]] = {}


def cached_source(secret: str) -> tuple[bool, SourceGrant | None]:
    """Return (is known, grant) without touching the database: safe on the event loop."""
    found = _cache.get(digest(secret))
    if found is None or found[0] < time.monotonic():
        return False, None
    return True, found[1]


def read_source_by_key(secret: str) -> SourceGrant | None:
    """Return which source a secret belongs to, None when it is wrong or has ended.

    The answer is remembered for at most 5 seconds.
    """
    known, grant = cached_source(secret)
    if known:
        return grant
    grant = _look_up(secret)
    if len(_cache) > MOST_CACHED:
        _cache.clear()
    _cache[digest(secret)] = (time.monotonic() + CACHE_S, grant)
    return grant


def forget_sources() -> None:
    """Empty the cache of this process: after a change made here it takes effect at once."""
    _cache.clear()


def _look_up(secret: str) -> SourceGrant | None:
    """Find a source by its secret; there is no municipality in scope before."""
    prefix = prefix_of(secret)
    row = Source._base_manager.filter(prefix=prefix, ended_us=None).first() if prefix else None
    if row is None:
        return None
    given = digest(secret)
    is_old = bool(row.old_sha256) and row.old_until_us > now_us()
    matches = hmac.compare_digest(row.sha256, given)
    if not matches and not (is_old and hmac.compare_digest(row.old_sha256, given)):
        return None
    return SourceGrant(row.pk, row.tenant_id, row.kind, row.name)


def list_sources() -> "QuerySet[Source]":
    """Return the sources, running ones first."""
    return Source.objects.order_by("ended_us", "name", "pk")


def count_sources(tenant_id: int) -> int:
    """Return how many ways in a municipality has that are not closed."""
    return Source._base_manager.filter(tenant_id=tenant_id, ended_us=None).count()


def list_every_source() -> "QuerySet[Source]":
    """Return the sources of all municipalities, for the job that clears old messages."""
    return Source._base_manager.order_by("pk")
