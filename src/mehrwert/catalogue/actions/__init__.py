"""Everything that changes something in the catalogue."""

from .bundle import ImportReport, import_bundled

__all__ = ["ImportReport", "import_bundled"]
