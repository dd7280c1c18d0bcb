"""Readings on their way to the server: arrays as text, large blocks in COPY's binary form."""

import struct
from collections.abc import Iterable
from typing import Any

import numpy as np

from mehrwert.observations.stores.base import ColumnBlock

_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_TRAILER = struct.pack("!h", -1)
_NULL = -1
# columns of COPY in order, with their types in network order
_COPIED = (
    ("datastream_id", ">i4"),
    ("time", ">i8"),
    ("seq", ">i4"),
    ("result", ">f8"),
    ("duration", ">i8"),
    ("feature_id", ">i4"),
    ("quality", ">i2"),
)
COPY_BLOCK = f"COPY obs_observation ({','.join(n for n, _ in _COPIED)}) FROM STDIN (FORMAT BINARY)"


def array_text(numbers: Iterable[Any]) -> str:
    """Return numbers and None as PostgreSQL writes an array."""
    return "{" + ",".join(map(str, numbers)).replace("None", "NULL") + "}"


def block_bytes(block: ColumnBlock) -> bytes:
    """Return a block as COPY wants it: per row the number of columns, then length and value each.

    A column is there in all rows or in none, so all rows have the same length and numpy can
    write them.
    """
    columns = {
        "datastream_id": block.datastream_id,
        "time": block.times,
        "seq": np.arange(block.first_seq, block.first_seq + block.n),
        "result": block.results,
        "duration": block.durations,
        "feature_id": block.feature_id,
        "quality": 0 if block.qualities is None else block.qualities,
    }
    fields: list[tuple[str, str]] = [("columns", ">i2")]
    for name, kind in _COPIED:
        fields.append((f"{name}_length", ">i4"))
        if columns[name] is not None:
            fields.append((name, kind))
    rows = np.empty(block.n, dtype=np.dtype(fields))
    rows["columns"] = len(_COPIED)
    for name, kind in _COPIED:
        value = columns[name]
        rows[f"{name}_length"] = _NULL if value is None else np.dtype(kind).itemsize
        if value is not None:
            rows[name] = value
    return b"".join((_HEADER, rows.tobytes(), _TRAILER))
