"""Keys of programs of a municipality, and what a key may be limited to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mehrwert.accounts.models import ApiKey
from mehrwert.accounts.queries import list_keys
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.wiring import resolve, table
from mehrwert.municipalities.models import Tenant

MOST_TARGETS = 2000


class KeyState(StrEnum):
    """What a key is worth now."""

    VALID = "valid"
    REPLACED = "replaced"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing or series a key may be limited to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key with its state; ``ends_us`` is when it stops, None for never."""

    key: ApiKey
    state: KeyState
    ends_us: int | None


def list_key_targets(tenant: Tenant, kind: str) -> list[Target]:
    """Return things or series of a municipality by name.

    The wiring says who knows them: this room stands below the one that owns them.

    Args:
        tenant: The municipality.
        kind: ``things`` or ``datastreams``.
    """
    source = table("KEY_TARGETS", {}).get(kind)
    if source is None:
        return []
    limit = {"limit": MOST_TARGETS} if kind == "things" else {}
    rows: Sequence[Any] = resolve(source)(tenant.pk, **limit)
    return [Target(row.id, _words(row)) for row in rows[:MOST_TARGETS]]


def _words(row: Any) -> str:
    thing = getattr(row, "thing_name", "")
    return f"{thing}: {row.name}" if thing else str(row.name)


def list_key_rows(keys: Sequence[ApiKey]) -> list[KeyRow]:
    """Return keys with their state."""
    return [key_row(key, now_us()) for key in keys]


def key_row(key: ApiKey, at_us: int) -> KeyRow:
    """Return a key with its state at a time."""
    ends = [end for end in (key.expires_us, key.valid_until_us) if end is not None]
    ends_us = min(ends) if ends else None
    if key.revoked_us is not None:
        state = KeyState.REVOKED
    elif ends_us is not None and ends_us <= at_us:
        state = KeyState.EXPIRED
    elif key.valid_until_us is not None:
        state = KeyState.REPLACED
    else:
        state = KeyState.VALID
    return KeyRow(key, state, ends_us)


def read_key_of(tenant: Tenant, key_id: int) -> KeyRow:
    """Return one key of a municipality.

    Raises:
        NotFoundError: No such key, or of another municipality.
    """
    key = list_keys(tenant.pk).filter(pk=key_id).first()
    if key is None:
        raise NotFoundError
    return key_row(key, now_us())


def count_valid_keys(tenant: Tenant) -> int:
    """Return how many keys of a municipality work now."""
    rows = list_key_rows(list(list_keys(tenant.pk)))
    return sum(row.state in {KeyState.VALID, KeyState.REPLACED} for row in rows)
