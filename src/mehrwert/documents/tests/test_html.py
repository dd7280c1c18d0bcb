"""HTML: semantic, accessible, escaped."""

import itertools

import pytest
from lxml import html as reader

from mehrwert.documents.building import listing
from mehrwert.documents.html import fragment, html
from mehrwert.documents.model import Section

from .samples import sample


@pytest.fixture
def page():
    return reader.document_fromstring(html(sample(contents=True)))


def test_language_title_and_one_first_heading(page):
    assert page.get("lang") == "de"
    assert page.findtext(".//title") == "Fortführung der bedarfsgesteuerten Baumbewässerung"
    assert len(page.findall(".//h1")) == 1


def test_headings_do_not_skip_levels(page):
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_tables_have_a_caption_and_scopes(page):
    tables = page.findall(".//table")
    assert [one.findtext("caption") for one in tables] == [
        "Alternativen im Vergleich",
        "Liter je Baum",
    ]
    for one in tables:
        assert {th.get("scope") for th in one.iterfind("thead//th")} == {"col"}
        assert all(row[0].get("scope") == "row" for row in one.iterfind("tbody/tr"))


def test_figures_have_a_text_alternative(page):
    """DOC-171."""
    assert page.find(".//figure/div").get("aria-label") == "Die Linie fällt von 12 auf 9."


def test_ids_are_unique_and_inner_links_lead_somewhere(page):
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    inner = [a.get("href")[1:] for a in page.iter("a") if a.get("href").startswith("#")]
    assert len(inner) > 5
    assert set(inner) <= set(ids)


def test_the_file_needs_nothing_from_outside(page):
    """DOC-213."""
    assert not page.findall(".//script")
    assert not page.findall(".//link")
    assert not [one for one in page.iter() if one.get("src")]


def test_text_is_never_markup():
    section = Section("x", "<b>", (listing(['<script>alert("1")</script>']),))
    written = fragment(sample(blocks=(section,)))
    assert "<script" not in written
    assert "&lt;b&gt;" in written


def test_a_fragment_begins_where_the_page_wants_it():
    written = fragment(sample(), level=2)
    assert "<h1" not in written
    assert "<style" not in written
