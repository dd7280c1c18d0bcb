"""The search over one state of the documents: reading, ranking, facets, one page of hits."""

from collections.abc import Sequence

import numpy as np

from mehrwert.catalogue.search.documents import Hit, SearchRequest, SearchResult, TaskHint
from mehrwert.catalogue.search.facets import FacetTable
from mehrwert.catalogue.search.index import Entry, Floats, Postings
from mehrwert.catalogue.search.ordering import Orders
from mehrwert.catalogue.search.reading import Query, Reader

_NEAREST_TASKS = 4
# Below this share of the best text score a document only shares a side part of a word.
_LEAST_SHARE = 0.02


class Index:
    """Everything needed to answer requests; never changes, a new state is a new index."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: (entry.sort_name, entry.id))
        self._postings = Postings(self._entries)
        self._reader = Reader(self._postings)
        self._facets = FacetTable([entry.facets for entry in self._entries])
        self._orders = Orders(self._entries)
        self._care = np.array([e.freshness * e.completeness for e in self._entries], dtype=float)

    def knows(self, word: str) -> bool:
        """Return whether a word, or each of its parts, stands in a document or in the lexicon."""
        return self._reader.knows(word)

    def search(self, request: SearchRequest) -> SearchResult:
        """Return the wanted page of hits, the counts of all facets and how the text was read."""
        query = self._reader.read(request.text, literal=request.literal, without=request.without)
        scores, per_group = self._scores(query)
        has_text = bool(request.text.strip())
        matching = scores > 0 if has_text else np.ones(len(self._entries), dtype=bool)
        wanted, counts, lifted = self._facets.narrow(matching, request.filters)
        rows = np.flatnonzero(wanted)
        rows = self._orders.sort(rows, scores, request.order, has_words=has_text)
        page = rows[request.offset : request.offset + request.limit]
        hits = tuple(self._hit(int(row), scores, query, per_group) for row in page)
        nearest: tuple[TaskHint, ...] = ()
        if has_text and not matching.any():
            nearest = self._reader.nearest_tasks(request.text, _NEAREST_TASKS)
        return SearchResult(int(rows.size), hits, counts, query.reading, nearest, lifted)

    def _scores(self, query: Query) -> tuple[Floats, list[Floats]]:
        """Return the score of every document and what each group of the query gives to it.

        A document that has only a part of the query counts by that share as well.
        """
        per_group = [self._postings.score(group.pool) * group.weight for group in query.groups]
        text, reached = np.zeros(len(self._entries)), np.zeros(len(self._entries))
        most = 0.0
        for score in per_group:
            best = float(score.max(initial=0.0))
            text += score
            reached += best * (score > 0)
            most += best
        if most > 0:
            text *= reached / most
            text[text < _LEAST_SHARE * text.max()] = 0.0
        return np.round(text * self._care, 9), per_group

    def _hit(self, row: int, scores: Floats, query: Query, per_group: Sequence[Floats]) -> Hit:
        entry = self._entries[row]
        matched = dict.fromkeys(
            group.label
            for group, score in zip(query.groups, per_group, strict=True)
            if score[row] > 0
        )
        return Hit(entry.id, entry.slug, float(scores[row]), tuple(matched))
