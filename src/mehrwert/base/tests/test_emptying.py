"""What the tests leave behind in the databases: nothing."""

import pytest
from django.db import connections

from mehrwert.base.models import Job

from . import emptying

DATABASES = ["default", "observations"]


@pytest.mark.django_db(transaction=True, databases=DATABASES)
@pytest.mark.parametrize("large_bytes", [emptying.LARGE_BYTES, 0])
def test_only_filled_tables_are_emptied_and_their_rows_are_gone(large_bytes, monkeypatch):
    """Also on PostgreSQL, where a large table is renewed before rows are deleted."""
    monkeypatch.setattr(emptying, "LARGE_BYTES", large_bytes)
    assert emptying.filled_tables(connections["default"]) == []
    Job.objects.create(id="1" * 32, task="keine", title="Probe", tenant_id=1, enqueued_us=1)
    filled = emptying.filled_tables(connections["default"])
    assert filled == [Job._meta.db_table]
    connection = connections["default"]
    connection.ops.execute_sql_flush(emptying.statements(connection, filled))
    assert emptying.filled_tables(connection) == []
