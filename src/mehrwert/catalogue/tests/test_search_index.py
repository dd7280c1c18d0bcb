"""The rows of the search and their copy in memory, on the engine of the run (CAT-111)."""

import pytest
from django.db import transaction

from mehrwert.catalogue import search_index
from mehrwert.catalogue.models import SearchState
from mehrwert.catalogue.search.documents import SearchDocument, SearchRequest
from mehrwert.catalogue.search_index import (
    list_indexed_ids,
    remove_documents,
    search,
    write_documents,
)

pytestmark = pytest.mark.django_db


def document(number: int, name: str, **facets: tuple[str, ...]) -> SearchDocument:
    return SearchDocument(number, f"s{number}", {"name": name}, facets, 1.0, 1.0, name.lower())


def slugs(text: str) -> list[str]:
    return [hit.slug for hit in search(SearchRequest(text)).hits]


def test_written_documents_are_found_changed_and_removed():
    assert write_documents([document(1, "Baum"), document(2, "Wald")]) == 2
    assert slugs("Bäume") == ["s1"]
    write_documents([document(1, "Fluss")])
    assert (slugs("Bäume"), slugs("Flüsse")) == ([], ["s1"])
    remove_documents([1, 99])
    assert slugs("Flüsse") == []
    assert list_indexed_ids() == [2]
    write_documents([document(1, "Baum")])
    assert slugs("Baum") == ["s1"]


def test_facets_come_back_as_they_were():
    write_documents([document(1, "Baum", field=("Umwelt", "Wasser"), licence=())])
    assert search(SearchRequest("Baum")).facets == {
        "field": {"Umwelt": 1, "Wasser": 1},
        "licence": {"": 1},
    }


def test_only_changed_rows_are_read_again(monkeypatch, django_assert_num_queries):
    write_documents([document(n, f"Baum {n}") for n in range(1, 4)])
    assert search(SearchRequest("Baum")).total == 3
    with django_assert_num_queries(1):
        search(SearchRequest("Baum"))
    write_documents([document(2, "Wald")])
    read = []
    monkeypatch.setattr(
        search_index, "_entry", lambda row, made=search_index._entry: read.append(row) or made(row)
    )
    assert search(SearchRequest("Baum")).total == 2
    assert [row.solution_id for row in read] == [2]


def test_a_state_that_was_rolled_back_is_forgotten():
    write_documents([document(1, "Baum")])
    with transaction.atomic():
        write_documents([document(2, "Baum")])
        assert slugs("Baum") == ["s1", "s2"]
        transaction.set_rollback(True)
    assert slugs("Baum") == ["s1"]
    write_documents([document(3, "Baum")])
    assert slugs("Baum") == ["s1", "s3"]


def test_many_writes_are_told_from_few():
    write_documents([document(1, "Baum")])
    assert slugs("Baum") == ["s1"]
    for number in range(search_index._REMEMBERED + 5):
        write_documents([document(2, f"Wald {number}")])
    assert len(SearchState.objects.get().recent) == search_index._REMEMBERED
    assert (slugs("Baum"), slugs("Wald")) == (["s1"], ["s2"])
