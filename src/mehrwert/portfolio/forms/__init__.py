"""Forms of the room, subject by subject."""

from .adoptions import (
    AdoptionForm,
    EndForm,
    ItemForm,
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
    "OutcomeForm",
    "ProjectForm",
    "ReplacementForm",
    "ReportForm",
    "RiskForm",
    "StartForm",
    "ValueForm",
    "VersionForm",
    "WaiverForm",
]
