"""Empty the databases after a test that commits: only the tables that it filled.

Django empties all tables (a fifth of a second for two hundred on SQLite, more on PostgreSQL) and
then writes content types and permissions again. Here those stay, as nobody changes them, and
tables without rows are left alone.
"""

from functools import cache

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

KEPT = frozenset({"auth_permission", "django_content_type"})
# on PostgreSQL deleted rows keep their place for a while: past this the file itself is renewed
LARGE_BYTES = 256 * 1024
LARGE = "SELECT name FROM unnest(%s::text[]) AS name WHERE pg_relation_size(name::regclass) > %s"


def empty_filled_tables(case: TransactionTestCase) -> None:
    """Take the place of ``TransactionTestCase._fixture_teardown``."""
    for alias in case._databases_names(include_mirrors=False):
        connection = connections[alias]
        if filled := filled_tables(connection):
            connection.ops.execute_sql_flush(statements(connection, filled))


def filled_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables of the installed rooms in which at least one row stands."""
    question = _question(connection.alias, frozenset(c.label for c in apps.get_app_configs()))
    if not question:
        return []
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [name for (name,) in cursor.fetchall()]


def statements(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    """Return what empties the tables; foreign keys are asked at the end of the transaction."""
    quote = connection.ops.quote_name
    large = set(_large(connection, tables)) if connection.vendor == "postgresql" else set()
    # first: no table is renewed in a transaction that has deleted rows with foreign keys
    renewing = [f"TRUNCATE {', '.join(map(quote, sorted(large)))} CASCADE"] if large else []
    return renewing + [f"DELETE FROM {quote(name)}" for name in tables if name not in large]


def _large(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(LARGE, [tables, LARGE_BYTES])
        return [name for (name,) in cursor.fetchall()]


@cache
def _question(alias: str, labels: frozenset[str]) -> str:
    """Return the one question for all tables; ``labels`` are the apps a test may see."""
    connection = connections[alias]
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quote = connection.ops.quote_name
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})"
        for name in sorted(set(names) - KEPT)
    )
