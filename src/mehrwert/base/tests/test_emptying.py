"""What the tests leave behind in the databases: nothing."""

import pytest
from django.db import connections

from mehrwert.accounts.models import User
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant

from . import emptying

DATABASES = ["default", "observations"]


@pytest.mark.django_db(transaction=True, databases=DATABASES)
@pytest.mark.parametrize("large_bytes", [emptying.LARGE_BYTES, 0])
def test_only_filled_tables_are_emptied_and_their_rows_are_gone(large_bytes, monkeypatch):
    """Also on PostgreSQL, where a large table is renewed before rows are deleted."""
    monkeypatch.setattr(emptying, "LARGE_BYTES", large_bytes)
    assert emptying.filled_tables(connections["default"]) == []
    make_member(make_tenant("auental"), "admin")
    filled = emptying.filled_tables(connections["default"])
    assert User._meta.db_table in filled
    assert not emptying.KEPT & set(filled)
    connection = connections["default"]
    connection.ops.execute_sql_flush(emptying.statements(connection, filled))
    assert emptying.filled_tables(connection) == []
