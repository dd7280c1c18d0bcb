"""Settings of every test run: a foreign time zone and comma decimals must change nothing.

The engine is chosen by the environment: MEHRWERT_DATABASE_URL empty = SQLite, else PostgreSQL.
"""

import gc
import os
import sys

os.environ.setdefault("TZ", "Pacific/Chatham")
# a tool of development brings it, and jsonschema would compile its grammars in every process:
# three seconds for formats that nobody checks (see base/json_schema.py)
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# thousands of tests are gathered and all of them stay: nothing to look for until they have begun
gc.disable()

from collections.abc import Iterator  # noqa: E402
from typing import Any  # noqa: E402

import hypothesis  # noqa: E402
import pytest  # noqa: E402

# these wait for servers most of their time: at the end they would keep everybody waiting
LONGEST = frozenset(
    {
        "test_conformance_server.py",
        "test_demo.py",
        "test_journeys.py",
        "test_newcomer.py",
        "test_packages.py",
        "test_projects.py",
        "test_roles.py",
    }
)

# a change is judged by the same examples each time; script/test --all looks for new ones
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile(os.environ.get("MEHRWERT_HYPOTHESIS", "same"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let every connection go before the test databases are dropped: PostgreSQL insists on it."""
    from django.test import TransactionTestCase

    from mehrwert.base.tests.emptying import empty_filled_tables
    from mehrwert.base.tests.limits import be_strict

    be_strict()
    TransactionTestCase._fixture_teardown = empty_filled_tables  # type: ignore[attr-defined]
    yield
    from django.db import connections

    from mehrwert.observations.stores import close_stores

    close_stores()
    with django_db_blocker.unblock():
        connections.close_all()


def pytest_runtest_teardown() -> None:
    """Let the next test take its leases and read its register itself: the rows are undone."""
    if leases := sys.modules.get("mehrwert.base.leases"):
        leases.forget_leases()
    if search := sys.modules.get("mehrwert.municipalities.queries.search"):
        search.forget_unnamed()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest; run what never meets a database once, on SQLite.

    The run on PostgreSQL repeats the tests of rooms that read or write tables, and all that cross
    rooms.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if "conformance" in item.path.parts:  # one server for all of them, not one per worker
            item.add_marker(pytest.mark.xdist_group("conformance"))
    if not os.environ.get("MEHRWERT_DATABASE_URL"):
        return
    again, once = [], []
    for item in items:
        (again if meets_database(item) or crosses_rooms(item) else once).append(item)
    config.hook.pytest_deselected(items=once)
    items[:] = again


def pytest_collection_finish() -> None:
    """Look for garbage from now on, only among what the tests leave."""
    gc.freeze()
    gc.enable()


def meets_database(item: pytest.Item) -> bool:
    """Return whether a test asks for a database, by marker or by fixture."""
    fixtures = getattr(item, "fixturenames", ())
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    return marked is not None or not {"db", "transactional_db"}.isdisjoint(fixtures)


def crosses_rooms(item: pytest.Item) -> bool:
    """Return whether a test stands outside the rooms; those often start servers of their own."""
    return (item.config.rootpath / "tests") in item.path.parents
