"""Memory that is not needed any more goes back to the system."""

import ctypes
import gc
from contextlib import suppress


def give_memory_back() -> None:
    """Hand freed heap back to the system, where the C library can (glibc).

    A job that worked through millions of values leaves tens of MB that the process would keep.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
