"""German compounds into their parts: Baumbewässerung is Baum and Bewässerung.

Works on folded words. A part is a word of the lexicon of at least four letters, or one of its
words of three; between two parts may stand a linking element (Verkehr-s-zählung).
"""

from collections.abc import Iterable

from mehrwert.catalogue.search.stems import stem

_LEAST_LETTERS = 4
_MOST_PARTS, _MOST_LETTERS = 5, 60
_LINKS: tuple[str, ...] = ("es", "ns", "en", "er", "s", "n", "e")
# What a part costs: fewer parts win, then parts that are words as they stand.
_AS_IT_STANDS, _WITH_LINK, _WITHOUT_E, _BY_STEM = 1.0, 1.05, 1.1, 1.2

Split = tuple[float, tuple[str, ...]]


class Splitter:
    """Knows the words that compounds may be made of."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take folded words; those of three letters count as parts only if they are among them."""
        self._words: set[str] = set()
        self._stems: set[str] = set()
        self._firsts: dict[str, Split] = {}
        for word in words:
            if len(word) > 2:
                self.add(word)

    def knows(self, word: str) -> bool:
        """Return whether a word is in the lexicon in any of its forms."""
        return word in self._words or stem(word) in self._stems

    def add(self, word: str) -> None:
        """Take a word as a part; one of three letters only as it stands or with a link."""
        key = stem(word)
        self._words.add(word)
        self._offer(word, _AS_IT_STANDS, key)
        for link in _LINKS:
            self._offer(word + link, _WITH_LINK, key)
        if len(word) < _LEAST_LETTERS:
            return
        self._stems.add(key)
        if len(key) >= _LEAST_LETTERS:
            self._offer(key, _BY_STEM, key)
        if word[-1] == "e" and len(word) > _LEAST_LETTERS:
            self._offer(word[:-1], _WITHOUT_E, key)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts, at least two, or nothing if the word is no compound."""
        if word in self._words or not 6 <= len(word) <= _MOST_LETTERS or not word.isalpha():
            return ()
        best = self._best(word, _MOST_PARTS, {})
        return best[1] if best and len(best[1]) > 1 else ()

    def known_ends(self, word: str) -> tuple[str, ...]:
        """Return the stems of the longest known first and last part of an unknown word."""
        sizes = range(len(word) - 2, _LEAST_LETTERS - 1, -1)
        firsts = (self._firsts[word[:size]][1][0] for size in sizes if word[:size] in self._firsts)
        lasts = (stem(word[-size:]) for size in sizes if self._cost_of_last(word[-size:]))
        ends = (next(firsts, ""), next(lasts, ""))
        return tuple(dict.fromkeys(end for end in ends if end))

    def _best(
        self, word: str, most: int, seen: dict[tuple[str, int], Split | None]
    ) -> Split | None:
        if (word, most) in seen:
            return seen[word, most]
        last = self._cost_of_last(word)
        best: Split | None = (last, (stem(word),)) if last else None
        if most > 1:
            for end in range(3, len(word) - 2):
                first = self._firsts.get(word[:end])
                rest = self._best(word[end:], most - 1, seen) if first else None
                if first and rest and (best is None or first[0] + rest[0] < best[0]):
                    best = (first[0] + rest[0], first[1] + rest[1])
        seen[word, most] = best
        return best

    def _cost_of_last(self, word: str) -> float:
        if word in self._words:
            return _AS_IT_STANDS
        if len(word) >= _LEAST_LETTERS and word[-1] != "t" and stem(word) in self._stems:
            return _WITH_LINK
        return 0.0

    def _offer(self, form: str, cost: float, key: str) -> None:
        known = self._firsts.get(form)
        if known is None or cost < known[0]:
            self._firsts[form] = (cost, (key,))
