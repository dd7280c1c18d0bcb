"""What the catalogue announces: ids and values only."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class SolutionPublished(Event):
    """A solution can now be read by everybody."""

    solution_id: int
    slug: str
    version: int


@dataclass(frozen=True)
class SolutionRevised(Event):
    """A solution has a new version."""

    solution_id: int
    slug: str
    version: int


@dataclass(frozen=True)
class SolutionEnded(Event):
    """A solution is marked as ended."""

    solution_id: int
    slug: str


@dataclass(frozen=True)
class SolutionWithdrawn(Event):
    """A solution left the lists."""

    solution_id: int
    slug: str
    uuid: str


@dataclass(frozen=True)
class AdoptionRecorded(Event):
    """A municipality declared that it uses, tests or ended a solution."""

    solution_id: int
    slug: str
    place_key: str
    status: str
