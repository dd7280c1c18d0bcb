"""Everything that changes something in the catalogue."""

from .ageing import age_solutions
from .bundle import ImportReport, import_bundled
from .indexing import fill_search_index
from .missed import note_missed_search

__all__ = [
    "ImportReport",
    "age_solutions",
    "fill_search_index",
    "import_bundled",
    "note_missed_search",
]
