"""The monthly report: lights in words, missing reports, nothing averaged."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from mehrwert.documents.odt import odt
from mehrwert.documents.outline import plain_text
from mehrwert.documents.pdf import pdf
from mehrwert.portfolio.monthly_report import PortfolioReport, ProjectReport, compose
from mehrwert.portfolio.monthly_report.facts import IndicatorLine, NeededDecision, RiskLine

NB = "\u00a0"


def project(key, **changes):
    given = ProjectReport(
        key=key,
        title=f"Vorhaben {key}",
        owner="Bauhof",
        phase="Erprobung",
        stated="green",
        computed="green",
        sentence="Läuft nach Plan.",
        parts={"Termin": "green", "Kosten": "green", "Daten": "unknown", "Risiko": "green"},
        planned_cost=Decimal(80000),
        actual_cost=Decimal(20000),
        next_gate="P3",
        gate_on=date(2027, 4, 1),
        indicators=(
            IndicatorLine(
                name="Gießwasser",
                value="9 l",
                period="Februar 2027",
                target="8 l",
                freshness="3 Tage alt",
            ),
        ),
        risks=(RiskLine(text="Lieferung verzögert", age_days=40),),
        decisions=(NeededDecision(text="Mittel freigeben", body="Rat", until=date(2027, 3, 23)),),
        delivered_on=date(2027, 3, 5),
        role="Vorhabenleitung",
        content_hash="ab" * 32,
    )  # fmt: skip
    return replace(given, **changes)


def report(*projects, **changes):
    given = PortfolioReport(
        municipality="Stadt Auental",
        month="Februar 2027",
        created=date(2027, 3, 10),
        projects=projects,
        at_risk=Decimal(80000),
        is_demo=True,
    )
    return replace(given, **changes)


@pytest.fixture(autouse=True)
def german():
    with override("de"):
        yield


def test_lights_are_counted_never_averaged():
    """PF-106: 5 green, 2 yellow, 1 red with 80,000 € left, 2 not delivered."""
    lights = ["green"] * 5 + ["yellow"] * 2 + ["red"] + ["not_delivered"] * 2
    rows = [project(str(n), stated=one, computed=one) for n, one in enumerate(lights)]
    said = plain_text(compose(report(*rows)))
    for sign, count in (("[+]\u00a0grün", "5"), ("[~]\u00a0gelb", "2"), ("[!]\u00a0rot", "1")):
        place = said.index(sign)
        assert said[place + 1 : place + 3] == [count, count]
    assert said[said.index("[×]\u00a0nicht geliefert") + 1] == "2"
    assert f"80.000{NB}€" in said


def test_a_light_is_a_sign_and_a_word():
    """DOC-192."""
    said = " ".join(plain_text(compose(report(project("a", computed="red")))))
    assert f"[+]{NB}grün. Läuft nach Plan." in said
    assert f"[!]{NB}rot" in said


def test_stated_green_and_computed_red_is_flagged_on_both_pages():
    """PF-105 and the test list."""
    said = plain_text(compose(report(project("a", computed="red"))))
    assert said[said.index("Wassermelonen-Hinweis") + 1] == "Vorhaben a"
    assert "Wassermelonen-Hinweis: als grün gemeldet, als rot berechnet." in said
    better = plain_text(compose(report(project("a", stated="yellow", computed="red"))))
    assert "Die gemeldete Ampel ist besser als die berechnete." in better


def test_a_missing_report_is_a_page_that_says_so():
    """DOC-194."""
    missing = project("b", stated="not_delivered", last_delivered="Dezember 2026")
    said = plain_text(compose(report(project("a"), missing)))
    assert said[said.index("Nicht geliefert") + 1] == "Vorhaben b"
    assert "Letzter gelieferter Bericht: Dezember 2026." in said


def test_one_page_in_front_and_one_for_each_project():
    """DOC-191, for usual texts; nothing is shortened yet."""
    written = pdf(compose(report(project("a"), project("b"), project("c"))))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(written)).pages]
    assert "Ampeln, gezählt" in pages[0]
    assert [f"Vorhaben {key}" in pages[n] for n, key in enumerate("abc", 1)] == [True] * 3


def test_the_values_travel_along_as_json():
    """DOC-193."""
    document = compose(report(project("a")))
    attached = document.attachments[0]
    assert hashlib.sha256(attached.text.encode()).hexdigest() in " ".join(plain_text(document))
    assert '"planned_cost":"80000"' in attached.text


def test_unknown_is_said_and_never_empty():
    bare = ProjectReport(
        key="x", title="Neu", owner="Amt", phase="Idee", stated="unknown", computed="unknown"
    )
    said = plain_text(compose(report(bare, at_risk=None)))
    assert "nicht bekannt / nicht bekannt / nicht bekannt" in said
    assert "Wirkung nicht prüfbar" in said


def test_the_same_report_gives_the_same_bytes():
    assert odt(compose(report(project("a")))) == odt(compose(report(project("a"))))


def pages_of(*rows):
    written = pdf(compose(report(*rows)))
    return [page.extract_text() for page in PdfReader(io.BytesIO(written)).pages]


def test_long_free_texts_are_shortened_and_figures_stay():
    """DOC-191: first free text, never figures."""
    long = "Der Lieferant meldet sich nicht und die Ursache ist weiter unklar. " * 8
    risks = tuple(RiskLine(text=f"{n}: {long}", age_days=n) for n in range(12))
    full = project("a", risks=risks, corrections=(long,) * 9)
    pages = pages_of(full, project("b"))
    assert len(pages) == 3
    assert "und 7 weitere" in pages[1]
    assert "9 l" in pages[1]


def test_a_page_that_figures_overflow_goes_on_and_says_so():
    """DOC-191: no figure is dropped; the second page names what it continues."""
    lines = tuple(
        IndicatorLine(
            name=f"Kennzahl {n}", value=str(n), period="Mai 2026", target="–", freshness=""
        )
        for n in range(60)
    )
    pages = pages_of(project("a", indicators=lines), project("b"))
    assert len(pages) == 4
    assert "Kennzahl 59" in pages[2]
    assert "Fortsetzung: Vorhaben a" in pages[2]
    assert [n for n, page in enumerate(pages) if "Fortsetzung" in page] == [2]
