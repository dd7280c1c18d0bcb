"""Input of the pages: shape only."""

from .house_templates import HouseTemplateForm
from .judging import (
    DecisionForm,
    LegalForm,
    MoneyForm,
    ReflectionForm,
    ResultForm,
    VoiceForm,
    WithdrawalForm,
)
from .plan import MonthField, PlanForm

__all__ = [
    "DecisionForm",
    "HouseTemplateForm",
    "LegalForm",
    "MoneyForm",
    "MonthField",
    "PlanForm",
    "ReflectionForm",
    "ResultForm",
    "VoiceForm",
    "WithdrawalForm",
]
