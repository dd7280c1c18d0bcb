"""Narrow, enlarged, printed: nothing is lost."""

import pytest

from .pages import SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
  const box = e.getBoundingClientRect();
  const mayScroll = ".mw-scroll,.sr,pre,.mw-mapbox,.maplibregl-map";
  return box.right > innerWidth + 1 && e.checkVisibility() && !e.closest(mayScroll);
}).slice(0, 4).map((e) => e.outerHTML.slice(0, 140))"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
  "button, summary, .mw-btn, .mw-chip, select, input:not([type=checkbox],[type=radio],[type=hidden])"
)].filter((e) => {
  const box = e.getBoundingClientRect();
  return e.checkVisibility() && box.width > 0 && (box.width < 24 || box.height < 24);
}).map((e) => e.outerHTML.slice(0, 140))"""


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (360, 225), (720, 450)], ids=["320px", "400%", "200%"]
)
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_nothing_scrolls_sideways(visit, screen, width, height):
    page = visit(screen, width=width, height=height).page
    assert page.evaluate(SIDEWAYS) <= 0, page.evaluate(WIDEST)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_text_of_double_size_stays_inside(visit, screen):
    page = visit(screen, width=1280).page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) <= 0, page.evaluate(WIDEST)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_targets_are_large_enough_for_a_thumb(visit, screen):
    page = visit(screen, width=390).page
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_a_page_prints_on_a4_without_chrome(visit, screen):
    page = visit(screen, color_scheme="dark").page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    hidden = page.evaluate(
        "() => ['.mw-top', '.mw-foot'].every((s) => !document.querySelector(s)?.checkVisibility())"
    )
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert hidden
    assert ground == "rgb(255, 255, 255)"
    assert page.evaluate(SIDEWAYS) <= 0, page.evaluate(WIDEST)
    assert printed.startswith(b"%PDF")


def test_every_visible_border_survives_forced_colours(visit):
    page = visit(SCREENS[1], forced_colors="active").page
    bare = page.evaluate(
        """() => [...document.querySelectorAll(".mw-btn, input:not([type=hidden]), select")]
             .filter((e) => e.checkVisibility() && getComputedStyle(e).borderTopStyle === "none"
               && !e.matches("[type=checkbox],[type=radio]"))
             .map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert bare == []
