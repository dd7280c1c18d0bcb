"""What the room announces."""

from dataclasses import dataclass

from mehrwert.base.events import Event


@dataclass(frozen=True)
class ResultFiled(Event):
    """A result was filed: positive, null, negative or not measurable."""

    evaluation_id: int
    result: str
    solution_root: str
    indicator_key: str


@dataclass(frozen=True)
class DecisionRecorded(Event):
    """A body decided; the estimate decided on is frozen."""

    evaluation_id: int
    decision: str
    follows_proposal: bool
    solution_root: str
    decided_on: str
