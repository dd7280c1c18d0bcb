"""Every page in one visit, wide and on a phone; pictures without JavaScript and WebGL."""

import json
import os

import pytest

from . import checks
from .pages import SCREENS

pytestmark = [pytest.mark.browser]
LIMIT_KB = {"text": 150, "chart": 150, "map": 560, "picker": 560}
DRAWN = [screen for screen in SCREENS if screen.kind != "text"]
MAPS = [screen for screen in SCREENS if screen.kind == "map"]


def note(screen, found):
    """Leave a line for the public report, where one is asked for: tools/accessibility_report."""
    file = os.environ.get("MEHRWERT_ACCESSIBILITY_LOG")
    if not file:
        return
    numbers = {check: len(findings) for check, findings in found.items()}
    line = {"name": screen.name, "path": screen.path, "role": screen.role, "found": numbers}
    with open(file, "a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def expect_nothing(found):
    lines = [f"{name}: {line}" for name, findings in found.items() for line in findings]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_wide_and_on_a_phone(tour, screen):
    opened = tour(screen)
    page = opened.page
    found = {"too heavy": opened.too_heavy(LIMIT_KB[screen.kind]), **opened.told()}
    found["axe light"] = checks.axe(page)
    found["axe dark"] = checks.axe_in_the_dark(page)
    found["forced colours"] = checks.forced_colours(page)
    found["more contrast"] = checks.more_contrast(page)
    found["200 % text"] = checks.double_text(page)
    found["print"] = checks.printed(page)
    found["keyboard"] = checks.keyboard(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(100)
    found["phone, small targets"] = checks.small_targets(page)
    found["phone, axe light"] = checks.axe(page)
    found["phone, axe dark"] = checks.axe_in_the_dark(page)
    found["phone, main action"] = checks.within_reach(page)
    found["phone, menu"] = checks.phone_menu(page)
    found["320 px"] = checks.at_size(page, 320, 640, checks.sideways)
    found["400 %"] = checks.at_size(page, 360, 225, checks.sideways)
    found["200 %"] = checks.at_size(page, 720, 450, checks.sideways)
    note(screen, found)
    expect_nothing(found)


@pytest.mark.parametrize("screen", DRAWN, ids=str)
def test_without_javascript(tour_without_javascript, screen):
    """Pages of text say in ``test_markup`` what stands there without JavaScript."""
    opened = tour_without_javascript(screen)
    main = opened.page.locator("main")
    assert main.locator("h1").is_visible()
    assert len(main.inner_text()) > 40
    drawn = main.locator("svg[role=img]:visible, [data-map] svg:visible, [data-chart] svg:visible")
    assert screen.kind in {"text", "picker"} or drawn.count() > 0
    assert opened.foreign == []


@pytest.mark.parametrize("screen", MAPS, ids=str)
def test_without_webgl_the_map_is_drawn_on_the_server(tour_without_webgl, screen):
    opened = tour_without_webgl(screen)
    assert opened.page.locator("[data-map][data-fallback]").count() > 0
    assert opened.page.locator("[data-map] svg:visible").count() > 0
    expect_nothing({**opened.told(), "axe": checks.axe(opened.page)})


def test_a_request_that_leaves_the_machine_is_noted_and_leads_nowhere(visit):
    """The eyes of this file are open: on a page without a policy a foreign picture is seen."""
    opened = visit(SCREENS[0])
    opened.page.goto("about:blank")
    with opened.page.expect_event("requestfailed") as failed:
        opened.page.set_content('<img src="https://example.org/picture.png">')
    assert "ERR_NAME_NOT_RESOLVED" in (failed.value.failure or "")
    assert opened.foreign == ["https://example.org/picture.png"]
