"""What the search is compared with: plain stemmed full text, and trigrams in SQLite (CAT-105)."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from mehrwert.catalogue.search.documents import FIELDS, SearchDocument
from mehrwert.catalogue.search.index import FIELD_WEIGHTS
from mehrwert.catalogue.search.lexicon import filler_words
from mehrwert.catalogue.search.stems import stem
from mehrwert.catalogue.search.words import fold, split_words

Ranking = Callable[[str], list[str]]


def stemmed_full_text(documents: Sequence[SearchDocument]) -> Ranking:
    """BM25 with the same field weights over stems: no parts, no synonyms, no forgiveness."""
    stems = [
        {name: Counter(_stems(document.fields.get(name, ""))) for name in FIELDS}
        for document in documents
    ]
    held = Counter(key for fields in stems for key in set().union(*fields.values()))

    def rank(text: str) -> list[str]:
        scored = []
        for document, fields in zip(documents, stems, strict=True):
            score = 0.0
            for key in set(_stems(text)):
                tf = sum(FIELD_WEIGHTS[name] * counts[key] for name, counts in fields.items())
                df = held[key]
                score += log(1 + (len(stems) - df + 0.5) / (df + 0.5)) * tf / (tf + 1.2)
            if score:
                scored.append((-score, document.slug))
        return [slug for _, slug in sorted(scored)]

    return rank


def trigrams(documents: Sequence[SearchDocument]) -> Ranking:
    """FTS5 with the trigram tokenizer, the query cut into trigrams joined by OR."""
    db = sqlite3.connect(":memory:")
    columns = ", ".join(FIELDS)
    db.execute(f"CREATE VIRTUAL TABLE s USING fts5(slug UNINDEXED, {columns}, tokenize='trigram')")
    marks = ", ".join("?" * (len(FIELDS) + 1))
    db.executemany(
        f"INSERT INTO s VALUES ({marks})",  # noqa: S608 — marks only
        [[d.slug, *(d.fields.get(name, "") for name in FIELDS)] for d in documents],
    )
    weights = ", ".join(str(FIELD_WEIGHTS[name]) for name in FIELDS)

    def rank(text: str) -> list[str]:
        lower = text.lower()
        grams = {lower[at : at + 3] for at in range(len(lower) - 2)}
        query = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
        sql = f"SELECT slug FROM s WHERE s MATCH ? ORDER BY bm25(s, 0, {weights}), slug"  # noqa: S608
        return [slug for (slug,) in db.execute(sql, [query])]

    return rank


def _stems(text: str) -> list[str]:
    words = [fold(word) for word in split_words(text)]
    return [stem(word) for word in words if word not in filler_words()]
