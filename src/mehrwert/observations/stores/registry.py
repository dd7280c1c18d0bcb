"""Finds the store of the running process: read lazily, so that test databases are met."""

import threading
from typing import Any

from django.db import connections

from .base import Store
from .postgres.store import PostgresStore
from .sqlite.store import SqliteStore

ALIAS = "observations"
_lock = threading.Lock()
_stores: dict[tuple[Any, ...], Store] = {}


def get_store() -> Store:
    """Return the store of Django's alias ``observations`` as it is configured now."""
    settings: dict[str, Any] = connections.settings[ALIAS]
    get = settings.get
    key = (get("ENGINE"), get("NAME"), get("HOST"), get("PORT"), get("USER"))
    store = _stores.get(key)
    if store is None:
        with _lock:
            store = _stores.get(key) or _make(settings)
            _stores[key] = store
    return store


def close_stores() -> None:
    """Close all connections for reading; the next reader opens new ones."""
    with _lock:
        for store in _stores.values():
            store.close()
        _stores.clear()


def _make(settings: dict[str, Any]) -> Store:
    if "sqlite" in settings["ENGINE"]:
        return SqliteStore(str(settings["NAME"]))
    return PostgresStore(settings)
