from mehrwert.observations.tests.fixtures import observation_store  # noqa: F401

from .server import server  # noqa: F401
