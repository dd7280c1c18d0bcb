"""What the room announces."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True, slots=True)
class PackageInstalled(Event):
    """A package runs in a municipality; ``solution`` is the address in the catalogue."""

    installation_id: int
    slug: str
    version: str
    solution: str


@dataclass(frozen=True, slots=True)
class PackageRemoved(Event):
    """A package was taken away again."""

    slug: str
    version: str
    solution: str
