"""Every role × every page, from one table."""

import os

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mehrwert.municipalities.access import MATRIX
from mehrwert.municipalities.checks import walk_routes

from .pages import PAGES, ROLES, VISITORS
from .world import WORLD

# run a second time, for another engine: what a page asks of its tables is looked at again, who is
# turned away before that is not
SECOND_ENGINE = bool(os.environ.get("MEHRWERT_DATABASE_URL"))
FROM_OUTSIDE = (("stranger", 404), ("nobody", 302), ("operator", 404))


def visitors_of(name: str) -> tuple[str, ...]:
    """Return who opens a page: everybody; for a second engine the first who is let in."""
    if not SECOND_ENGINE:
        return VISITORS
    let_in = [visitor for visitor in VISITORS if PAGES[name].answer(visitor) == 200]
    return tuple(let_in[:1] or VISITORS[:1])


def all_pages(
    resolver: URLResolver | None = None, space: str = ""
) -> dict[str, tuple[str, URLPattern]]:
    """Return {name: (route, pattern)} of everything the URL resolver knows."""
    found: dict[str, tuple[str, URLPattern]] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            for name, (route, pattern) in all_pages(entry, inner).items():
                found[name] = (str(entry.pattern) + route, pattern)
        else:
            found[f"{space}{entry.name}"] = (str(entry.pattern), entry)
    return found


def test_every_page_has_a_line_and_every_line_a_page():
    names = set(all_pages())
    assert sorted(names - set(PAGES)) == [], "add these pages to tests/journeys/pages/"
    assert sorted(set(PAGES) - names) == [], "these pages are gone"


def test_no_page_goes_without_a_name():
    assert [route for route, pattern in walk_routes(get_resolver()) if not pattern.name] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_line_of_a_page_and_the_matrix_say_the_same(name):
    """Two tables written apart: what a view needs, and who gets in."""
    route, pattern = all_pages()[name]
    if "mandant" not in route:
        assert "mandant" not in pattern.pattern.regex.groupindex
        return
    needed = pattern.callback.needs
    let_in = {role for role in ROLES if PAGES[name].answer(role) != 403}
    assert let_in == set().union(*(MATRIX[one] for one in needed))


@WORLD
def test_every_visitor_gets_the_answer_of_the_table(world):
    wrong = []
    for name, (_, pattern) in sorted(all_pages().items()):
        for visitor in visitors_of(name):
            answer = world.client(visitor).get(world.url(name, pattern))
            if answer.status_code != PAGES[name].answer(visitor):
                wrong.append(f"{name} {visitor}: {answer.status_code}")
            if answer.status_code == 302 and visitor == "nobody" and "mandant" in _:
                assert answer["Location"].startswith("/konto/anmelden/?next=")
    assert wrong == []


@WORLD
def test_nobody_of_another_municipality_changes_anything_by_posting(world):
    """An unsafe request meets the same guard as opening the page."""
    wrong = []
    for name, (route, pattern) in sorted(all_pages().items()):
        if "mandant" not in route:
            continue
        url = world.url(name, pattern)
        for visitor, expected in FROM_OUTSIDE[:1] if SECOND_ENGINE else FROM_OUTSIDE:
            answer = world.client(visitor).post(url)
            if answer.status_code != expected:
                wrong.append(f"{name} {visitor}: {answer.status_code}")
    assert wrong == []
