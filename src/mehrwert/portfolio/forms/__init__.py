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
from .indicators import (
    DependencyForm,
    FigureForm,
    FundingDecisionForm,
    FundingForm,
    IndicatorForm,
    ReplacementForm,
    ValueForm,
    VersionForm,
    WaiverForm,
)
from .keys import (
    ShareForm,
    share_values,
)
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
    MeasureForm,
    OutcomeForm,
    ReportForm,
    RiskForm,
)

__all__ = [
    "AdoptionForm",
    "CheckForm",
    "CloseForm",
    "CorrectionForm",
    "CostForm",
    "DecisionNeededForm",
    "DependencyForm",
    "EndForm",
    "EndGateForm",
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
    "ProjectForm",
    "ReplacementForm",
    "ReportForm",
    "RiskForm",
    "ShareForm",
    "StartForm",
    "ValueForm",
    "VersionForm",
    "WaiverForm",
    "cost_values",
    "money_values",
    "share_values",
]
