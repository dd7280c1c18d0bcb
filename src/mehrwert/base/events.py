"""Events: what a room announces, as frozen dataclasses in the past tense.

A room writes ``class SolutionPublished(Event)`` as a frozen dataclass of ids and plain values. The
name of the class is its name in the outbox.
"""

from collections.abc import Hashable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True)
class Event:
    """Root of all events; subclasses register themselves by name."""

    REGISTRY: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Event.REGISTRY[cls.__name__] = cls

    @classmethod
    def name(cls) -> str:
        """Return the name in the outbox."""
        return cls.__name__

    def to_payload(self) -> dict[str, Any]:
        """Return plain values for the outbox."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Build the event from the outbox again; override when fields are not plain values."""
        return cls(**payload)

    def join_key(self) -> Hashable:
        """Return what events have in common that may be told as one; None: never.

        Only waiting events of one kind with no other kind between them are joined.
        """
        return None

    def joined(self, later: Self) -> Self | None:
        """Return one event that tells of this and a later one, None if it would be too large."""
        return None
