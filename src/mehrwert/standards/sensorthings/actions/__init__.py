"""Writing: checked bodies → one call of the writer each; answers after the commit."""

from mehrwert.observations.actions import note_reads

from .arrays import Arrays, arrange, record_arrays, record_arrays_in
from .common import Tx, in_transaction
from .entities import attach, change_entity, create_entity, delete_entity
from .readings import Recorded, record_one

__all__ = [
    "Arrays",
    "Recorded",
    "Tx",
    "arrange",
    "attach",
    "change_entity",
    "create_entity",
    "delete_entity",
    "in_transaction",
    "note_reads",
    "record_arrays",
    "record_arrays_in",
    "record_one",
]
