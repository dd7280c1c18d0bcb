"""Solutions, their versions and sources, who uses them, what they cost."""

from .lists import ListImport, ListImportRow
from .looks import SecondLook
from .records import Adoption, CostRecord, LinkCheck, SolutionLink, SolutionSource
from .saved import SavedSearch
from .search import MissedSearch, SearchEntry, SearchState
from .solution import Solution, SolutionVersion

__all__ = [
    "Adoption",
    "CostRecord",
    "LinkCheck",
    "ListImport",
    "ListImportRow",
    "MissedSearch",
    "SavedSearch",
    "SearchEntry",
    "SearchState",
    "SecondLook",
    "Solution",
    "SolutionLink",
    "SolutionSource",
    "SolutionVersion",
]
