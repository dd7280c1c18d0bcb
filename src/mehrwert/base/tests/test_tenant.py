"""The tenant scope fails closed: without one there is no row and no answer."""

import threading

import pytest
from django.db import models

from mehrwert.base.errors import TenantNotSetError
from mehrwert.base.models import Job
from mehrwert.base.tenant import (
    TenantManager,
    current_tenant_id,
    enter_tenant,
    scope_of_request,
    tenant_scope,
)


class Owned(Job):
    """A table with the manager of tenant-owned tables, over the rows of jobs."""

    mine: "models.Manager" = TenantManager()

    class Meta:
        proxy = True
        app_label = "base"


@pytest.fixture
def rows(db):
    for tenant_id in (1, 2):
        Job.objects.create(id=str(tenant_id), task="x", enqueued_us=1, tenant_id=tenant_id)


def test_without_scope_every_query_is_refused(rows):
    for ask in (Owned.mine.all, Owned.mine.count, lambda: Owned.mine.filter(id="1")):
        with pytest.raises(TenantNotSetError):
            ask()


def test_inside_a_scope_only_its_rows_are_seen(rows):
    with tenant_scope(1):
        assert [row.id for row in Owned.mine.all()] == ["1"]
        with tenant_scope(2):
            assert [row.id for row in Owned.mine.all()] == ["2"]
        assert current_tenant_id() == 1
    with pytest.raises(TenantNotSetError):
        current_tenant_id()


def test_an_error_closes_the_scope():
    with pytest.raises(ZeroDivisionError), tenant_scope(1):
        _ = 1 / 0
    with pytest.raises(TenantNotSetError):
        current_tenant_id()


def test_the_scope_of_one_request_is_not_that_of_another_thread():
    seen = []

    def other():
        try:
            seen.append(current_tenant_id())
        except TenantNotSetError:
            seen.append(None)

    with tenant_scope(1):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [None]


def test_a_request_begins_without_and_forgets_what_it_entered():
    with tenant_scope(1):
        with scope_of_request():
            with pytest.raises(TenantNotSetError):
                current_tenant_id()
            enter_tenant(2)
            assert current_tenant_id() == 2
        assert current_tenant_id() == 1
