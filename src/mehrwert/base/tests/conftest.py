import pytest

from . import fake_wiring


@pytest.fixture
def wiring(settings):
    """The tables of the tests instead of those of the house."""
    settings.MEHRWERT_WIRING = fake_wiring.HERE
    fake_wiring.taken.clear()
    fake_wiring.broken.clear()
    return fake_wiring
