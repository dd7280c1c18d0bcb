"""Everything that changes something in the room."""

from mehrwert.connectors.table_files.rules.description import ImportDescription, load_description
from mehrwert.connectors.table_files.rules.plan import Window

from .folder import FolderSource, ImportResult, Progress, Resume, import_described, list_stations

__all__ = [
    "FolderSource",
    "ImportDescription",
    "ImportResult",
    "Progress",
    "Resume",
    "Window",
    "import_described",
    "list_stations",
    "load_description",
]
