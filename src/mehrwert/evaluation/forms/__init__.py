"""Input of the pages: shape only."""

from .judging import (
    DecisionForm,
    LegalForm,
    MoneyForm,
    ReflectionForm,
    ResultForm,
    WithdrawalForm,
)
from .plan import MonthField, PlanForm

__all__ = [
    "DecisionForm",
    "LegalForm",
    "MoneyForm",
    "MonthField",
    "PlanForm",
    "ReflectionForm",
    "ResultForm",
    "WithdrawalForm",
]
