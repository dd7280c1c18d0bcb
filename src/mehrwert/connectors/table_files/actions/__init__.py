"""Everything that changes something in the room."""

from mehrwert.base.tables.reading import Chunk
from mehrwert.connectors.table_files.rules.description import (
    ImportDescription,
    Station,
    load_description,
    read_stations,
)
from mehrwert.connectors.table_files.rules.plan import Window

from .folder import (
    FolderSource,
    ImportResult,
    Progress,
    Resume,
    Source,
    import_described,
    run_folder_job,
    start_folder_job,
)
from .steps import (
    answer_clock_change,
    cancel,
    check,
    start_check,
    start_store,
    start_undo,
    store,
    undo,
)
from .upload import clear_old_files, discard, receive_upload, set_columns, set_format
from .workbooks import set_sheet

__all__ = [
    "Chunk",
    "FolderSource",
    "ImportDescription",
    "ImportResult",
    "Progress",
    "Resume",
    "Source",
    "Station",
    "Window",
    "answer_clock_change",
    "cancel",
    "check",
    "clear_old_files",
    "discard",
    "import_described",
    "load_description",
    "read_stations",
    "receive_upload",
    "run_folder_job",
    "set_columns",
    "set_format",
    "set_sheet",
    "start_check",
    "start_folder_job",
    "start_store",
    "start_undo",
    "store",
    "undo",
]
