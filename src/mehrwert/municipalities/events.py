"""What the room announces."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class TenantCreated(Event):
    """A municipality was set up."""

    tenant_id: int
    level: str
    ars: str
    is_demo: bool


@dataclass(frozen=True)
class MembershipChanged(Event):
    """Somebody got a role, another role, or (role empty) lost it."""

    tenant_id: int
    user_id: int
    role: str
