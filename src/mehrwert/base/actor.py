"""Who does something: recorded with every audited change, as plain values without foreign keys."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an API key, the system itself, or nobody known.

    ``actor_id`` is the primary key of the user or key, 0 for the system and anonymous writers.
    ``label`` is what the audit page shows (display name, or name of the key).
    """

    kind: Literal["user", "key", "system", "anonymous"]
    actor_id: int = 0
    label: str = ""


SYSTEM = Actor("system", label="System")
ANONYMOUS = Actor("anonymous", label="Anonym")
