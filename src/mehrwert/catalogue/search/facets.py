"""Facets: values to narrow a list by, with the exact length of the list after a click."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

NOT_STATED = ""

Mask = NDArray[np.bool_]
Filters = Mapping[str, frozenset[str]]
Counts = dict[str, dict[str, int]]


class _Facet:
    """The values of all documents in one facet, "not stated" among them, as pairs of numbers."""

    def __init__(self, values: Sequence[tuple[str, ...]]) -> None:
        named = [tuple(dict.fromkeys(own)) or (NOT_STATED,) for own in values]
        self.values = sorted({value for own in named for value in own})
        codes = {value: code for code, value in enumerate(self.values)}
        self._rows = np.repeat(np.arange(len(named)), [len(own) for own in named])
        self._codes = np.array([codes[v] for own in named for v in own], dtype=np.int64)
        self._size = len(named)

    def having(self, wanted: frozenset[str]) -> Mask:
        """Return which documents have one of the values."""
        chosen = np.array([value in wanted for value in self.values], dtype=bool)
        mask = np.zeros(self._size, dtype=bool)
        if chosen.any():
            mask[self._rows[chosen[self._codes]]] = True
        return mask

    def count(self, among: Mask) -> list[int]:
        """Return for every value how many of some documents have it."""
        held = self._codes[among[self._rows]]
        return [int(n) for n in np.bincount(held, minlength=len(self.values))]


class FacetTable:
    """The facets of all documents: OR inside a facet, AND across facets."""

    def __init__(self, documents: Sequence[Mapping[str, tuple[str, ...]]]) -> None:
        names = sorted({name for facets in documents for name in facets})
        self._facets = {name: _Facet([f.get(name, ()) for f in documents]) for name in names}
        self._size = len(documents)

    def narrow(self, matching: Mask, filters: Filters) -> tuple[Mask, Counts, Counts]:
        """Return the documents left by the filters, and how long the list is after each click.

        The first counts are for values that are added to those chosen in their facet; of a chosen
        one that is the list as it is. The second are for chosen values that are taken away.
        """
        chosen = {name: wanted for name, wanted in filters.items() if wanted}
        masks = {
            name: self._facets[name].having(wanted)
            if name in self._facets
            else np.full(self._size, NOT_STATED in wanted)
            for name, wanted in chosen.items()
        }
        left = matching
        for mask in masks.values():
            left = left & mask
        counts: Counts = {}
        lifted: Counts = {}
        for name, facet in self._facets.items():
            others = matching
            for other, mask in masks.items():
                if other != name:
                    others = others & mask
            base, fresh = 0, others
            if name in masks:
                lifted[name] = {
                    value: self._length(name, others, chosen[name] - {value})
                    for value in chosen[name]
                }
                base, fresh = int(np.count_nonzero(left)), others & ~masks[name]
            values = zip(facet.values, facet.count(fresh), strict=True)
            counts[name] = {value: base + number for value, number in values}
        return left, counts, lifted

    def _length(self, name: str, among: Mask, wanted: frozenset[str]) -> int:
        """Return how many of some documents have a wanted value; all where none is wanted."""
        kept = among & self._facets[name].having(wanted) if wanted else among
        return int(np.count_nonzero(kept))
