"""Fixtures of the room."""

from .fixtures import observation_store, town

__all__ = ["observation_store", "town"]
