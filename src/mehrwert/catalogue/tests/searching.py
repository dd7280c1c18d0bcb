"""Documents and an index for the tests of the search, without a database."""

from mehrwert.catalogue.search.documents import FIELDS, SearchRequest
from mehrwert.catalogue.search.index import Entry
from mehrwert.catalogue.search.lexicon import with_pairs
from mehrwert.catalogue.search.searching import Index
from mehrwert.catalogue.search.words import split_words


def entry(number: int, *, freshness: float = 1.0, facets=None, **texts: str) -> Entry:
    """One document with texts by field; its slug is ``s<number>``."""
    return Entry(
        id=number,
        slug=f"s{number}",
        words=tuple(with_pairs(split_words(texts.get(name, ""))) for name in FIELDS),
        facets=facets or {},
        freshness=freshness,
        completeness=1.0,
        sort_name=texts.get("name", "").lower(),
    )


def found(entries, text: str, **how) -> list[str]:
    """Slugs in the order of the search."""
    result = Index(entries).search(SearchRequest(text, limit=100, **how))
    return [hit.slug for hit in result.hits]
