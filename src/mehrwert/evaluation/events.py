"""What the room announces."""

from dataclasses import dataclass
from typing import Any

from mehrwert.base.events import Event


@dataclass(frozen=True)
class ResultFiled(Event):
    """A result was filed: positive, null, negative or not measurable."""

    evaluation_id: int
    result: str
    solution_root: str
    indicator_key: str


@dataclass(frozen=True)
class EffectMeasured(Event):
    """A result with a number was filed; told in full, so that a room below need not ask back.

    Attributes:
        reference: Names the evaluation inside its municipality.
        project_id: The undertaking it judges, None where none is linked.
        solution_root: Address of the solution in the catalogue, or an own key.
        theta, low, high: Stored orientation, below 0 is better; the ends are None without interval.
        law: Distribution of θ as ``{weights, centres, scales, df}``, empty without interval.
        data_as_of_us: State of the data.
        sentence, sentence_en: What is known, in German and in English.
    """

    evaluation_id: int
    reference: str
    project_id: int | None
    solution_root: str
    title: str
    sentence: str
    theta: float
    low: float | None
    high: float | None
    good_is_up: bool
    evidence_class: int
    law: dict[str, Any]
    data_as_of_us: int
    sentence_en: str = ""


@dataclass(frozen=True)
class DecisionRecorded(Event):
    """A body decided; the estimate decided on is frozen."""

    evaluation_id: int
    decision: str
    follows_proposal: bool
    solution_root: str
    decided_on: str
