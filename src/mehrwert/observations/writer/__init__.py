"""The writer: group commit. One thread owns the one connection that writes.

Requests wait in a bounded queue; all that wait are written in one transaction and answered after
its commit (fsync). If a group fails, each of its requests is repeated alone, so that one bad
request fails alone. Changes of metadata run through the same thread as work of their own.
"""

from .registry import WriterService, get_writer, stop_writers
from .requests import Request, write_batches
from .thread import GROUP_ROWS, ObservationWriter

__all__ = [
    "GROUP_ROWS",
    "ObservationWriter",
    "Request",
    "WriterService",
    "get_writer",
    "stop_writers",
    "write_batches",
]
