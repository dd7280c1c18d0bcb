"""Storage engines behind one interface (``base.py``). ``get_store()`` gives the one in use."""

from .registry import close_stores, get_store

__all__ = ["close_stores", "get_store"]
