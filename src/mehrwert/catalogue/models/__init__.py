"""Solutions, their versions and sources, who uses them, what they cost."""

from .lists import ListImport, ListImportRow
from .records import Adoption, CostRecord, SolutionLink, SolutionSource
from .search import MissedSearch, SearchEntry, SearchState
from .solution import Solution, SolutionVersion

__all__ = [
    "Adoption",
    "CostRecord",
    "ListImport",
    "ListImportRow",
    "MissedSearch",
    "SearchEntry",
    "SearchState",
    "Solution",
    "SolutionLink",
    "SolutionSource",
    "SolutionVersion",
]
