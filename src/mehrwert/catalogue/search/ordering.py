"""Orders of a list other than by words: measured, used by others, fresh."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mehrwert.catalogue.search.documents import Order
from mehrwert.catalogue.search.index import Entry, Floats

UNMEASURED = -1
Ranks = NDArray[np.int64]


class Orders:
    """Places of all documents in each order, worked out once; the lowest comes first.

    Args:
        entries: Documents by name, then id: where nothing else tells two apart, they stay so.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        measured = _column(_measured(entry.facets) for entry in entries)
        declared = _column(_most(entry.facets, "declared_use") for entry in entries)
        documented = _column(_most(entry.facets, "documented_reuse") for entry in entries)
        care = np.array([e.freshness * e.completeness for e in entries], dtype=float)
        fresh = np.array([entry.freshness for entry in entries], dtype=float)
        self._ranks: dict[Order, Ranks] = {
            Order.BEST: _ranks(measured, declared, documented, care),
            Order.EVIDENCE: _ranks(measured),
            Order.REUSE: _ranks(declared, documented),
            Order.FRESH: _ranks(fresh),
            Order.NAME: np.arange(len(entries)),
        }

    def sort(self, rows: Ranks, scores: Floats, order: Order, *, has_words: bool) -> Ranks:
        """Return rows in an order; among equals the better match of the words comes first."""
        if order is Order.BEST and has_words:
            return rows[np.argsort(-scores[rows], kind="stable")]
        ranks = self._ranks[order]
        return rows[np.lexsort((-scores[rows], ranks[rows]))]


def _column(values: Iterable[int]) -> NDArray[np.float64]:
    return np.array(list(values), dtype=float)


def _ranks(*columns: NDArray[np.float64]) -> Ranks:
    """Return the place of each row by some columns, the first first, high values first.

    Rows with the same values share a place.
    """
    if not columns[0].size:
        return np.array([], dtype=np.int64)
    table = -np.column_stack(columns)
    return np.unique(table, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _measured(facets: Mapping[str, tuple[str, ...]]) -> int:
    values = facets.get("evidence") or ()
    return int(values[0]) if values else UNMEASURED


def _most(facets: Mapping[str, tuple[str, ...]], name: str) -> int:
    """Return the highest step reached over all size classes, 0 for none."""
    return max((int(value) for value in facets.get(name) or () if value.isdecimal()), default=0)
