"""A town, its people, and projects in it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant


@dataclass
class Town:
    """One municipality, and a browser for each role."""

    tenant: object
    clients: dict

    def scope(self):
        return tenant_scope(self.tenant.pk)

    def path(self, rest=""):
        return f"/{self.tenant.slug}/phase/{rest}"


@pytest.fixture
def town(db):
    tenant = make_tenant("auental", population=8200)
    clients = {}
    for role in ("viewer", "editor", "lead"):
        clients[role] = Client()
        clients[role].force_login(make_member(tenant, role))
    return Town(tenant, clients)
