from mehrwert.observations.tests.fixtures import observation_store  # noqa: F401
