"""Settings of every test run: a foreign time zone and comma decimals must change nothing.

The engine is chosen by the environment: MEHRWERT_DATABASE_URL empty = SQLite, else PostgreSQL.
"""

import os

os.environ.setdefault("TZ", "Pacific/Chatham")

from collections.abc import Iterator  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let every connection go before the test databases are dropped: PostgreSQL insists on it."""
    yield
    from django.db import connections

    from mehrwert.observations.stores import close_stores

    close_stores()
    with django_db_blocker.unblock():
        connections.close_all()
