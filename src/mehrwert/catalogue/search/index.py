"""The index in memory: which word stands where, and BM25 over it in numpy.

Every document is a list of words per field; what a word means (its stem, its parts) is worked out
once per distinct word. A word counts in a document by the sum over the fields of
``weight · tf / (1 - b + b · length / mean length)`` (BM25F).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mehrwert.catalogue.search.documents import FIELDS
from mehrwert.catalogue.search.lexicon import filler_words, lexicon_of
from mehrwert.catalogue.search.words import fold

FIELD_WEIGHTS: Mapping[str, float] = {
    "name": 8.0,
    "short_description": 5.0,
    "problem": 5.0,
    "tasks": 5.0,
    "fields_of_action": 3.0,
    "technologies": 3.0,
    "features": 3.0,
    "municipalities": 2.0,
    "description": 2.0,
    "lessons": 1.0,
}
PART, SYNONYM, TYPO = 0.6, 0.7, 0.5
_LEAST_LETTERS_INSIDE, _MOST_LONGER = 5, 20
_B = 0.4
_K1 = 5.0
_PLACES = FIELDS.index("municipalities")

Floats = NDArray[np.float64]
Pool = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as it is kept: words as typed (``with_pairs``) per field of ``FIELDS``."""

    id: int
    slug: str
    words: tuple[tuple[str, ...], ...]
    facets: Mapping[str, tuple[str, ...]]
    freshness: float
    completeness: float
    sort_name: str


class Postings:
    """For every key the words that carry it, for every word the documents and its weight there."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.size = len(entries)
        corpus = {word for entry in entries for words in entry.words for word in words}
        self.lexicon = lexicon_of(corpus, _place_names(entries))
        ids = {word: number for number, word in enumerate(sorted(corpus))}
        self._fill(entries, ids)
        self.words = list(ids)
        self._by_key: dict[str, list[tuple[int, float]]] = defaultdict(list)
        filler = filler_words()
        self._folded: list[str] = []
        for number, word in enumerate(self.words):
            folded = fold(word)
            if folded in filler:
                continue
            self._folded.append(folded)
            analysis = self.lexicon.analyse(folded)
            place = self.lexicon.place_key(folded)
            if place and word[:1].isupper():
                self._by_key[place].append((number, 1.0))
                continue
            self._by_key[analysis.whole].append((number, 1.0))
            for key in {*analysis.atoms, *analysis.spans} - {analysis.whole}:
                self._by_key[key].append((number, PART))

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def keys_containing(self, letters: str) -> tuple[str, ...]:
        """Return the keys of the words that have some letters in them, five or more."""
        if len(letters) < _LEAST_LETTERS_INSIDE:
            return ()
        longer = [word for word in self._folded if letters in word]
        return tuple({self.lexicon.analyse(word).whole: None for word in longer[:_MOST_LONGER]})

    def score(self, pool: Pool) -> Floats:
        """Return BM25 of every document for keys that mean the same.

        Hits of several keys add up like independent chances, each weighed by its factor; how rare
        the keys are is judged together.
        """
        factors: dict[int, float] = {}
        for key, factor in pool.items():
            for word, share in self._by_key.get(key, ()):
                factors[word] = max(factors.get(word, 0.0), factor * share)
        missed = np.ones(self.size)
        for factor in sorted(set(factors.values())):
            weight = np.zeros(self.size)
            for word, own in factors.items():
                if own == factor:
                    span = slice(self._starts[word], self._starts[word + 1])
                    weight[self._documents[span]] += self._weights[span]
            missed *= 1.0 - factor * weight / (_K1 + weight)
        found = np.count_nonzero(missed < 1.0)
        rarity: float = np.log1p((self.size - found + 0.5) / (found + 0.5))
        return (1.0 - missed) * (rarity * (1.0 + _K1))

    def _fill(self, entries: Sequence[Entry], ids: dict[str, int]) -> None:
        flat: list[int] = []
        shortened = {word for word in ids if word[-1] == "-"}
        lengths = np.zeros((self.size, len(FIELDS)), dtype=np.int64)
        for row, entry in enumerate(entries):
            for column, typed in enumerate(entry.words):
                words = typed
                lengths[row, column] = len(words)
                if not shortened.isdisjoint(words):
                    words = self.lexicon.completed(words)
                    for word in words:
                        ids.setdefault(word, len(ids))
                flat.extend(map(ids.__getitem__, words))
        used = (lengths > 0).sum(axis=0)
        mean = lengths.sum(axis=0) / np.maximum(used, 1)
        norm = 1.0 - _B + _B * lengths / np.maximum(mean, 1.0)
        share = np.array([FIELD_WEIGHTS[name] for name in FIELDS]) / norm
        cells = np.repeat(np.arange(lengths.size), lengths.ravel())
        spots = np.array(flat, dtype=np.int64) * max(self.size, 1) + cells // len(FIELDS)
        distinct, where = np.unique(spots, return_inverse=True)
        self._weights = np.bincount(where, weights=share.ravel()[cells], minlength=distinct.size)
        self._documents = distinct % max(self.size, 1)
        self._starts = np.searchsorted(distinct // max(self.size, 1), np.arange(len(ids) + 1))


def _place_names(entries: Sequence[Entry]) -> set[str]:
    return {
        piece
        for entry in entries
        for word in entry.words[_PLACES]
        for piece in fold(word).split("-")
        if word[:1].isupper()
    }
