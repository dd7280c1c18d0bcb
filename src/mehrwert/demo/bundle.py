"""The bundled counts of Münster: how their compact form is written and read. Plain Python.

Each station is a grid of counts: one row per channel, the station's total first, one column per
quarter hour of *local* time. A total is stored as its difference to the sum of the channels, which
is nearly always zero. All rows follow each other as one plane of low bytes and one of high bytes.
"""

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parent / "data" / "muenster"
STEP = np.timedelta64(15, "m")
ABSENT = -1
_NO_TOTAL = -32_768

Grid = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Part:
    """A time span of all stations; ``grids`` are in the order of the index.

    ``times`` are local quarter hours without zone, one per column of the grids.
    """

    times: NDArray[np.datetime64]
    grids: Sequence[Grid]


class Grids(Sequence[Grid]):
    """Decodes what ``encode`` made, one station at a time: all at once would take 80 MB."""

    def __init__(self, data: bytes, rows_per_grid: Sequence[int]) -> None:
        self._ends = [int(end) for end in np.cumsum(rows_per_grid)]
        self._planes = np.frombuffer(data, np.uint8).reshape(2, self._ends[-1], -1)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        low, high = self._planes[:, self._ends[index - 1] if index else 0 : self._ends[index]]
        words = low | high.astype(np.uint16) << 8
        grid = words.view(np.int16).astype(np.int32) - 1
        parts = np.where(grid[1:] == ABSENT, 0, grid[1:]).sum(axis=0)
        grid[0] = np.where(grid[0] == _NO_TOTAL, ABSENT, grid[0] + parts)
        return grid


def encode(grids: Sequence[Grid]) -> bytes:
    """Return the grids of all stations as two planes of bytes, ready to be compressed."""
    rows = []
    for grid in grids:
        stored = grid.copy()
        parts = np.where(grid[1:] == ABSENT, 0, grid[1:]).sum(axis=0)
        stored[0] = np.where(grid[0] == ABSENT, _NO_TOTAL, grid[0] - parts)
        rows.append(stored)
    words = (np.concatenate(rows) + 1).astype(np.int16).view(np.uint16)
    return (words & 255).astype(np.uint8).tobytes() + (words >> 8).astype(np.uint8).tobytes()


@cache
def index() -> dict[str, Any]:
    """Return stations, series and time spans of the bundle."""
    found: dict[str, Any] = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    return found


def read_part(name: str) -> Part:
    """Return the part ``newest`` (35 days) or ``older`` (the rest of the two years)."""
    about = next(part for part in index()["parts"] if part["name"] == name)
    start = np.datetime64(about["start"])
    data = lzma.decompress((FOLDER / f"{name}.xz").read_bytes())
    rows = [len(station["series"]) for station in index()["stations"]]
    return Part(start + STEP * np.arange(about["slots"]), Grids(data, rows))
