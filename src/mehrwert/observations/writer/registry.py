"""The writer of the store in use, and its life in the process."""

import threading

from mehrwert.observations.stores import get_store

from .thread import ObservationWriter

_lock = threading.Lock()
_writers: dict[int, ObservationWriter] = {}


def get_writer() -> ObservationWriter:
    """Return the writer of the store in use."""
    store = get_store()
    writer = _writers.get(id(store))
    if writer is None or writer._stopping:
        with _lock:
            writer = _writers.get(id(store))
            if writer is None or writer._stopping:
                writer = ObservationWriter(store)
                _writers[id(store)] = writer
    return writer


def stop_writers() -> None:
    """Stop every writer of this process; the next write starts a new one."""
    with _lock:
        writers = list(_writers.values())
        _writers.clear()
    for writer in writers:
        writer.stop()


class WriterService:
    """The writer as a service of the process: connects at start, stops within 5 s."""

    def start(self) -> None:
        """Connect, so that a second process fails at start and not at its first write."""
        get_writer().open()

    def stop(self) -> None:
        """Write what is queued and close."""
        stop_writers()
