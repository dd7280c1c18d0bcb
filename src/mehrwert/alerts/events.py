"""What the room announces: ids and values only."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class AlertRaised(Event):
    """A rule was met."""

    alert_id: int
    rule_id: int
    datastream_id: int
    severity: str
    at_us: int
    value: float | None


@dataclass(frozen=True)
class AlertEnded(Event):
    """A rule is not met any more."""

    alert_id: int
    rule_id: int
    datastream_id: int
    at_us: int


@dataclass(frozen=True)
class TaskRaised(Event):
    """There is a round to do; ``plan_id`` is its plan, ``n_stops`` the places known by then."""

    task_id: int
    plan_id: int
    kind: str
    n_stops: int
