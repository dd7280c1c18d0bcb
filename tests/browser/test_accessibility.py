"""axe finds nothing; the keyboard reaches, shows and leaves everything."""

import pytest

from .conftest import axe_loaded
from .pages import SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WALK = """() => {
  const wanted = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]';
  const names = new Set();
  let n = 0;
  for (const element of document.querySelectorAll(wanted)) {
    if (element.disabled || element.tabIndex < 0) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".skip")) continue;
    if (element.type === "radio") {
      if (names.has(element.name)) continue;
      names.add(element.name);
    }
    element.dataset.walk = element.type === "radio" ? `radio-${element.name}` : String(n++);
  }
  return [...new Set([...document.querySelectorAll("[data-walk]")].map((e) => e.dataset.walk))];
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const seen = [[0.5, 0.5], [0.05, 0.3], [0.95, 0.3], [0.5, 0.9]].some(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return hit && (element.contains(hit) || hit.contains(element));
  });
  return {
    walk: element.type === "radio" ? `radio-${element.name}` : element.dataset.walk ?? "",
    what: element.outerHTML.slice(0, 120),
    ring: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none",
    seen,
  };
}"""


def findings(page) -> list[str]:
    """Return what axe finds, one line each."""
    with axe_loaded(page):
        result = page.evaluate(
            "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
        )
    return [
        f"{violation['id']}: {node['html'][:160]} – {node.get('failureSummary', '')[:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_axe_finds_nothing(visit, screen, scheme, width):
    opened = visit(screen, width=width, color_scheme=scheme)
    assert findings(opened.page) == []
    assert opened.problems == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_axe_finds_nothing_in_forced_colours(visit, screen):
    opened = visit(screen, forced_colors="active")
    assert findings(opened.page) == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_keyboard_reaches_shows_and_leaves_everything(visit, screen):
    page = visit(screen, reduced_motion="reduce").page
    wanted = page.evaluate(WALK)
    reached, hidden, ringless = [], [], []
    for _ in range(len(wanted) + 25):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            continue
        reached.append(at["walk"])
        if not at["seen"]:
            hidden.append(at["what"])
        if not at["ring"]:
            ringless.append(at["what"])
        if set(wanted) <= set(reached):
            break
    assert set(wanted) - set(reached) == set()
    assert hidden == []
    assert ringless == []


@pytest.mark.parametrize("screen", [s for s in SCREENS if s.role], ids=str)
def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit, screen):
    page = visit(screen, width=390).page
    menu = page.locator("details.mw-phone")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
