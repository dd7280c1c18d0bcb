"""Journeys through the whole installation."""

import pytest

from mehrwert.observations.tests.fixtures import observation_store

from . import world as worlds

__all__ = ["observation_store"]


@pytest.fixture
def world(observation_store):
    return worlds.build()
