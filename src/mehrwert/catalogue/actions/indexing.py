"""Keeps the search index in step with the rows, in the same transaction."""

from collections.abc import Sequence

from django.db import transaction

from mehrwert.catalogue.queries.documents import build_documents
from mehrwert.catalogue.search_index import list_indexed_ids, remove_documents, write_documents


def index_solutions(ids: Sequence[int] | None) -> None:
    """Bring solutions into the search index, None for all; withdrawn ones are taken out."""
    with transaction.atomic():
        documents = list(build_documents(ids))
        asked = list_indexed_ids() if ids is None else ids
        gone = set(asked) - {document.id for document in documents}
        write_documents(documents)
        if gone:
            remove_documents(sorted(gone))


def fill_search_index() -> None:
    """Index everything if the index is empty, as after the migration that brought it."""
    if not list_indexed_ids():
        index_solutions(None)
