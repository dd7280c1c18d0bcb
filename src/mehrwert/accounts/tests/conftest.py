"""What the tests of this room share."""

import pytest
from django.core.cache import cache

from mehrwert.accounts.actions import create_user

PASSWORD = "vier blaue Esel im Wald"


@pytest.fixture(autouse=True)
def fresh_rate_limits(request):
    """Every test begins with untouched counters."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def person(db):
    return create_user(email="mara@auental.example", display_name="Mara Lind", password=PASSWORD)


@pytest.fixture
def operator(db):
    return create_user(
        email="olga@auental.example",
        display_name="Olga Petersen",
        password=PASSWORD,
        is_operator=True,
    )


@pytest.fixture
def sign_in(client):
    """Sign in through the page: ``sign_in(person)``; returns the answer."""

    def through_the_page(person, password=PASSWORD, **given):
        data = {"login": person.email, "password": password}
        return client.post("/konto/anmelden/", data, **given)

    return through_the_page
