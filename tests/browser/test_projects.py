"""A project begins with six fields, and its reports take a minute and a half (PF-16, decisions 43).

A person needs three to ten seconds for what is counted here as one interaction: a click, a choice,
a text to type. With seven on average, ninety seconds are twelve.
"""

import io
import statistics
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .pages import Screen
from .test_journeys import go
from .test_packages import Hand

pytestmark = [pytest.mark.browser]
SECONDS, PER_INTERACTION_S = 90, 7
PROJECTS = Screen("projects", "/auental/vorhaben/", "lead")
TITLE = "Bänke nach Wunsch aufstellen"
REPORTS = 3


def begin(hand, start):
    """Six fields; the solution may stay empty."""
    hand.go("link", "Vorhaben anlegen")
    hand.fill("Wie heißt das Vorhaben?", TITLE)
    hand.n += 1
    hand.page.get_by_label("Handlungsfeld").select_option(index=3)
    hand.fill("Was soll besser werden?", "Wer schlecht zu Fuß ist, findet öfter eine Bank.")
    hand.fill("Welches Amt ist zuständig?", "Bauamt")
    hand.fill("Wann beginnt es?", start.isoformat())
    hand.go("button", "Speichern")


def report(hand, link, light):
    """The three questions; what the last report said stands there already."""
    hand.n = 0
    with hand.page.expect_navigation():
        hand.n += 1
        link.click()
    hand.click("radio", light)
    hand.fill("In einem Satz", f"Es geht voran, {light}.")
    hand.fill("Bisher ausgegeben (Euro)", "1.200,50")
    hand.go("button", "Bericht liefern")
    return hand.n


def test_six_fields_begin_a_project_and_a_report_takes_ninety_seconds(visit, record_property):
    visited = visit(PROJECTS)
    page, hand = visited.page, Hand(visited.page)
    today = datetime.now(UTC).date()
    start = today.replace(day=1, year=today.year - 1)
    begin(hand, start)
    record_property("interactions", hand.n)
    assert hand.n * PER_INTERACTION_S <= SECONDS
    expect(page.locator("h1")).to_contain_text(TITLE)
    expect(page.locator("main")).to_contain_text("Vor dem Betrieb fehlt noch")
    # the order is given, the work begins
    hand.go("link", "durchschreiten P1")
    hand.fill("Am", start.isoformat())
    hand.go("button", "Tor durchschreiten")
    hand.go("link", "Berichte")
    counted = []
    for light in ("grün", "gelb", "grün")[:REPORTS]:
        missing = page.locator("aside").get_by_role("link", name="schreiben").last
        counted.append(report(hand, missing, light))
        page.locator("main").get_by_role("link", name="Berichte", exact=True).first.click()
    record_property("interactions_report", statistics.median(counted))
    assert statistics.median(counted) * PER_INTERACTION_S <= SECONDS
    expect(page.locator("main")).to_contain_text(f"({REPORTS} Berichte)")
    assert visited.told() == {"other hosts": [], "console": []}


def sheets(page):
    """Return on how many sheets of A4 a page is printed."""
    return len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)


def test_dashboard_and_figure_are_printed_on_one_sheet_each(visit):
    """PF-163."""
    page = visit(PROJECTS).page
    assert sheets(page) == 1
    go(page, page.locator("dl.mw-kpis dt a").first)
    expect(page.locator("h2#festlegung")).to_be_visible()
    assert sheets(page) == 1
