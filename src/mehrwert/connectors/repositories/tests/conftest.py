"""A town with a key that may write."""

import pytest

from mehrwert.accounts.actions import create_key
from mehrwert.base.actor import SYSTEM
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.tests.fixtures import make_tenant


@pytest.fixture
def tenant(db) -> Tenant:
    return make_tenant("auental")


@pytest.fixture
def api_key(tenant: Tenant) -> str:
    _row, whole = create_key(
        tenant_id=tenant.pk, name="Ablauf", scopes=["read", "write"], actor=SYSTEM
    )
    return whole
