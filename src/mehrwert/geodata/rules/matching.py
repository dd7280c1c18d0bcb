"""Which closure a caller means: tolerant of umlauts, „Str.“, typing and hearing errors.

Each word that is asked for is looked for among the words of an entry. A word of a street counts
more than one of the section, and that more than one of reason and detour.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST = 0.72
LEAST_PART = 3
WEIGHTS = (1.0, 0.9, 0.75)
FAR = 99
FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})
WORD = re.compile(r"[a-z0-9]+")
STREET = re.compile(r"(strasse|str)$")
# what callers say around the name
AROUND = """
ab aber also am an auf aus bei bis bitte da das dem den denn der die dort durch ein eine einer
entlang es fahren frei gar geht gesperrt gesperrte gibt guten hallo heute ich im in ist ja kann
kein keine kommt komme komm man mal mit muss nach nicht noch nun oder offen ob schon sein seit
sind so sperrung strasse str tag um und von vom vor wann warum was weiter welche wem wie wieder
wo wohl zu zum zur zwischen lange morgen eigentlich gerade jetzt ueber
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is looked through: its key, and its texts from the most to the least telling."""

    key: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be meant, 0 to 1."""

    key: int
    likeness: float


def letters_of(text: str) -> list[str]:
    """Return the words of a text, folded: no umlauts, „straße“ and „Str.“ left out of names."""
    folded = text.casefold().translate(FOLDS)
    words = [STREET.sub("", word) or word for word in WORD.findall(folded)]
    return [_single(word) for word in words]


def _single(word: str) -> str:
    """Return a word without doubled letters: nobody hears them."""
    return re.sub(r"([a-z])\1", r"\1", word)


EMPTY_WORDS = frozenset(_single(word) for word in AROUND.split())


def find_entries(asked: str, entries: Iterable[Entry]) -> list[Hit]:
    """Return entries that may be meant, the likeliest first; all words asked must be found.

    Words that only stand around a name are left out. Without any other word nothing is found.
    """
    words = [word for word in letters_of(asked) if word not in EMPTY_WORDS]
    if not words:
        return []
    found = [Hit(one.key, _likeness(words, [letters_of(t) for t in one.texts])) for one in entries]
    hits = [hit for hit in found if hit.likeness >= LEAST]
    return sorted(hits, key=lambda hit: -hit.likeness)


def _likeness(words: Sequence[str], texts: Sequence[Sequence[str]]) -> float:
    """Return how well the words asked are met, the longer ones counting more."""
    total = sum(len(word) for word in words)
    met = sum(len(word) * _best(word, texts) for word in words)
    return met / total


def _best(word: str, texts: Sequence[Sequence[str]]) -> float:
    best = 0.0
    for weight, names in zip(WEIGHTS, texts, strict=False):
        for name in names:
            if weight > best:
                best = max(best, weight * _alike(word, name))
    return best


def _alike(word: str, name: str) -> float:
    if word == name:
        return 1.0
    short, long = sorted((word, name), key=len)
    if len(short) >= LEAST_PART and long.startswith(short):
        return 0.95
    if len(short) >= LEAST_PART and (long.endswith(short)):
        return 0.9
    if len(short) > LEAST_PART and short in long:
        return 0.85
    allowed = max(len(word), len(name)) // 4
    apart = _apart(word, name, allowed)
    return 0.0 if apart > allowed else 0.92 - 0.08 * (apart - 1)


def _apart(left: str, right: str, most: int) -> int:
    """Return how many letters differ, swapped neighbours counting once; a lot if over ``most``."""
    if abs(len(left) - len(right)) > most:
        return FAR
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        row = [i]
        for j, other in enumerate(right, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return FAR
        before, last = last, row
    return last[-1]
