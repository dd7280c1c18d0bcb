"""Fixtures of the room: an invented town with people."""

from mehrwert.observations.tests.fixtures import observation_store
from mehrwert.observations.tests.pages import elsewhere, place

__all__ = ["elsewhere", "observation_store", "place"]
