"""Solutions, their versions and sources, who uses them, what they cost."""

from .records import Adoption, CostRecord, SolutionLink, SolutionSource
from .solution import Solution, SolutionVersion

__all__ = [
    "Adoption",
    "CostRecord",
    "Solution",
    "SolutionLink",
    "SolutionSource",
    "SolutionVersion",
]
