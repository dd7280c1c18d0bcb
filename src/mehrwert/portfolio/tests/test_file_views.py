"""The file of a project as people use it: reports, indicators, risks, money."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.models import Indicator, NeededDecision, Project, Report
from mehrwert.portfolio.rules.periods import add_months, last_report_month

from .factories import LENA, make_project
from .test_indicators import definition, figure
from .test_reports import said


@pytest.fixture
def project(town):
    """A project that runs for a year, with something of everything."""
    today = timezone.localdate()
    start = add_months(today.replace(day=1), -12)
    row = make_project(
        town.tenant.pk,
        starts_on=start,
        planned_eur=Decimal(80_000),
        running_eur=Decimal(20_000),
        rhythm_months=3,
    )
    with town.scope():
        actions.advance_project(row, "P1", on=start, actor=LENA)
        water = actions.define_indicator(definition(valid_from=start), project=row, actor=LENA)
        values = [
            actions.NewValue(period=add_months(start, n), value=50.0 - n) for n in range(-5, 12)
        ]
        actions.add_values(water, values, actor=LENA)
        actions.place_figure(water, figure(), actor=LENA)
        risk = actions.add_risk(row, "Wenig Personal", size="medium", since=start, actor=LENA)
        actions.add_countermeasure(
            risk, "Schulung", responsible="Hauptamt", since=today, actor=LENA
        )
        actions.add_funding(
            row,
            actions.FundingInput(
                programme="Programm", share=Decimal("0.5"), ends_on=today + timedelta(days=200)
            ),
            actor=LENA,
        )
        other = make_project(town.tenant.pk, title="Funknetz")
        actions.add_dependency(row, other, "needs", role="Leitung", actor=LENA)
    return row


def newest_month(row):
    return last_report_month(timezone.localdate(), row.rhythm_months)


def deliver(town, row, **changes):
    with town.scope():
        return actions.deliver_report(row, newest_month(row), said(**changes), actor=LENA)


def text(town, path, role="editor"):
    answer = town.clients[role].get(town.path(path))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_part_of_the_file_opens(town, project):
    report = deliver(town, project)
    with town.scope():
        water = Indicator.objects.get()
    one = f"{project.pk}/"
    assert "Läuft nach Plan." in text(town, one)
    assert "Kette geprüft" in text(town, f"{one}berichte/")
    assert report.hash in text(town, f"{one}berichte/{report.pk}/")
    assert "Schulung" in text(town, f"{one}risiken/")
    assert "Gießwasser" in text(town, f"{one}kennzahlen/")
    assert "Ausweiten auf den Friedhof?" in text(town, f"kennzahlen/{water.pk}/")
    assert "nicht entschieden" in text(town, f"{one}foerderung/")
    assert "Förderklippe" in text(town, "ausblick/")


def test_the_dashboard_begins_with_decisions_and_then_the_figures(town, project):
    """PF-18, PF-161, UX-42: deadline, one sentence, two ways to go on; at most three."""
    deliver(town, project)
    with town.scope():
        for n in range(3):
            asked = actions.NewDecision(
                question=f"Frage {n}?", why="Darum.", body="Rat", until=date(2030, 1, 1 + n)
            )
            actions.ask_decision(project, asked, actor=LENA)
    said_there = text(town, "")
    assert said_there.count("<article") == 3
    assert "4 Entscheidungen stehen an" in said_there
    for words in ("Frage 0?", "Frist 1.", "Entscheidet: Rat.", "Dient: Ausweiten", "Ziel 40"):
        assert words in said_there
    assert said_there.index("Frage 0?") < said_there.index("Dient: Ausweiten")


def test_three_answers_deliver_a_report_and_it_is_prefilled_next_time(town, project):
    """PF-16, UX-43."""
    path = town.path(f"{project.pk}/bericht/{newest_month(project):%Y-%m}/")
    assert b"80000" in town.clients["editor"].get(path).content
    given = {
        "stated": "green",
        "sentence": "Alles gut.",
        "actual_eur": "1000,50",
        "forecast_eur": "",
        "question": "",
    }
    page = town.clients["editor"].get(path).content.decode()
    given["begun"] = re.search(r'name="begun" value="([^"]+)"', page)[1]
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=150), tick=False):
        answer = town.clients["editor"].post(path, given, follow=True)
    said = answer.content.decode()
    assert "bleibt, wie er ist" in said
    assert "im Median 2,5 Minuten (1 Bericht)" in said
    with town.scope():
        row = Report.objects.get()
        assert (row.actual_eur, row.forecast_eur) == (Decimal("1000.50"), None)
        assert row.author_role == "Bearbeitung"
    again = town.clients["editor"].post(path, given)
    assert again.status_code == 422
    assert "wird daneben berichtigt" in again.content.decode()


def test_a_decision_without_day_or_body_is_asked_back(town, project):
    path = town.path(f"{project.pk}/bericht/{newest_month(project):%Y-%m}/")
    given = {"stated": "green", "sentence": "Gut.", "question": "Weiter?"}
    answer = town.clients["editor"].post(path, given)
    assert answer.status_code == 422
    assert answer.content.decode().count("Bitte sagen Sie, wer bis wann entscheidet.") >= 2


def test_a_watermelon_is_seen_in_the_list_and_in_the_file(town, project):
    """PF-13, PF-105."""
    deliver(town, project, forecast_eur=Decimal(120_000))
    assert "Wassermelone" in text(town, "")
    for path in (f"{project.pk}/", f"{project.pk}/berichte/"):
        assert "Wassermelonen-Hinweis" in text(town, path)


def test_a_project_without_outcome_says_so_in_list_page_and_report(town):
    """PF-117."""
    row = make_project(town.tenant.pk, starts_on=date(2025, 1, 1))
    with town.scope():
        actions.advance_project(row, "P1", on=date(2025, 1, 1), actor=LENA)
    assert "Wirkung nicht prüfbar" in text(town, "")
    assert "Wirkung nicht prüfbar" in text(town, f"{row.pk}/")
    deliver(town, row)
    month = f"{newest_month(row):%Y-%m}"
    assert "Wirkung nicht prüfbar" in text(town, f"{row.pk}/bericht/{month}.html")


def test_the_report_of_the_month_is_a_pdf_with_one_page_each(town, project):
    """DOC-191, DOC-193: long texts are shortened, figures are not."""
    with town.scope():
        for n in range(12):
            long = f"Risiko {n}: " + "sehr langer Text über alles, was schiefgehen kann. " * 5
            actions.add_risk(project, long, size="large", since=date(2026, 1, 1), actor=LENA)
    deliver(town, project)
    month = f"{newest_month(project):%Y-%m}"
    answer = town.clients["viewer"].get(town.path(f"bericht/{month}.pdf"))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) == 2
    assert "Ampeln, gezählt" in pages[0]
    assert "und 8 weitere" in " ".join(pages[1].split())


def test_a_missing_report_is_a_page_of_its_own(town, project):
    """DOC-194, PF-12."""
    month = newest_month(project)
    with town.scope():
        actions.mark_missing(today=add_months(month, 3))
    assert "nicht geliefert" in text(town, f"bericht/{month:%Y-%m}.html")
    assert "nicht geliefert" in text(town, "")


def test_a_correction_stands_beside_the_report(town, project):
    """PF-102."""
    report = deliver(town, project)
    path = town.path(f"{project.pk}/berichte/{report.pk}/berichtigen/")
    given = {"field": "actual_eur", "new": "22000", "reason": "Rechnung vergessen"}
    answer = town.clients["editor"].post(path, given, follow=True)
    said_there = answer.content.decode()
    assert "20.000" in said_there
    assert "22.000" in said_there
    assert "Rechnung vergessen" in said_there


def test_what_was_asked_is_answered(town, project):
    path = town.path(f"{project.pk}/entscheidung/")
    given = {"question": "Weiter?", "body": "Rat", "until": "2030-01-01"}
    town.clients["editor"].post(path, given)
    with town.scope():
        asked = NeededDecision.objects.get()
    town.clients["editor"].post(f"{path}{asked.pk}/", {"outcome": "Ja.", "on": "2026-07-01"})
    with town.scope():
        assert list(queries.list_decisions()) == []


def test_risks_and_money_are_entered_on_pages(town, project):
    editor, one = town.clients["editor"], f"{project.pk}/"
    day = "2026-07-01"
    editor.post(town.path(f"{one}risiken/neu/"), {"text": "Frost", "size": "small", "since": day})
    assert "Frost" in text(town, f"{one}risiken/")
    funding = {"programme": "Land", "percent": "75,5", "ends_on": "2028-12-31"}
    editor.post(town.path(f"{one}foerderung/neu/"), funding)
    assert "75,5" in text(town, f"{one}foerderung/")
    swap = {"name": "Alte Software", "off_on": day, "yearly_eur": "900", "confirmed_by": "IT"}
    editor.post(town.path(f"{one}abloesung/"), swap)
    assert "Alte Software" in text(town, f"{one}foerderung/")


def test_a_baseline_is_frozen_on_the_page_of_the_indicators(town, project):
    with town.scope():
        water = Indicator.objects.get()
    one = town.path(f"{project.pk}/kennzahlen/")
    town.clients["editor"].post(f"{one}{water.pk}/ausgangswerte/")
    page = text(town, f"{project.pk}/kennzahlen/")
    assert re.search(r"5 Werte von [A-ZÄÖÜ]\w+\s20\d\d bis [A-ZÄÖÜ]\w+\s20\d\d", page)
    assert "Festschreiben" not in page


def test_a_value_and_a_version_are_added_on_pages(town, project):
    with town.scope():
        water = Indicator.objects.get()
    path = town.path(f"kennzahlen/{water.pk}/")
    bad = town.clients["editor"].post(f"{path}wert/", {"month": "2026-13", "origin": "own"})
    assert bad.status_code == 422
    empty = town.clients["editor"].post(f"{path}wert/", {"month": "2026-06", "origin": "own"})
    assert "Grund, warum es keinen gibt" in empty.content.decode()
    given = {"month": "2020-06", "value": "41,5", "origin": "own"}
    town.clients["editor"].post(f"{path}wert/", given)
    assert (
        "2020-06"
        in b"".join(town.clients["viewer"].get(f"{path}werte.csv").streaming_content).decode()
    )


def test_only_who_decides_puts_figures_onto_the_dashboard(town, project):
    with town.scope():
        water = Indicator.objects.get()
    path = town.path(f"kennzahlen/{water.pk}/amtsdashboard/")
    assert town.clients["editor"].get(path).status_code == 403
    given = {"target": "30", "target_on": "2027-01-01", "owner_role": "Bauhof"}
    refused = town.clients["lead"].post(path, {**given, "decision_served": ""})
    assert refused.status_code == 422
    town.clients["lead"].post(path, {**given, "decision_served": "Ausweiten?"})
    assert "Ausweiten?" in text(town, "")


def test_a_project_ends_with_a_reason(town, project):
    path = town.path(f"{project.pk}/tore/P5/")
    given = {"on": "2026-07-01", "note": "Kein Bedarf."}
    town.clients["editor"].post(path, given)
    with town.scope():
        assert Project.objects.get(pk=project.pk).state == "ended"


def test_the_lists_are_files_too(town, project):
    for path in ("vorhaben.csv", "ausblick/foerderklippe.csv"):
        answer = town.clients["viewer"].get(town.path(path))
        assert answer["Content-Type"].startswith("text/csv")
        assert "Bäume nach Bedarf gießen" in b"".join(answer.streaming_content).decode()
