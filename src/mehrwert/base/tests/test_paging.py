"""Lists come in pages; nonsense in the address shows the nearest page."""

import pytest
from django.test import RequestFactory

from mehrwert.base.paging import key_page, paginate, with_query


def asked(query: str):
    return RequestFactory().get(f"/liste/?{query}")


@pytest.mark.parametrize(
    ("query", "shown", "first"),
    [
        ("", [1, 2, 3], 1),
        ("seite=2", [4, 5, 6], 4),
        ("seite=3", [7], 7),
        ("seite=99", [7], 7),
        ("seite=0", [1, 2, 3], 1),
        ("seite=-1", [1, 2, 3], 1),
        ("seite=abc", [1, 2, 3], 1),
    ],
)
def test_a_page_shows_its_part(query, shown, first):
    page = paginate(asked(query), list(range(1, 8)), size=3)
    assert (page.items, page.first, page.total) == (shown, first, 7)
    assert page.last == first + len(shown) - 1


def test_links_keep_the_filter_and_end_at_the_ends():
    first = paginate(asked("feld=wasser"), list(range(7)), size=3)
    assert (first.previous_url, first.next_url) == ("", "/liste/?feld=wasser&seite=2")
    second = paginate(asked("feld=wasser&seite=2"), list(range(7)), size=3)
    assert second.previous_url == "/liste/?feld=wasser"
    last = paginate(asked("seite=3"), list(range(7)), size=3)
    assert (last.previous_url, last.next_url) == ("/liste/?seite=2", "")


def test_an_empty_list_has_one_empty_page():
    page = paginate(asked(""), [], size=3)
    assert (page.items, page.first, page.total, page.next_url) == ([], 0, 0, "")


def test_a_page_by_key_links_to_what_follows():
    assert key_page(asked("art=x"), [1], "9-0-3", total=None).next_url == "/liste/?art=x&ab=9-0-3"
    assert key_page(asked(""), [1], "", total=None).next_url == ""


def test_a_parameter_is_changed_or_removed():
    assert with_query(asked("a=1&b=2"), a=None, b="ü") == "/liste/?b=%C3%BC"
    assert with_query(asked("a=1"), a=None) == "/liste/"
