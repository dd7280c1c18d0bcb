"""Solutions, their versions and sources, who uses them, what they cost."""

from .lists import ListImport, ListImportRow
from .records import Adoption, CostRecord, SolutionLink, SolutionSource
from .saved import SavedSearch
from .search import MissedSearch, SearchEntry, SearchState
from .solution import Solution, SolutionVersion

__all__ = [
    "Adoption",
    "CostRecord",
    "ListImport",
    "ListImportRow",
    "MissedSearch",
    "SavedSearch",
    "SearchEntry",
    "SearchState",
    "Solution",
    "SolutionLink",
    "SolutionSource",
    "SolutionVersion",
]
