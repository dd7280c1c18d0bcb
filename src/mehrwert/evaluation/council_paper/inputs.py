"""What people type for one paper; stored as JSON, money as text. All else comes from the data."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from mehrwert.evaluation.council_paper.facts import (
    Amount,
    Consultation,
    DecisionKey,
    Finance,
    Review,
)
from mehrwert.evaluation.council_paper.profile import DEFAULT, NoteKey


class PaperInput(msgspec.Struct, frozen=True, kw_only=True):
    """Everything typed; a new paper has only its day.

    Args:
        created: Day of the paper.
        profile: Key of the house profile.
        decision: What is put before the body; ``None`` follows the table.
        joint_yearly: What it costs a year in shared operation.
        nothing: What happens if nothing is done, in words.
        smallest_measurement: Overrides the one that is proposed.
    """

    created: date
    profile: str = DEFAULT
    number: str = ""
    kind: Literal["decision", "report", "inquiry"] = "decision"
    is_public: bool = True
    lead: str = ""
    involved: tuple[str, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    decision: DecisionKey | None = None
    override_reason: str = ""
    until: date | None = None
    partners: str = ""
    adaptation: str = ""
    data_handover: str = ""
    review: Review = Review()
    texts: dict[str, str] = {}
    notes: dict[NoteKey, str] = {}
    finance: Finance = Finance()
    joint_yearly: Amount = None
    joint_per_inhabitant: Amount = None
    nothing: str = ""
    objections: tuple[str, ...] = ()
    smallest_measurement: str = ""
    annexes: tuple[str, ...] = ()
    cosigned: tuple[str, ...] = ()


class FinanceInput(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a paper that whoever answers for money may change."""

    finance: Finance
    joint_yearly: Amount = None
    joint_per_inhabitant: Amount = None


def to_json(given: PaperInput) -> dict[str, Any]:
    """Return plain JSON values."""
    stored: dict[str, Any] = msgspec.to_builtins(given)
    return stored


def from_json(stored: dict[str, Any]) -> PaperInput:
    """Return what was typed.

    Raises:
        msgspec.ValidationError: It was not stored by ``to_json``.
    """
    return msgspec.convert(stored, PaperInput)


def as_amount(value: Any) -> Amount:
    """Return a number as euros with cents, ``None`` for nothing."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))
