"""Typing errors: the nearest known word for one that is nowhere."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mehrwert.catalogue.search.lexicon import Lexicon, hand_written_words
from mehrwert.catalogue.search.words import fold

_LEAST_LETTERS, _LONG = 4, 8
_LEAST_LETTERS_TO_MEND = 6


def allowed_distance(letters: int) -> int:
    """Return how many letters may be wrong, missing, too many or swapped."""
    if letters < _LEAST_LETTERS:
        return 0
    return 1 if letters < _LONG else 2


class Speller:
    """Corrects folded words towards the words of the solutions, synonyms, tasks and the lexicon."""

    def __init__(self, vocabulary: Iterable[str], lexicon: Lexicon) -> None:
        self._shown: dict[str, str] = {}
        for word in sorted(vocabulary):
            self._shown.setdefault(fold(word), word)
        self._whole = sorted(word for word in self._shown if len(word) >= _LEAST_LETTERS)
        self._parts: dict[str, str] = {}
        for word in hand_written_words():
            if len(word) > _LEAST_LETTERS:
                self._parts.setdefault(fold(word), word)
        self._lexicon = lexicon

    def knows(self, word: str) -> bool:
        """Return whether a folded word is one of the vocabulary."""
        return word in self._shown

    def correct(self, word: str) -> str | None:
        """Return the nearest word as it is written, or a compound with one part mended."""
        if not word.replace("-", "").isalpha():
            return None
        best = _nearest(word, self._whole)
        if best is not None:
            return self._shown[best]
        return self._mended_compound(word)

    def _mended_compound(self, word: str) -> str | None:
        for end in range(len(word) - _LEAST_LETTERS, _LEAST_LETTERS - 1, -1):
            first, rest = word[:end], word[end:]
            if self._lexicon.is_known(first):
                better = self._mended_part(rest)
                if better is not None:
                    return self._parts.get(first, first.capitalize()) + self._parts[better].lower()
            if self._lexicon.is_known(rest):
                better = self._mended_part(first)
                if better is not None:
                    return self._parts[better] + self._parts.get(rest, rest).lower()
        return None

    def _mended_part(self, part: str) -> str | None:
        return _nearest(part, self._parts) if len(part) >= _LEAST_LETTERS_TO_MEND else None


def _nearest(word: str, candidates: Iterable[str]) -> str | None:
    most = allowed_distance(len(word))
    if most == 0:
        return None
    found = process.extract(
        word, list(candidates), scorer=OSA.distance, score_cutoff=most, limit=20, processor=None
    )
    if not found:
        return None
    return min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], -len(hit[0]), hit[0]))[0]
