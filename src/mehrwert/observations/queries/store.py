"""The store itself: a connection for reading, size, readiness."""

from contextlib import AbstractContextManager

from mehrwert.base.errors import MehrwertError
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.stores import get_store
from mehrwert.observations.stores.base import Reader


def reader() -> AbstractContextManager[Reader]:
    """Lend a connection for reading.

    ``with reader() as r: rows = r.select(sql, params)``; SQL with ``?``. The caller adds the
    tenant to every table that has one.
    """
    return get_store().reader()


def database_bytes() -> int:
    """Return the bytes the readings take on disk."""
    return get_store().size_bytes()


def is_store_ready() -> bool:
    """Say whether the store answers."""
    try:
        with reader() as r:
            r.select("SELECT 1 FROM obs_datastream_state LIMIT 1")
    except MehrwertError:
        return False
    return True


def check_datastream(r: Reader, tenant_id: int, datastream_id: int) -> None:
    """Refuse a series of somebody else.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    if not r.select(
        "SELECT 1 FROM obs_datastream_state WHERE datastream_id=? AND tenant_id=?",
        (datastream_id, tenant_id),
    ):
        raise UnknownEntityError(kind="datastream", id=datastream_id)
