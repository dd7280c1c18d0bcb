"""Everything that changes something in the catalogue."""

from .bundle import ImportReport, import_bundled
from .indexing import fill_search_index

__all__ = ["ImportReport", "fill_search_index", "import_bundled"]
