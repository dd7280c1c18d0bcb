"""What the room announces."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class AdoptionDeclared(Event):
    """A municipality said how it is connected with a solution; both axes as they are now."""

    adoption_id: int
    solution_id: int
    slug: str
    relation: str
    status: str


@dataclass(frozen=True)
class ProjectCreated(Event):
    """A project began; ``solution_id`` is a row of the catalogue or None."""

    project_id: int
    project_uuid: str
    solution_id: int | None


@dataclass(frozen=True)
class ProjectAdvanced(Event):
    """A project passed a gate on an ISO day and is now in a state."""

    project_id: int
    project_uuid: str
    gate: str
    state: str
    passed_on: str


@dataclass(frozen=True)
class ReportDelivered(Event):
    """A report was frozen; ``month`` is ``2026-06``."""

    project_id: int
    project_uuid: str
    month: str
    hash: str


@dataclass(frozen=True)
class ReportMissed(Event):
    """The due day of a report passed without it."""

    project_id: int
    project_uuid: str
    month: str


@dataclass(frozen=True)
class ReportCorrected(Event):
    """Something in a delivered report was wrong; the report itself stays."""

    project_id: int
    month: str
    field: str
