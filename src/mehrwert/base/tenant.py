"""The tenant scope: which municipality's data the running code may see. Fails closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models

from mehrwert.base.errors import TenantNotSetError

_current: ContextVar[int | None] = ContextVar("mehrwert_tenant", default=None)


def current_tenant_id() -> int:
    """Return the tenant in scope.

    Raises:
        TenantNotSetError: No scope is open. Never fall back to "all rows".
    """
    tenant_id = _current.get()
    if tenant_id is None:
        raise TenantNotSetError
    return tenant_id


@contextmanager
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """Open the scope of one tenant for the running thread or task."""
    token = _current.set(tenant_id)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def scope_of_request() -> Iterator[None]:
    """Begin without a tenant and forget the one that was entered meanwhile."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def enter_tenant(tenant_id: int) -> None:
    """Open the scope of one tenant until the surrounding ``scope_of_request`` ends."""
    _current.set(tenant_id)


M = TypeVar("M", bound=models.Model)


class TenantManager(models.Manager[M]):
    """Default manager of every tenant-owned table: filters by the scope, refuses without one."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Return only rows of the tenant in scope."""
        return super().get_queryset().filter(tenant_id=current_tenant_id())
