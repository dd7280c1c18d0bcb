"""Between assessments and pages: words, bars, addresses."""

from .common import address
from .groups import (
    DifferenceShown,
    show_alike,
    show_differences,
    show_fields,
    show_project_phase,
    trait_labels,
)
from .scores import label_of, show_line, show_scores, show_shortly, show_stored_scores
from .tensions import show_tension_lines

__all__ = [
    "DifferenceShown",
    "address",
    "label_of",
    "show_alike",
    "show_differences",
    "show_fields",
    "show_line",
    "show_project_phase",
    "show_scores",
    "show_shortly",
    "show_stored_scores",
    "show_tension_lines",
    "trait_labels",
]
