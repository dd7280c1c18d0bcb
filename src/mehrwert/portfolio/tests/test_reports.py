"""A report is frozen, linked, corrected beside; one that does not come is seen."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.tests.fixtures import make_member
from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.errors import (
    NotDeliveredError,
    ReasonMissingError,
    ReportFrozenError,
    ReportMonthError,
)
from mehrwert.portfolio.models import DashboardFigure, Project, Report

from .factories import LENA, make_project
from .test_indicators import definition, figure

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
JULY_5, JULY_11 = date(2026, 7, 5), date(2026, 7, 11)


def said(**changes):
    given = {
        "stated": "green",
        "sentence": "Läuft nach Plan.",
        "actual_eur": Decimal(20_000),
        "forecast_eur": Decimal(80_000),
        "role": "Vorhabenleitung",
    }
    return actions.ReportInput(**{**given, **changes})


@pytest.fixture
def project(town):
    row = make_project(town.tenant.pk, planned_eur=Decimal(80_000), rhythm_months=3)
    with town.scope():
        actions.plan_gates(row, {"P2": date(2026, 9, 1)}, actor=LENA)
        yield actions.advance_project(row, "P1", on=date(2026, 1, 5), actor=LENA)


def deliver(row, month=MARCH, today=JULY_5, **changes):
    return actions.deliver_report(row, month, said(**changes), actor=LENA, today=today)


def fresh(row):
    return Project.objects.get(pk=row.pk)


def test_a_delivered_report_is_linked_and_never_changed(project):
    """PF-11, PF-101, PF-102."""
    first, second = deliver(project), deliver(project, JUNE)
    assert second.previous_hash == first.hash
    assert set(queries.verify_chain(project).values()) == {"ok"}
    with pytest.raises(ReportFrozenError):
        deliver(project)


def test_a_changed_byte_breaks_the_chain(project):
    """PF-102."""
    first = deliver(project)
    deliver(project, JUNE)
    Report.objects.filter(pk=first.pk).update(content=first.content.replace("Plan", "plan"))
    assert list(queries.verify_chain(project).values()) == ["broken", "broken"]


def test_an_erased_report_says_so_and_leaves_the_chain_whole(project):
    """Decisions 46."""
    first = deliver(project)
    deliver(project, JUNE)
    actions.erase_report(first, reason="Name einer Person", actor=LENA)
    assert list(queries.verify_chain(project).values()) == ["erased", "ok"]
    assert Report.objects.get(pk=first.pk).content == ""


def test_a_correction_stands_beside_and_in_the_next_report(project):
    """PF-102: report, field, old, new, reason, author, date; printed in the next report."""
    first = deliver(project)
    made = actions.correct_report(
        first, "actual_eur", "22.000,00", reason="Rechnung vergessen", role="Kämmerei", actor=LENA
    )
    assert (made.old, made.new) == ("20000", "22.000,00")
    second = deliver(project, JUNE)
    assert "Rechnung vergessen" in second.content
    made.refresh_from_db()
    assert made.joined_id == second.pk
    assert Report.objects.get(pk=first.pk).actual_eur == Decimal(20_000)


def test_only_a_delivered_report_is_corrected_and_only_with_a_reason(project):
    draft = Report(tenant_id=project.tenant_id, project=project, month=MARCH)
    with pytest.raises(NotDeliveredError):
        actions.correct_report(draft, "stated", "red", reason="x", role="", actor=LENA)
    with pytest.raises(ReasonMissingError):
        actions.correct_report(deliver(project), "stated", "red", reason=" ", role="", actor=LENA)


@pytest.mark.parametrize("month", [date(2026, 4, 1), date(2026, 9, 1), date(2025, 12, 1)])
def test_no_report_for_a_month_outside_the_rhythm_or_not_over(project, month):
    with pytest.raises(ReportMonthError):
        deliver(project, month)


def test_what_is_due_is_listed_and_missed_after_the_tenth(project):
    """PF-12, PF-103."""
    (due,) = queries.list_due_reports(JULY_5)
    assert (due.month, due.due_on, due.is_missed) == (JUNE, date(2026, 7, 10), False)
    assert actions.mark_missing(today=JULY_5) == 0
    assert actions.mark_missing(today=JULY_11) == 1
    assert actions.mark_missing(today=JULY_11) == 0
    assert fresh(project).light_stated == "not_delivered"


def test_a_late_delivery_leaves_the_miss_visible_and_is_not_green(project):
    """PF-103, late is never green."""
    actions.mark_missing(today=JULY_11)
    report = deliver(project, JUNE, today=JULY_11)
    assert report.is_late
    assert fresh(project).light_stated == "late"
    found = queries.read_rollup()
    assert (found.stated["late"], found.stated["green"], found.missing) == (1, 0, 0)


def test_stated_green_and_computed_red_stand_side_by_side(project):
    """PF-13, PF-105: the stated light is never overwritten."""
    report = deliver(project, forecast_eur=Decimal(100_000))
    assert (report.stated, report.computed) == ("green", "red")
    row = fresh(project)
    assert (row.light_stated, row.light_computed, row.light_parts["cost"]) == (
        "green",
        "red",
        "red",
    )
    found = queries.read_rollup()
    assert found.at_risk_eur == Decimal(60_000)


def test_unknown_parts_stay_unknown_and_are_listed(project):
    """PF-104, decisions 43."""
    report = deliver(project)
    assert (report.computed, report.parts["data"]) == ("incomplete", "unknown")


def test_what_was_needed_is_asked_and_answered(project):
    needed = actions.NewDecision(question="Weiter?", body="Rat", until=date(2026, 9, 1))
    report = deliver(project, decision=needed)
    assert "Weiter?" in report.content
    (asked,) = queries.list_decisions()
    actions.note_decision(asked, outcome="Ja, bis 2028.", on=JULY_5, actor=LENA)
    assert list(queries.list_decisions()) == []


def test_a_risk_with_its_countermeasure_is_in_the_report_with_its_age(project):
    """PF-15, PF-107."""
    risk = actions.add_risk(
        project, "Lieferung verzögert", size="large", since=date(2026, 3, 27), actor=LENA
    )
    red = deliver(project)
    assert red.parts["risk"] == "red"
    measure = actions.add_countermeasure(
        risk, "Zweiter Anbieter", responsible="Bauamt", since=date(2026, 7, 1), actor=LENA
    )
    actions.check_countermeasure(measure, "smaller", on=JULY_5, actor=LENA)
    report = deliver(project, JUNE)
    assert report.parts["risk"] == "green"
    for words in ('"age_days":100', "Zweiter Anbieter", '"effect":"smaller"', "Bauamt"):
        assert words in report.content
    actions.close_risk(risk, on=JULY_5, reason="Geliefert", actor=LENA)
    assert fresh(project).oldest_risk_on is None


def test_a_new_report_begins_with_what_the_last_one_said(project):
    """PF-16."""
    deliver(project)
    known = queries.collect(project, JUNE, JULY_5)
    assert (known.previous.sentence, known.previous.forecast_eur) == (
        "Läuft nach Plan.",
        Decimal(80_000),
    )
    assert (known.gate, known.gate_on) == ("P2", date(2026, 9, 1))


def test_a_figure_names_the_decisions_that_used_it(town, project):
    """PF-163: series, definition, and the decisions that used it."""
    with town.scope():
        water = actions.define_indicator(definition(), project=project, actor=LENA)
        asked = actions.ask_decision(
            project,
            actions.NewDecision(question="Weiter gießen?", body="Bauausschuss", until=JULY_5),
            actor=LENA,
        )
    path = town.path(f"{project.pk}/entscheidung/{asked.pk}/")
    editor = town.clients["editor"]
    assert "lagen vor" in editor.get(path).content.decode()
    given = {"outcome": "Ja", "on": "2026-07-05", "used": [str(water.pk)]}
    assert editor.post(path, given).status_code == 302
    page = editor.get(town.path(f"kennzahlen/{water.pk}/")).content.decode()
    assert "Weiter gießen?" in page
    assert "Bauausschuss" in page


def test_a_person_for_data_protection_erases_and_the_chain_says_so(town, project):
    """Decisions 46, on a page: nobody else may."""
    with town.scope():
        report = actions.deliver_report(project, JUNE, said(), actor=LENA, today=JULY_5)
    path = town.path(f"{project.pk}/berichte/{report.pk}/loeschen/")
    assert town.clients["lead"].get(path).status_code == 403
    officer = Client()
    officer.force_login(make_member(town.tenant, "viewer", "vera", extra=["privacy"]))
    assert officer.post(path, {"reason": "Ein Name stand darin"}).status_code == 422
    given = {"reason": "Ein Name stand darin", "is_sure": "on"}
    assert officer.post(path, given).status_code == 302
    page = officer.get(town.path(f"{project.pk}/berichte/{report.pk}/")).content.decode()
    assert "Der Inhalt wurde gelöscht" in page
    assert path not in page
    with town.scope():
        assert queries.verify_chain(project)[report.pk] == "erased"


def test_editors_get_one_mail_before_the_day_and_one_after(town, project, settings):
    """PF-12: the reminder; nothing is told twice."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Tenant.objects.update(is_demo=False, level="gemeinde", ars="050010001001")
    days = [date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 8), date(2026, 7, 11)]
    assert [actions.remind_editors(day) for day in days] == [0, 2, 0, 2]
    assert "Bericht: Bäume nach Bedarf gießen, 06/2026 (10.07.2026)" in mail.outbox[0].body
    assert "/auental/vorhaben/" in mail.outbox[0].body


def test_figures_nobody_opens_are_proposed_for_removal(town, project):
    """PF-164: with one click for whoever may."""
    with town.scope():
        water = actions.define_indicator(definition(), project=project, actor=LENA)
        actions.place_figure(water, figure(), actor=LENA)
        DashboardFigure.objects.update(changed_us=0)
    remove = town.path(f"kennzahlen/{water.pk}/herunternehmen/")
    assert remove in town.clients["lead"].get(town.path()).content.decode()
    page = town.clients["editor"].get(town.path()).content.decode()
    assert "noch nötig?" in page
    assert remove not in page
