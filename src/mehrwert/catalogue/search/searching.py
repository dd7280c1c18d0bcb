"""The search over one state of the documents: reading, ranking, facets, one page of hits."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mehrwert.catalogue.search.documents import Hit, SearchRequest, SearchResult
from mehrwert.catalogue.search.facets import FacetTable
from mehrwert.catalogue.search.index import Entry, Floats, Postings
from mehrwert.catalogue.search.reading import Query, Reader
from mehrwert.catalogue.search.words import fold

_COVERAGE = 0.5
_NEAREST_TASKS = 4


class Index:
    """Everything needed to answer requests; never changes, a new state is a new index."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: (fold(entry.sort_name), entry.id))
        self._postings = Postings(self._entries)
        self._reader = Reader(self._postings)
        self._facets = FacetTable([entry.facets for entry in self._entries])
        self._care = np.array([e.freshness * e.completeness for e in self._entries], dtype=float)

    def search(self, request: SearchRequest) -> SearchResult:
        """Return the wanted page of hits, the counts of all facets and how the text was read."""
        query = self._reader.read(request.text, literal=request.literal)
        scores, per_group = self._scores(query)
        matching = scores > 0 if request.text.strip() else np.ones(len(self._entries), dtype=bool)
        wanted, counts = self._facets.narrow(matching, request.filters)
        rows = np.flatnonzero(wanted)
        rows = rows[np.argsort(-scores[rows], kind="stable")]
        page = rows[request.offset : request.offset + request.limit]
        hits = tuple(self._hit(int(row), scores, query, per_group) for row in page)
        return SearchResult(int(rows.size), hits, counts, query.reading)

    def _scores(self, query: Query) -> tuple[Floats, list[Floats]]:
        per_group = [self._postings.score(group.pool) * group.weight for group in query.groups]
        text = np.zeros(len(self._entries))
        for score in per_group:
            text += score
        return np.round(text * self._care, 9), per_group

    def _hit(self, row: int, scores: Floats, query: Query, per_group: Sequence[Floats]) -> Hit:
        entry = self._entries[row]
        matched = dict.fromkeys(
            group.label
            for group, score in zip(query.groups, per_group, strict=True)
            if score[row] > 0
        )
        return Hit(entry.id, entry.slug, float(scores[row]), tuple(matched))


