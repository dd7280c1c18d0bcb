"""What the room announces."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True, slots=True)
class PhasesAssessed(Event):
    """An assessment of a municipality was stored."""

    assessment_id: int
    label: str
