"""The search index: rows in the database, the same on every engine, and their copy in memory.

A process loads the rows once and afterwards only those changed since; which state it has, it sees
by one small row per request.
"""

import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.db import transaction

from mehrwert.catalogue.models import SearchEntry, SearchState
from mehrwert.catalogue.search.documents import FIELDS, SearchDocument, SearchRequest, SearchResult
from mehrwert.catalogue.search.index import Entry
from mehrwert.catalogue.search.lexicon import with_pairs
from mehrwert.catalogue.search.searching import Index
from mehrwert.catalogue.search.words import split_words

T = TypeVar("T")

_BATCH = 500
_REMEMBERED = 50
_ONLY = 1
_COLUMNS = ("slug", "words", "facets", "freshness", "completeness", "sort_name")


def write_documents(documents: Iterable[SearchDocument]) -> int:
    """Put documents into the index, replacing those with the same id; return how many."""
    written = 0
    with transaction.atomic():
        number = _next_state()
        for batch in _batches(documents):
            SearchEntry.objects.bulk_create(
                [_row(document, number) for document in batch],
                update_conflicts=True,
                unique_fields=["solution_id"],
                update_fields=[*_COLUMNS, "is_removed", "state"],
            )
            written += len(batch)
    return written


def remove_documents(ids: Iterable[int]) -> None:
    """Take documents out of the index; unknown ids are no error."""
    with transaction.atomic():
        number = _next_state()
        for batch in _batches(ids):
            SearchEntry.objects.filter(pk__in=batch).update(
                words="", facets={}, is_removed=True, state=number
            )


def list_indexed_ids() -> list[int]:
    """Return the ids of all documents in the index."""
    return list(
        SearchEntry.objects.filter(is_removed=False).order_by("pk").values_list("pk", flat=True)
    )


def search(request: SearchRequest) -> SearchResult:
    """Answer a request from the state of the index that is in the database now."""
    return _copy.current().search(request)


def is_known_word(word: str) -> bool:
    """Return whether a word, or each of its parts, stands in a solution or in the lexicon."""
    return _copy.current().knows(word)


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _next_state() -> int:
    """Return the number of a new state; writers queue here until the one before has committed."""
    SearchState.objects.get_or_create(pk=_ONLY)
    state = SearchState.objects.select_for_update().get(pk=_ONLY)
    state.number += 1
    state.token = uuid.uuid4().hex
    state.recent = [*state.recent, state.token][-_REMEMBERED:]
    state.save()
    return state.number


def _row(document: SearchDocument, number: int) -> SearchEntry:
    lines = (" ".join(split_words(document.fields.get(name, ""))) for name in FIELDS)
    return SearchEntry(
        solution_id=document.id,
        slug=document.slug,
        words="\n".join(lines),
        facets={name: list(values) for name, values in document.facets.items()},
        freshness=document.freshness,
        completeness=document.completeness,
        sort_name=document.sort_name,
        state=number,
    )


def _entry(row: SearchEntry) -> Entry:
    return Entry(
        id=row.solution_id,
        slug=row.slug,
        words=tuple(with_pairs(line.split()) for line in row.words.split("\n")),
        facets={name: tuple(values) for name, values in row.facets.items()},
        freshness=row.freshness,
        completeness=row.completeness,
        sort_name=row.sort_name,
    )


@dataclass(slots=True)
class _Copy:
    """The index as this process has it."""

    number: int = 0
    token: str = ""
    entries: dict[int, Entry] = field(default_factory=dict)
    index: Index = field(default_factory=lambda: Index(()))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> Index:
        """Return the index of the state in the database, loading what has changed.

        While one thread loads, the others answer from the state before; only at the very first
        they wait.
        """
        seen = SearchState.objects.filter(pk=_ONLY).values_list("number", "token").first()
        number, token = seen or (0, "")
        if token != self.token and self.lock.acquire(blocking=not self.token):
            try:
                if token != self.token:
                    self._load(number, token)
            finally:
                self.lock.release()
        return self.index

    def _load(self, number: int, token: str) -> None:
        if not self._is_ancestor():
            self.number, self.entries = 0, {}
        for row in self._changed_rows():
            if row.is_removed:
                self.entries.pop(row.solution_id, None)
            else:
                self.entries[row.solution_id] = _entry(row)
        self.index = Index(list(self.entries.values()))
        self.number, self.token = number, token

    def _is_ancestor(self) -> bool:
        """Return whether the state in memory led to the one in the database."""
        state = SearchState.objects.filter(pk=_ONLY).first()
        return state is not None and self.token in state.recent

    def _changed_rows(self) -> Iterator[SearchEntry]:
        return SearchEntry.objects.filter(state__gt=self.number).iterator(chunk_size=2000)


_copy = _Copy()
