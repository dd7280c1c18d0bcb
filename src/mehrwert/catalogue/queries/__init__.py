"""Everything that reads the catalogue."""

from .documents import FACETS, build_documents
from .missed import MissedText, list_missed_searches
from .places import place_of, read_places

__all__ = [
    "FACETS",
    "MissedText",
    "build_documents",
    "list_missed_searches",
    "place_of",
    "read_places",
]
