"""A town and people for tests of pages: an operator, an admin, an editor, a viewer, a stranger."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from mehrwert.base.wiring import resolve

INVENTED = {"level": "demo", "ars": "990000000777", "slug": "probehausen", "name": "Probehausen"}
OUTLINE = {"type": "Polygon", "coordinates": [[[10, 51], [10.1, 51], [10.1, 51.1], [10, 51]]]}


@dataclass(frozen=True)
class Town:
    tenant: Any
    clients: dict[str, Client]

    def url(self, rest: str) -> str:
        return f"/{self.tenant.slug}/{rest}"


def make_town() -> Town:
    """Build everything through the actions of the rooms above, found late: base knows none."""
    create_user = resolve("mehrwert.accounts.actions.create_user")
    create_tenant = resolve("mehrwert.municipalities.actions.create_tenant")
    set_membership = resolve("mehrwert.municipalities.actions.set_membership")
    system = resolve("mehrwert.base.actor.SYSTEM")
    tenant = create_tenant(**INVENTED, is_demo=True, actor=system)
    clients = {}
    for role in ("operator", "admin", "editor", "viewer", "stranger"):
        user = create_user(
            email=f"{role}@a.example", display_name=role.title(), is_operator=role == "operator"
        )
        if role in {"admin", "editor", "viewer"}:
            set_membership(tenant, user, role, actor=system)
        clients[role] = Client(headers={"host": "localhost"})
        clients[role].force_login(user)
    clients["nobody"] = Client(headers={"host": "localhost"})
    return Town(tenant, clients)
