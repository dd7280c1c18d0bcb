"""What is asked of every page. Each check returns what is wrong, one line each; empty is good."""

from collections.abc import Callable

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# what depends on colours alone: all that can differ between light and dark
ENOUGH, MUCH = 4.5, 7.0
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
AXE = """([type, values]) => axe.run(document, {
  runOnly: { type, values }, resultTypes: ["violations"],
})"""
FAINT_TEXT = """(least) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const shine = ([r, g, b]) => [r, g, b].reduce((sum, value, n) => {
    const c = value / 255;
    const linear = c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return sum + [0.2126, 0.7152, 0.0722][n] * linear;
  }, 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility()
    && !e.closest("svg,canvas") && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
  ).filter((e) => {
    const [a, b] = [shine(parts(getComputedStyle(e).color)), shine(ground(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < least;
  }).slice(0, 6).map((e) => `faint: ${e.outerHTML.slice(0, 140)}`);
}"""
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
  // a browser brings the line with the caret into view, not the whole of a tall field
  const line = element.tagName === "TEXTAREA" ? 15 / box.height : 0.3;
  const seen = [[0.5, 0.5], [0.05, line], [0.95, line], [0.5, 0.9]].some(([x, y]) => {
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
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
  const box = e.getBoundingClientRect();
  const mayScroll = ".mw-scroll,.sr,pre,.mw-mapbox,.maplibregl-map";
  return box.right > innerWidth + 1 && e.checkVisibility() && !e.closest(mayScroll);
}).slice(0, 4).map((e) => e.outerHTML.slice(0, 140))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, summary, select, "
  + ".mw-btn, .mw-chip, input:not([type=checkbox],[type=radio],[type=hidden])")].filter((e) => {
  const box = e.getBoundingClientRect();
  return e.checkVisibility() && box.width > 0 && (box.width < 24 || box.height < 24);
}).map((e) => e.outerHTML.slice(0, 140))"""
BARE_BORDERS = """() => [...document.querySelectorAll(".mw-btn, input:not([type=hidden]), select")]
  .filter((e) => e.checkVisibility() && getComputedStyle(e).borderTopStyle === "none"
    && !e.matches("[type=checkbox],[type=radio],[type=file]"))
  .map((e) => e.outerHTML.slice(0, 100))"""
# the main action of a page on a phone: broad and high enough for either thumb, without scrolling
OUT_OF_REACH = """() => [...document.querySelectorAll(".mw-head .mw-btn:is(.pri,.gold)")]
  .filter((e) => e.checkVisibility()).filter((e) => {
    const box = e.getBoundingClientRect();
    return box.bottom + scrollY > innerHeight || box.width < innerWidth * 0.8 || box.height < 40;
  }).map((e) => e.outerHTML.slice(0, 140))"""
CHROME_IS_HIDDEN = (
    "() => ['.mw-top', '.mw-foot'].every((s) => !document.querySelector(s)?.checkVisibility())"
)


def axe(page: Page, *, only_colours: bool = False) -> list[str]:
    """Ask axe; the browser adds it to every page, the CSP would refuse a script element."""
    asked = ["rule", COLOUR_RULES] if only_colours else ["tag", TAGS]
    found = page.evaluate(AXE, asked)
    return [
        f"{rule['id']}: {node['html'][:160]} – {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def axe_in_the_dark(page: Page) -> list[str]:
    """Ask axe what dark colours can change; the page itself is the same as in the light."""
    page.emulate_media(color_scheme="dark")
    found = axe(page, only_colours=True)
    page.emulate_media(color_scheme="light")
    return found


def sideways(page: Page) -> list[str]:
    """Nothing scrolls sideways: neither the page nor a part of it out of the window."""
    return page.evaluate(WIDEST) or ["?"] if page.evaluate(SIDEWAYS) > 0 else []


def at_size(page: Page, width: int, height: int, check: Callable[[Page], list[str]]) -> list[str]:
    """Ask in a window of another size."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(60)
    return check(page)


def small_targets(page: Page) -> list[str]:
    """Everything to be tapped is at least 24 px high and wide."""
    return page.evaluate(SMALL_TARGETS)


def forced_colours(page: Page) -> list[str]:
    """Borders and words survive the colours of the system.

    Contrast is measured here: axe reads the fill of text, which Chromium does not force.
    """
    page.emulate_media(forced_colors="active")
    found = page.evaluate(BARE_BORDERS) + page.evaluate(FAINT_TEXT, ENOUGH)
    page.emulate_media(forced_colors="none")
    return found


def more_contrast(page: Page) -> list[str]:
    """Whoever asks for more contrast gets 7 to 1, in light and in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(contrast="more", color_scheme=scheme)
        found += [f"{scheme}, {line}" for line in page.evaluate(FAINT_TEXT, MUCH)]
    page.emulate_media(contrast="no-preference", color_scheme="light")
    return found


def within_reach(page: Page) -> list[str]:
    """The main action of a page is reached by a thumb."""
    page.evaluate("() => scrollTo(0, 0)")
    return page.evaluate(OUT_OF_REACH)


def double_text(page: Page) -> list[str]:
    """Text of double size stays inside."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = sideways(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def printed(page: Page) -> list[str]:
    """On A4 there is no chrome, no dark ground, nothing cut off, nothing that greys out.

    Contrast is a matter of lightness alone: what has enough of it survives without colours.
    """
    page.emulate_media(media="print", color_scheme="dark")
    found = at_size(page, 680, 960, sideways) + page.evaluate(FAINT_TEXT, ENOUGH)
    if not page.evaluate(CHROME_IS_HIDDEN):
        found.append("navigation or foot is printed")
    if (
        page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        != "rgb(255, 255, 255)"
    ):
        found.append("the paper is not white")
    if not page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF"):
        found.append("no PDF")
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def keyboard(page: Page) -> list[str]:
    """The tab key reaches everything, shows where it is, and leaves again."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    wanted, reached, found = set(page.evaluate(WALK)), set(), []
    for _ in range(len(wanted) + 25):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            continue
        reached.add(at["walk"])
        found += [] if at["seen"] else [f"hidden: {at['what']}"]
        found += [] if at["ring"] else [f"without ring: {at['what']}"]
        if wanted <= reached:
            break
    return found + [f"never reached: number {walk}" for walk in sorted(wanted - reached)]


def phone_menu(page: Page) -> list[str]:
    """The menu of a phone opens and closes by keyboard."""
    menu = page.locator("details.mw-phone")
    if not menu.count():
        return []
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    opened = menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    return [] if opened and menu.get_attribute("open") is None else ["the menu does not obey"]
