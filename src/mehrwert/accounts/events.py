"""What the room announces: ids and values only."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class BrokerKeyChanged(Event):
    """A key that may sign in at the broker is new, has a successor, or is refused from now on."""

    tenant_id: int
    key_id: int
