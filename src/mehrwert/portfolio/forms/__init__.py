"""Forms of the room, subject by subject."""

from .adoptions import (
    AdoptionForm,
    EndForm,
    ItemForm,
)
from .costs import (
    CostForm,
    cost_values,
)
from .financing import (
    ConfirmReplacementForm,
    DependencyForm,
    DutyForm,
    FundingDecisionForm,
    FundingForm,
    ProjectDutyForm,
    ReplacementForm,
    ReviewForm,
    SplitForm,
)
from .indicators import (
    FigureForm,
    IndicatorForm,
    ValueForm,
    VersionForm,
    WaiverForm,
)
from .keys import (
    ShareForm,
    share_values,
)
from .logic import ArrowForm, AssumptionForm, StepForm
from .money import (
    MoneyForm,
    money_values,
)
from .projects import EndGateForm, GateDaysForm, GateForm, ProjectForm, StartForm
from .reports import (
    CheckForm,
    CloseForm,
    CorrectionForm,
    DecisionNeededForm,
    EraseForm,
    MeasureForm,
    OutcomeForm,
    ReportForm,
    RiskForm,
)

__all__ = [
    "AdoptionForm",
    "ArrowForm",
    "AssumptionForm",
    "CheckForm",
    "CloseForm",
    "ConfirmReplacementForm",
    "CorrectionForm",
    "CostForm",
    "DecisionNeededForm",
    "DependencyForm",
    "DutyForm",
    "EndForm",
    "EndGateForm",
    "EraseForm",
    "FigureForm",
    "FundingDecisionForm",
    "FundingForm",
    "GateDaysForm",
    "GateForm",
    "IndicatorForm",
    "ItemForm",
    "MeasureForm",
    "MoneyForm",
    "OutcomeForm",
    "ProjectDutyForm",
    "ProjectForm",
    "ReplacementForm",
    "ReportForm",
    "ReviewForm",
    "RiskForm",
    "ShareForm",
    "SplitForm",
    "StartForm",
    "StepForm",
    "ValueForm",
    "VersionForm",
    "WaiverForm",
    "cost_values",
    "money_values",
    "share_values",
]
