"""Fundings by the treasury, duties, who benefits where, who needs whom."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from mehrwert.municipalities.tests.fixtures import make_member
from mehrwert.portfolio import actions, papers, queries
from mehrwert.portfolio.choices import LineState, Position, SourceKind, VatState
from mehrwert.portfolio.choices.financing import DutyKind
from mehrwert.portfolio.errors import DutyTakenError, FutureDayError, SplitSumError
from mehrwert.portfolio.models import Duty, Funding
from mehrwert.portfolio.rules.costs import Line

from .factories import LENA, make_project

SEWAGE = actions.DutyInput(
    task="Erfundene Aufgabe", norm="§ 1 Beispielgesetz", kind=DutyKind.OBLIGATORY, land="05"
)
TC40 = {
    "municipality": Decimal(55),
    "neighbours": Decimal(25),
    "land": Decimal(15),
    "federal": Decimal(5),
}


@pytest.fixture
def project(town):
    return make_project(town.tenant.pk)


@pytest.fixture
def treasurer(town):
    client = Client()
    client.force_login(make_member(town.tenant, "treasurer"))
    return client


def test_the_treasury_enters_fundings_and_nothing_else_of_a_project(town, project, treasurer):
    path = town.path(f"{project.pk}/foerderung/")
    given = {"programme": "Programm", "percent": "75", "ends_on": "2027-06-30"}
    assert treasurer.post(f"{path}neu/", given).status_code == 302
    with town.scope():
        assert Funding.objects.get().share == Decimal("0.75")
    page = treasurer.get(path).content.decode()
    assert f"{path}neu/" in page
    assert town.path(f"{project.pk}/pflicht/") not in page
    assert treasurer.get(town.path(f"{project.pk}/bearbeiten/")).status_code == 403


@pytest.mark.parametrize(("ends_on", "is_alarm"), [("2027-07-14", True), ("2027-07-15", False)])
def test_the_alarm_list_is_exact_to_the_day(town, project, treasurer, ends_on, is_alarm):
    """TRF-408: money ends in less than 18 months and nobody said what then."""
    with town.scope():
        row = Funding.objects.create(
            tenant_id=town.tenant.pk,
            project=project,
            programme="Programm",
            share=Decimal("0.75"),
            ends_on=date.fromisoformat(ends_on),
        )
    with time_machine.travel("2026-01-15 10:00+00:00", tick=False):
        treasurer.force_login(make_member(town.tenant, "treasurer", "kim"))
        page = treasurer.get(town.path("ausblick/")).content.decode()
        assert ("Zuerst für die Kämmerei" in page) is is_alarm
        table = treasurer.get(town.path("ausblick/foerderklippe.csv")).getvalue().decode()
        assert f";{'ja' if is_alarm else 'nein'};" in table
        row.decided_on, row.decision = date(2026, 1, 2), "Stellenplan"
        row.save()
        page = treasurer.get(town.path("ausblick/")).content.decode()
        assert "Zuerst für die Kämmerei" not in page
        assert "weiter, beschlossen am" in page


def test_what_is_switched_off_counts_once_confirmed_and_after_its_day(town, project, treasurer):
    """PF-71, PF-154: the list of all, with date and euros."""
    given = {"name": "Alte Fachsoftware", "off_on": "2026-01-31", "yearly_eur": "1.250,50"}
    assert treasurer.post(town.path(f"{project.pk}/abloesung/"), given).status_code == 302
    page = treasurer.get(town.path("ausblick/")).content.decode()
    assert "Gezählt: 0" in page
    assert "noch nicht bestätigt" in page
    with town.scope():
        (one,) = queries.list_replacements()
    confirm = town.path(f"{project.pk}/abloesung/{one.pk}/")
    assert treasurer.post(confirm, {"confirmed_by": ""}).status_code == 422
    treasurer.post(confirm, {"confirmed_by": "Kämmerei"})
    assert "Gezählt: 1.250,50" in treasurer.get(town.path("ausblick/")).content.decode()
    table = b"".join(treasurer.get(town.path("ausblick/abloesungen.csv")).streaming_content)
    assert "Alte Fachsoftware;2026-01-31;1250,50;Kämmerei;ja" in table.decode()


def test_a_duty_is_checked_by_somebody_and_a_change_takes_the_check_back(town, project):
    """PF-72, PF-155: task, norm, Land, since, kind, reviewer, date."""
    with town.scope():
        duty = actions.add_duty(project, SEWAGE, actor=LENA)
        assert papers.duties(type("Row", (), {"project": project})) == (
            "Erfundene Aufgabe (§ 1 Beispielgesetz, Nordrhein-Westfalen):"
            " Pflichtaufgabe der Selbstverwaltung, rechtlich nicht geprüft.",
        )
        with pytest.raises(FutureDayError):
            actions.review_duty(duty, reviewer="Rechtsamt", on=date(2999, 1, 1), actor=LENA)
        duty = actions.review_duty(duty, reviewer="Rechtsamt", on=date(2026, 5, 1), actor=LENA)
        same = actions.change_duty(duty, SEWAGE, actor=LENA)
        assert same.reviewer == "Rechtsamt"
        other = actions.DutyInput(task="Andere", norm=SEWAGE.norm, kind=DutyKind.VOLUNTARY)
        assert actions.change_duty(duty, other, actor=LENA).reviewed_on is None
        actions.add_duty(project, SEWAGE, actor=LENA)
        with pytest.raises(DutyTakenError):
            actions.change_duty(duty, SEWAGE, actor=LENA)


def test_two_projects_share_one_duty_of_the_list(town, project):
    other = make_project(town.tenant.pk, title="Funknetz")
    editor, lead = town.clients["editor"], town.clients["lead"]
    empty = editor.post(town.path(f"{project.pk}/pflicht/"), {"kind": "obligatory"})
    assert empty.status_code == 422
    given = {"task": SEWAGE.task, "norm": SEWAGE.norm, "kind": "obligatory", "land": "05"}
    assert editor.post(town.path(f"{project.pk}/pflicht/"), given).status_code == 302
    with town.scope():
        duty = Duty.objects.get()
    chosen = {"known": duty.pk, "kind": "obligatory"}
    assert editor.post(town.path(f"{other.pk}/pflicht/"), chosen).status_code == 302
    page = editor.get(town.path("pflichten/")).content.decode()
    assert "Funknetz" in page
    assert "rechtlich nicht geprüft" in page
    review = town.path(f"pflichten/{duty.pk}/pruefung/")
    assert editor.get(review).status_code == 403
    lead.post(review, {"reviewer": "Rechtsamt", "on": "2026-05-01"})
    assert "geprüft: Rechtsamt" in lead.get(town.path(f"pflichten/{duty.pk}/")).content.decode()
    editor.post(town.path(f"{other.pk}/pflicht/{duty.pk}/"))
    table = b"".join(editor.get(town.path("pflichten.csv")).streaming_content).decode()
    assert "Rechtsamt" in table
    assert "Funknetz" not in table


def yearly(position, amount):
    return Line(position=position, state=LineState.AMOUNT, yearly=Decimal(amount))


def test_who_would_pay_follows_from_who_benefits(town, project):
    """TC40 as people enter it: 40,000 local, 10,000 shared."""
    with town.scope():
        actions.save_costs(
            project,
            actions.SheetInput(
                price_year=2026, source_kind=SourceKind.ESTIMATE, vat=VatState.INCLUDED
            ),
            [yearly(Position.OPERATION, 40_000), yearly(Position.INTEGRATION, 10_000)],
            actor=LENA,
        )
    path = town.path(f"{project.pk}/nutzen/")
    wrong = {**{k: str(v) for k, v in TC40.items()}, "land": "16"}
    editor = town.clients["editor"]
    assert "100 Prozent" in editor.post(path, wrong).content.decode()
    right = {**{k: str(v) for k, v in TC40.items()}, "shared_positions": ["integration"]}
    assert editor.post(path, {**right, "land_evidence": "Abnehmer der Daten"}).status_code == 302
    with town.scope():
        split = queries.read_split(project)
    assert split.by_level == {
        "municipality": Decimal(22_000),
        "neighbours": Decimal(10_000),
        "land": Decimal(13_500),
        "federal": Decimal(4_500),
    }
    page = editor.get(town.path(f"{project.pk}/foerderung/")).content.decode()
    assert "13.500" in page
    assert page.count("nicht belegt") == 3
    assert "Abnehmer der Daten" in page


def test_shares_without_cost_give_no_euros(town, project):
    with town.scope():
        with pytest.raises(SplitSumError):
            actions.plan_split(
                project,
                actions.SplitInput(shares={**TC40, "land": Decimal(1)}, evidence={}),
                actor=LENA,
            )
        actions.plan_split(project, actions.SplitInput(shares=TC40, evidence={}), actor=LENA)
        assert queries.read_split(project).by_level == {}
    page = town.clients["viewer"].get(town.path(f"{project.pk}/foerderung/")).content.decode()
    assert "Jährliche Kosten sind nicht eingetragen" in page


def test_the_drawing_and_the_table_show_the_same_dependencies(town, project):
    """PF-20: drawn, with a table of equal rank."""
    radio = make_project(town.tenant.pk, title="Funknetz")
    map_ = make_project(town.tenant.pk, title="Karte")
    with town.scope():
        actions.add_dependency(project, radio, "needs", role="Leitung", actor=LENA)
        actions.add_dependency(project, map_, "feeds", role="Leitung", actor=LENA)
        graph = queries.read_graph()
    assert graph.steps == {radio.pk: 0, project.pk: 1, map_.pk: 2}
    page = town.clients["viewer"].get(town.path("ausblick/")).content.decode()
    assert page.count("<rect") == 3
    assert "liefert an" in page
    table = b"".join(
        town.clients["viewer"].get(town.path("ausblick/abhaengigkeiten.csv")).streaming_content
    ).decode()
    assert len(table.splitlines()) == 3
