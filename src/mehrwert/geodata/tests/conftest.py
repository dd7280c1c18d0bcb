"""Fixtures of the room: an invented town, and a browser for each role."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.geodata import actions
from mehrwert.geodata.choices import ClosureKind
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant

LENA = Actor("user", 1, "Lena Amtmann")


@dataclass
class Town:
    """One municipality, and a browser for each role."""

    tenant: object
    clients: dict

    def scope(self):
        return tenant_scope(self.tenant.pk)

    def path(self, rest=""):
        return f"/{self.tenant.slug}/sperrungen/{rest}"

    def close(self, street="Mühlgasse", **changes):
        given = {"kind": ClosureKind.FULL, "starts_on": date(2026, 11, 20), "office": "Bauamt"}
        with self.scope():
            told = actions.ClosureInput(street=street, **{**given, **changes})
            return actions.save_closure(None, told, actor=LENA)


@pytest.fixture
def town(db):
    tenant = make_tenant("auental", population=8200)
    clients = {}
    for role in ("viewer", "editor", "desk"):
        clients[role] = Client()
        clients[role].force_login(make_member(tenant, role))
    return Town(tenant, clients)
