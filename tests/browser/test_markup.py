"""What axe misses: header cells with a scope, one h1, unique landmarks, types of buttons."""

import urllib.request
from urllib.error import HTTPError

import pytest
from lxml import html

from .pages import SCREENS

pytestmark = [pytest.mark.browser]


def fetch(site, screen, *, path=""):
    request = urllib.request.Request(site.url + (path or site.path(screen)))
    if screen.role:
        request.add_header("Cookie", f"sessionid={site.sessions[screen.role]}")
    try:
        answer = urllib.request.urlopen(request)
    except HTTPError as error:
        answer = error
    with answer:
        assert answer.status == screen.status
        return answer.read().decode()


@pytest.fixture(params=SCREENS, ids=str, scope="module")
def tree(request, site):
    """One page, fetched once for all questions."""
    return html.fromstring(fetch(site, request.param))


def named(elements):
    return [e.get("aria-label") or e.get("aria-labelledby") or "" for e in elements]


def test_every_header_cell_has_a_scope(tree):
    assert [html.tostring(th)[:120] for th in tree.iter("th") if not th.get("scope")] == []


def test_every_button_says_its_type(tree):
    assert [html.tostring(b)[:120] for b in tree.iter("button") if not b.get("type")] == []


def test_there_is_one_heading_of_first_rank_and_one_main(tree):
    assert len(list(tree.iter("h1"))) == 1
    assert len(list(tree.iter("main"))) == 1


def test_what_a_page_says_stands_there_without_javascript(tree):
    (main,) = tree.iter("main")
    (heading,) = main.iter("h1")
    hidden = [e for e in heading.iterancestors() if "hidden" in e.attrib]
    assert hidden == []
    unseen = "ancestor::script or ancestor::template or ancestor::style"
    said = main.xpath(f".//text()[not({unseen})]")
    assert len(" ".join("".join(said).split())) > 40


def test_landmarks_of_one_kind_have_different_names(tree):
    for kind in ("nav", "aside", "form", "section"):
        names = [name for name in named(tree.iter(kind)) if name]
        assert len(names) == len(set(names)), kind
    navs = named(tree.iter("nav"))
    assert len(navs) == len(set(navs))


def test_ids_are_unique_and_labels_point_somewhere(tree):
    ids = [e.get("id") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")]
    assert [i for i in ids if ids.count(i) > 1] == []
    assert [
        lab.get("for") for lab in tree.iter("label") if lab.get("for") and lab.get("for") not in ids
    ] == []


# data in a page is no script: nothing runs it
DATA = {"application/json", "application/ld+json"}


def test_nothing_is_inline(tree):
    inline = [
        html.tostring(e)[:120]
        for e in tree.iter()
        if isinstance(e.tag, str)
        and (
            e.get("style")
            or e.tag == "style"
            or any(a.startswith("on") for a in e.attrib)
            or (e.tag == "script" and not e.get("src") and e.get("type") not in DATA)
        )
    ]
    assert inline == []


def test_every_image_has_a_text_and_every_page_a_language(tree):
    assert [html.tostring(i)[:120] for i in tree.iter("img") if i.get("alt") is None] == []
    assert tree.get("lang") in {"de", "en"}


@pytest.mark.parametrize("screen", [s for s in SCREENS if s.status == 200], ids=str)
def test_the_english_page_is_the_same_page_and_english(site, screen):
    german = html.fromstring(fetch(site, screen))
    links = {e.get("hreflang"): e.get("href") for e in german.iter("link") if e.get("hreflang")}
    english = html.fromstring(fetch(site, screen, path=links["en"]))
    assert links["en"].startswith("/en/")
    assert english.get("lang") == "en"
    back = {e.get("hreflang"): e.get("href") for e in english.iter("link") if e.get("hreflang")}
    assert back["de"] == links["de"]
