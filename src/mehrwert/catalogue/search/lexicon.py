"""The words the search knows: parts of compounds, synonyms, filler words and municipal tasks.

All of it is data in ``data/``, written by us and raised in ``VERSION`` with every change; the words
of the solutions themselves join the parts of compounds. A *key* stands for a word in the index:
its stem, or the stems of its parts joined by ``+``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from mehrwert.catalogue.search.compounds import Splitter
from mehrwert.catalogue.search.stems import stem
from mehrwert.catalogue.search.words import fold, split_words

VERSION = "2026-11-27"
_LEAST_LETTERS_OF_A_PART = 4
_FARTHEST = 4
# fmt: off
_PREFIXES = (
    "ab", "an", "auf", "aus", "be", "bei", "durch", "ein", "ent", "er", "fort", "ge", "her", "hin",
    "mit", "nach", "neben", "ruck", "uber", "um", "un", "unter", "ver", "vor", "weg", "weiter",
    "wieder", "zer", "zu", "zuruck", "zusammen",
)
# fmt: on
_MOST_KNOWN = 200_000
_JOINING = frozenset(("und", "oder", "sowie", "bzw", "beziehungsweise"))


class Analysis(NamedTuple):
    """A word for the index: its own key and the keys of its parts and neighbouring parts."""

    whole: str
    atoms: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()

    @property
    def keys(self) -> set[str]:
        """All keys of the word."""
        return {self.whole, *self.atoms, *self.spans}


@dataclass(frozen=True, slots=True)
class Task:
    """A municipal task and the problems that lead to it.

    Args:
        key: Stable name of the task.
        name: German name shown to people.
        words: Words by which solutions for it are found.
        cues: Problem phrases; each is a sequence of words, each word a set of alternatives, and
            the query must contain one of each.
    """

    key: str
    name: str
    words: tuple[str, ...]
    cues: tuple[tuple[tuple[str, ...], ...], ...]


def data_lines(name: str) -> list[str]:
    """Return the lines of a data file without comments and empty lines."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


@lru_cache(maxsize=1)
def filler_words() -> frozenset[str]:
    """Return the folded words that say nothing about what somebody looks for."""
    return frozenset(fold(word) for line in data_lines("filler.txt") for word in line.split())


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return folded everyday words that are no parts of compounds but rightly spelled."""
    return frozenset(fold(word) for line in data_lines("common.txt") for word in line.split())


@lru_cache(maxsize=1)
def hand_written_words() -> tuple[str, ...]:
    """Return the words of the hand-written list of parts as written."""
    return tuple(word for line in data_lines("stems.txt") for word in line.split())


@lru_cache(maxsize=1)
def _hand_written_nouns() -> frozenset[str]:
    """Return the words that are more than the name of a place (Markt, Burg; not gießen)."""
    return frozenset(fold(word) for word in hand_written_words() if word[0].isupper())


@lru_cache(maxsize=1)
def synonym_lines() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return per line of the data file what is typed and what is searched for as well.

    ``a = b`` works both ways, ``a > b`` only from left to right (b is narrower or a means to a).
    """
    pairs = []
    for line in data_lines("synonyms.txt"):
        left, narrower, right = line.partition(">")
        if narrower:
            pairs.append((_terms(left, ","), _terms(right, ",")))
        else:
            terms = _terms(line, "=")
            pairs.append((terms, terms))
    return tuple(pairs)


@lru_cache(maxsize=1)
def tasks() -> tuple[Task, ...]:
    """Return the tasks of the data file, in its order."""
    found: list[Task] = []
    for line in data_lines("tasks.txt"):
        if line.startswith("["):
            key, _, name = line[1:].partition("]")
            found.append(Task(key.strip(), name.strip(), (), ()))
            continue
        label, _, rest = line.partition(":")
        task = found.pop()
        if label == "words":
            task = Task(task.key, task.name, tuple(rest.split()), task.cues)
        else:
            cues = tuple(
                tuple(tuple(word.split("|")) for word in cue.split()) for cue in rest.split(",")
            )
            task = Task(task.key, task.name, task.words, task.cues + cues)
        found.append(task)
    return tuple(found)


@lru_cache(maxsize=1)
def _pairs() -> Mapping[str, frozenset[str]]:
    """Return names of two words that the data files write with a hyphen, first to second."""
    found: dict[str, set[str]] = {}
    lines = [term for left, right in synonym_lines() for term in (*left, *right)]
    for term in [*lines, *(word for task in tasks() for word in task.words)]:
        first, _, second = fold(term).partition("-")
        if len(first) > 1 and second.isalpha():
            found.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _terms(text: str, mark: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in text.split(mark) if term.strip())


def with_pairs(words: Sequence[str]) -> tuple[str, ...]:
    """Return words, and behind them every two that are known as one name (Open Data) joined.

    Equal words are one object, because an index holds them a hundred times.
    """
    known = _pairs()
    joined = [
        f"{first}-{second}"
        for first, second in pairwise(words)
        if (seconds := known.get(fold(first))) and fold(second) in seconds
    ]
    return tuple(map(intern, (*words, *joined)))


def lexicon_of(corpus: Iterable[str], places: Iterable[str]) -> "Lexicon":
    """Return the lexicon of a corpus; the one made last is used again if nothing differs."""
    return _lexicon_of(_nouns(corpus), frozenset(places))


@lru_cache(maxsize=2)
def _lexicon_of(nouns: frozenset[str], places: frozenset[str]) -> "Lexicon":
    return Lexicon((noun.capitalize() for noun in nouns), places)


def _nouns(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words if word[:1].isupper() and word.isalpha())


class Lexicon:
    """The analyser: hand-written words and those of a corpus, for compounds and their keys."""

    def __init__(self, corpus: Iterable[str] = (), places: Iterable[str] = ()) -> None:
        """Learn the parts of compounds.

        Args:
            corpus: Words of the solutions as typed; those with a capital letter may be parts.
            places: Folded names of places, which are neither parts nor taken apart.
        """
        self._places = frozenset(places) - _hand_written_nouns()
        self._splitter = Splitter(map(fold, hand_written_words()))
        self._known: dict[str, Analysis] = {}
        nouns = _nouns(corpus) - self._places - filler_words()
        for noun in sorted(nouns, key=lambda word: (len(word), word)):
            if len(noun) < _LEAST_LETTERS_OF_A_PART or self._splitter.knows(noun):
                continue
            if not self._splitter.split(noun):
                self._splitter.add(noun)

    def analyse(self, word: str) -> Analysis:
        """Return the keys of a folded word, which may have hyphens."""
        found = self._known.get(word)
        if found is None:
            found = self._analyse(word)
            if len(self._known) < _MOST_KNOWN:
                self._known[word] = found
        return found

    def analyse_loosely(self, word: str) -> Analysis:
        """Return the keys of a folded word of which only the beginning or the end is known."""
        return Analysis(stem(word), self._splitter.known_ends(word))

    def place_key(self, word: str) -> str:
        """Return the key of a folded word as the name of a place, empty if it is none."""
        if word in self._places:
            return "@" + word
        town = word.removesuffix("er")  # Gelderner, Bremer
        for name in (town, town + "n", town + "en"):
            if town != word and name in self._places:
                return "@" + name
        return ""

    def keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text."""
        return tuple(self.analyse(fold(word)).whole for word in split_words(text))

    def telling_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text that are no filler words."""
        folded = [fold(word) for word in split_words(text)]
        return tuple(self.analyse(word).whole for word in folded if word not in filler_words())

    def completed(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return words with those that end in a hyphen completed: Rad- und Fußverkehr."""
        result = list(words)
        for at, word in enumerate(words):
            if word[-1] == "-":
                ahead = words[at + 1 : at + 1 + _FARTHEST]
                whole = next((w for w in ahead if w[-1] != "-" and w not in _JOINING), "")
                result[at] = word + self._last_part(fold(whole))
        return tuple(result)

    def is_known(self, word: str) -> bool:
        """Return whether a folded word, or each part of it, is in the lexicon."""
        if word in _common_words():
            return True
        return self._splitter.knows(word) or bool(self._splitter.split(word))

    def is_prefixed(self, word: str) -> bool:
        """Return whether a folded word is a known one behind a prefix: an-fassen, nach-schauen."""
        rests = [word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)]
        long = [rest for rest in rests if len(rest) >= _LEAST_LETTERS_OF_A_PART]
        return any(rest in _common_words() or self._splitter.knows(rest) for rest in long)

    def _last_part(self, word: str) -> str:
        piece = word.rpartition("-")[2]
        if piece != word:
            return piece
        parts = self._splitter.split(word)
        ends = (word[at:] for at in range(3, len(word) - 2)) if parts else ()
        return next((end for end in ends if stem(end) == parts[-1]), "")

    def _analyse(self, word: str) -> Analysis:
        atoms: list[str] = []
        for piece in word.split("-"):
            parts = () if piece in self._places else self._splitter.split(piece)
            atoms.extend(parts or (stem(piece),))
        if len(atoms) == 1:
            return Analysis(atoms[0])
        spans = {
            "+".join(atoms[start : start + size])
            for size in range(2, len(atoms))
            for start in range(len(atoms) - size + 1)
        }
        return Analysis(
            "+".join(atoms), tuple(a for a in atoms if len(a) > 1), tuple(sorted(spans))
        )


def neighbours(keys: list[str]) -> list[str]:
    """Return the keys that neighbouring words would have if they were written as one."""
    return [f"{first}+{second}" for first, second in pairwise(keys)]
