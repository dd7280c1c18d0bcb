"""Nothing leaves the machine, and what is sent stays light."""

import pytest

from .conftest import settle
from .pages import SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LIMIT_KB = {"text": 150, "chart": 150, "map": 560}


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_no_request_leaves_the_machine_and_the_csp_holds(visit, screen):
    opened = visit(screen)
    assert opened.foreign == []
    assert opened.problems == []


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_the_first_visit_stays_within_its_budget(visit, browser, site, screen):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    if screen.role:
        cookie = {"name": "sessionid", "value": site.sessions[screen.role], "url": site.url}
        context.add_cookies([cookie])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on(
        "Network.requestWillBeSent", lambda e: names.update({e["requestId"]: e["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(site.url + site.path(screen), wait_until="load")
    settle(page)
    page.wait_for_timeout(300)
    context.close()
    total_kb = sum(sizes.values()) / 1000
    heaviest = sorted(((s / 1000, names.get(i, "")) for i, s in sizes.items()), reverse=True)[:8]
    assert total_kb <= LIMIT_KB[screen.kind], heaviest
