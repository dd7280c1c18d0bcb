"""Keeps the search index in step with the rows, in the same transaction."""

from collections.abc import Sequence


def index_solutions(ids: Sequence[int] | None) -> None:
    """Bring solutions into the search index, None for all; withdrawn ones are taken out."""
