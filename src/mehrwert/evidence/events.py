"""What the room announces."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class FindingReleased(Event):
    """A person of the municipality made a finding public; the synthesis was computed anew."""

    finding_id: int
    solution_root: str
    indicator_key: str
    synthesis_version: int


@dataclass(frozen=True)
class FindingWithdrawn(Event):
    """A person of the municipality took a public finding back; the synthesis was computed anew."""

    finding_id: int
    solution_root: str
    indicator_key: str
    synthesis_version: int


@dataclass(frozen=True)
class EvidenceChanged(Event):
    """What is known of a kind of solution changed: released, withdrawn, or mapped by a curator."""

    solution_root: str
    is_demo: bool
