"""Everything that reads the catalogue."""

from .documents import FACETS, build_documents
from .places import place_of, read_places

__all__ = ["FACETS", "build_documents", "place_of", "read_places"]
