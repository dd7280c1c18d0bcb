"""A typed query into what is searched for: words, synonyms, tasks, forgiven typing errors."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mehrwert.catalogue.search.documents import Correction, QueryReading, TaskHint
from mehrwert.catalogue.search.finding_tasks import TaskFinder
from mehrwert.catalogue.search.index import PART, SYNONYM, TYPO, Postings
from mehrwert.catalogue.search.lexicon import (
    Analysis,
    Task,
    data_lines,
    filler_words,
    neighbours,
    synonym_lines,
    tasks,
)
from mehrwert.catalogue.search.stems import stem
from mehrwert.catalogue.search.typos import Speller
from mehrwert.catalogue.search.words import fold, split_words

WEAK, TASK, TASK_SYNONYM = 0.25, 1.0, 0.4
_MOST_TEXT, _MOST_LETTERS, _MOST_WORDS, _MOST_CORRECTIONS = 1000, 60, 40, 5


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that mean the same, what they count, and the word of the query they stand for."""

    label: str
    pool: Mapping[str, float]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready for the index, and how to tell people about it."""

    groups: tuple[Group, ...]
    reading: QueryReading


@dataclass(slots=True)
class _Word:
    typed: str
    analysis: Analysis
    place: str
    weight: float = 1.0


@lru_cache(maxsize=1)
def weak_words() -> frozenset[str]:
    """Return the folded words that say little about what somebody looks for."""
    return frozenset(fold(word) for line in data_lines("weak.txt") for word in line.split())


class Reader:
    """Reads queries with the words of one state of the index."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._lexicon = postings.lexicon
        self._wider: dict[str, set[str]] = defaultdict(set)
        self._phrases: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        vocabulary: set[str] = set(postings.words)
        for left, right in synonym_lines():
            targets = {keys[0] for term in right if len(keys := self._lexicon.keys(term)) == 1}
            for term in left:
                vocabulary.update(split_words(term))
                keys = self._lexicon.telling_keys(term)
                if len(keys) == 1:
                    self._wider[keys[0]] |= targets - {keys[0]}
                elif keys:
                    self._phrases.append((keys, tuple(sorted(targets))))
        self._weak = {stem(word) for word in weak_words()}
        self._tasks = TaskFinder(postings)
        vocabulary.update(w for t in tasks() for c in t.cues for part in c for w in part)
        self._speller = Speller(vocabulary, self._lexicon)

    def read(self, text: str, *, literal: bool, without: Collection[str] = ()) -> Query:
        """Return the query of a text; ``without`` names tasks that are not wanted."""
        typed = self._lexicon.completed(
            tuple(word[:_MOST_LETTERS] for word in split_words(text[:_MOST_TEXT])[:_MOST_WORDS])
        )
        filler = frozenset() if literal else filler_words()
        words: list[_Word] = []
        dropped: list[str] = []
        corrections: list[Correction] = []
        for word in typed:
            if fold(word) in filler:
                dropped.append(word)
                continue
            words.append(self._word(word, corrections, literal=literal))
        self._weaken(words)
        groups = [group for word in words for group in self._groups(word, literal=literal)]
        found: list[Task] = []
        if not literal:
            groups += self._phrase_groups(words)
            keys = {key for word in words for key in word.analysis.keys}
            keys |= {self._lexicon.analyse(fold(word)).whole for word in dropped}
            found = [task for task in self._tasks.matching(keys) if task.key not in without]
            groups += [self._task_group(task) for task in found]
        reading = QueryReading(
            shown=tuple(word.typed for word in words),
            corrections=tuple(corrections),
            dropped=tuple(dropped),
            tasks=tuple(TaskHint(task.key, task.name) for task in found),
        )
        return Query(tuple(groups), reading)

    def knows(self, word: str) -> bool:
        """Return whether a word, or each of its parts, stands in a document or in the lexicon."""
        folded = fold(word)
        if folded in filler_words() or folded in weak_words() or self._speller.knows(folded):
            return True
        return self._lexicon.is_known(folded) or self._is_hit(folded, self._lexicon.analyse(folded))

    def nearest_tasks(self, text: str, most: int) -> tuple[TaskHint, ...]:
        """Return tasks with solutions that have something in common with a text."""
        keys = {key for word in split_words(text) for key in self._lexicon.analyse(fold(word)).keys}
        return tuple(TaskHint(t.key, t.name) for t in self._tasks.nearest(keys, most))

    def _word(self, typed: str, corrections: list[Correction], *, literal: bool) -> _Word:
        folded = fold(typed)
        analysis = self._lexicon.analyse(folded)
        if literal or self._is_hit(folded, analysis):
            return _Word(typed, analysis, self._place_key(typed, folded, analysis))
        longer = self._postings.keys_containing(stem(folded))
        if longer:
            return _Word(typed, Analysis(analysis.whole, spans=longer), "")
        if self._lexicon.is_known(folded):
            return _Word(typed, analysis, "")
        better = self._corrected(folded, corrections)
        if better is None or not self._is_hit(fold(better), self._lexicon.analyse(fold(better))):
            return _Word(typed, self._lexicon.analyse_loosely(folded), "")
        corrections.append(Correction(typed, better))
        analysis = self._lexicon.analyse(fold(better))
        return _Word(better, analysis, self._lexicon.place_key(fold(better)), TYPO)

    def _corrected(self, folded: str, corrections: list[Correction]) -> str | None:
        if len(corrections) >= _MOST_CORRECTIONS or self._lexicon.is_prefixed(folded):
            return None
        return self._speller.correct(folded)

    def _place_key(self, typed: str, folded: str, analysis: Analysis) -> str:
        """Return the key of a town; one that is also a word (Gießen) needs its capital letter."""
        place = self._lexicon.place_key(folded)
        is_word = analysis.whole in self._postings
        return place if place in self._postings and (typed[:1].isupper() or not is_word) else ""

    def _is_hit(self, folded: str, analysis: Analysis) -> bool:
        keys = (self._lexicon.place_key(folded), analysis.whole, *analysis.atoms)
        return any(
            k in self._postings or k in self._wider or k in self._tasks.cue_keys for k in keys
        )

    def _weaken(self, words: list[_Word]) -> None:
        weak = [word for word in words if fold(word.typed) in weak_words()]
        if len(weak) < len(words):
            for word in weak:
                word.weight *= WEAK

    def _groups(self, word: _Word, *, literal: bool) -> list[Group]:
        analysis = word.analysis
        whole = dict.fromkeys(analysis.spans, PART)
        whole[analysis.whole] = 1.0
        if word.place:
            whole[word.place] = 1.0
        groups = [Group(word.typed, self._widened(whole, literal=literal), word.weight)]
        for atom in analysis.atoms:
            pool = self._widened({atom: 1.0}, literal=literal)
            is_weak = atom in self._weak and not self._weak.issuperset(analysis.atoms)
            weight = word.weight * PART * (WEAK if is_weak else 1.0)
            groups.append(Group(word.typed, pool, weight))
        return groups

    def _widened(
        self, pool: dict[str, float], *, literal: bool, factor: float = SYNONYM
    ) -> dict[str, float]:
        if literal:
            return pool
        result = dict(pool)
        for key, own in pool.items():
            for target in self._wider.get(key, ()):
                result[target] = max(result.get(target, 0.0), own * factor)
        return result

    def _phrase_groups(self, words: list[_Word]) -> list[Group]:
        wholes = [word.analysis.whole for word in words]
        groups = []
        for first, second, joined in zip(words, words[1:], neighbours(wholes), strict=False):
            pool = self._widened({joined: 1.0}, literal=False)
            if any(key in self._postings for key in pool):
                groups.append(Group(f"{first.typed} {second.typed}", pool, PART))
        for phrase, targets in self._phrases:
            for at in range(len(words) - len(phrase) + 1):
                if tuple(wholes[at : at + len(phrase)]) == phrase:
                    label = " ".join(word.typed for word in words[at : at + len(phrase)])
                    groups.append(Group(label, dict.fromkeys(targets, SYNONYM), 1.0))
        return groups

    def _task_group(self, task: Task) -> Group:
        pool = self._widened(self._tasks.pool(task), literal=False, factor=TASK_SYNONYM)
        return Group(task.name, pool, TASK)
