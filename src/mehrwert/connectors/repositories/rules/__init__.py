"""What the history of a repository says about its care; never about the use of a solution."""

from .badges import NEEDED, BadgeLevel, level_of
from .figures import Figures, figures_of
from .history import Commit, History, Issue, MergeRequest, Tag, parse_history
from .vitality import Vitality, vitality_of

__all__ = [
    "NEEDED",
    "BadgeLevel",
    "Commit",
    "Figures",
    "History",
    "Issue",
    "MergeRequest",
    "Tag",
    "Vitality",
    "figures_of",
    "level_of",
    "parse_history",
    "vitality_of",
]
