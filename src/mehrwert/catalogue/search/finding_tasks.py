"""From the words of a query to municipal tasks: those meant, and those that come near."""

from collections.abc import Collection
from functools import cached_property

from mehrwert.catalogue.search.index import Postings
from mehrwert.catalogue.search.lexicon import Task, tasks
from mehrwert.catalogue.search.words import fold, split_words


class TaskFinder:
    """The tasks of the data file in the keys of one state of the index."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._lexicon = postings.lexicon
        self._cues = [
            [[{self._key(word) for word in part} for part in cue] for cue in task.cues]
            for task in tasks()
        ]
        self.cue_keys = frozenset(
            key for cues in self._cues for cue in cues for part in cue for key in part
        )

    def matching(self, keys: Collection[str]) -> list[Task]:
        """Return the tasks of which a cue has one of each of its words among the keys."""
        present = set(keys)
        return [
            task
            for task, cues in zip(tasks(), self._cues, strict=True)
            if any(all(part & present for part in cue) for cue in cues)
        ]

    def pool(self, task: Task) -> dict[str, float]:
        """Return the keys by which solutions for a task are found."""
        return {self._key(word): 1.0 for word in task.words}

    def nearest(self, keys: Collection[str], most: int) -> list[Task]:
        """Return tasks with solutions: most in common with the keys first, then most solutions."""
        present = set(keys)
        useful = [
            (-len(own & present), -hits, number)
            for number, (own, hits) in enumerate(self._nearness)
            if hits
        ]
        return [tasks()[number] for _, _, number in sorted(useful)[:most]]

    @cached_property
    def _nearness(self) -> list[tuple[set[str], int]]:
        """Per task all its keys and the number of its solutions; worked out when first needed."""
        found = []
        for task, cues in zip(tasks(), self._cues, strict=True):
            own = {key for cue in cues for part in cue for key in part}
            for word in (*task.words, *split_words(task.name)):
                own |= self._lexicon.analyse(fold(word)).keys
            hits = int((self._postings.score(self.pool(task)) > 0).sum())
            found.append((own, hits))
        return found

    def _key(self, word: str) -> str:
        return self._lexicon.analyse(fold(word)).whole
