from mehrwert.intake.tests.fixtures import source  # noqa: F401
from mehrwert.observations.tests.fixtures import observation_store  # noqa: F401
