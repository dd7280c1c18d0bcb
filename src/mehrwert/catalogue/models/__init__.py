"""Solutions, their versions and sources, who uses them, what they cost."""

from .records import Adoption, CostRecord, SolutionLink, SolutionSource
from .search import MissedSearch, SearchEntry, SearchState
from .solution import Solution, SolutionVersion

__all__ = [
    "Adoption",
    "CostRecord",
    "MissedSearch",
    "SearchEntry",
    "SearchState",
    "Solution",
    "SolutionLink",
    "SolutionSource",
    "SolutionVersion",
]
