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
