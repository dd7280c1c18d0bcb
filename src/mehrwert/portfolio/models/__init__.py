"""Tables of the room, subject by subject."""

from .adoptions import (
    AdoptionEvent,
    ChecklistItem,
    DeclaredAdoption,
)
from .costs import (
    CostLine,
    CostSheet,
)
from .duties import (
    Duty,
    ProjectDuty,
)
from .financing import (
    Dependency,
    Funding,
    Replacement,
    SpatialSplit,
)
from .indicators import (
    Baseline,
    DashboardFigure,
    Indicator,
    IndicatorValue,
    IndicatorVersion,
)
from .logic import (
    LogicArrow,
    LogicStep,
)
from .money import (
    CostShare,
    MeasuredEffect,
    MoneyPlan,
    SharePartner,
)
from .projects import (
    Gate,
    Project,
)
from .reports import (
    DecisionUse,
    NeededDecision,
    Report,
    ReportCorrection,
)
from .risks import (
    Countermeasure,
    CountermeasureCheck,
    Risk,
)

__all__ = [
    "AdoptionEvent",
    "Baseline",
    "ChecklistItem",
    "CostLine",
    "CostShare",
    "CostSheet",
    "Countermeasure",
    "CountermeasureCheck",
    "DashboardFigure",
    "DecisionUse",
    "DeclaredAdoption",
    "Dependency",
    "Duty",
    "Funding",
    "Gate",
    "Indicator",
    "IndicatorValue",
    "IndicatorVersion",
    "LogicArrow",
    "LogicStep",
    "MeasuredEffect",
    "MoneyPlan",
    "NeededDecision",
    "Project",
    "ProjectDuty",
    "Replacement",
    "Report",
    "ReportCorrection",
    "Risk",
    "SharePartner",
    "SpatialSplit",
]
