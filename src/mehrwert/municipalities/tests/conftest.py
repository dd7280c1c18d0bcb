"""Fixtures of the room."""

import pytest

from mehrwert.municipalities.actions import load_register

from .fixtures import make_member, make_tenant


@pytest.fixture
def auental(db):
    return make_tenant("auental")


@pytest.fixture
def admin(auental):
    return make_member(auental, "admin", "anna")


@pytest.fixture
def viewer(auental):
    return make_member(auental, "viewer", "vera")


@pytest.fixture
def register(db):
    """The whole official register."""
    load_register()
