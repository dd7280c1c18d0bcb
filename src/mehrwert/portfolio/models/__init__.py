"""Tables of the room, subject by subject."""

from .adoptions import (
    AdoptionEvent,
    ChecklistItem,
    DeclaredAdoption,
)
from .financing import (
    Dependency,
    Funding,
    Replacement,
)
from .indicators import (
    Baseline,
    DashboardFigure,
    Indicator,
    IndicatorValue,
    IndicatorVersion,
)
from .projects import (
    Gate,
    Project,
)
from .reports import (
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
    "Countermeasure",
    "CountermeasureCheck",
    "DashboardFigure",
    "DeclaredAdoption",
    "Dependency",
    "Funding",
    "Gate",
    "Indicator",
    "IndicatorValue",
    "IndicatorVersion",
    "NeededDecision",
    "Project",
    "Replacement",
    "Report",
    "ReportCorrection",
    "Risk",
]
