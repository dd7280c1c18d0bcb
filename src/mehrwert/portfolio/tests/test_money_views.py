"""Pages of costs and money as people use them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from mehrwert.base.forms import AmountField
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.municipalities.tests.fixtures import make_member
from mehrwert.portfolio import actions
from mehrwert.portfolio.models import CostSheet, DeclaredAdoption, MoneyPlan

from .factories import LENA, make_project

HEAD = {
    "price_year": "2023",
    "source_kind": "invoice",
    "source": "Re. 12/2023",
    "vat": "included",
    "visibility": "aggregate",
    "life_years": "5",
}
THREE = {**HEAD, "once": "20.000", "yearly": "3000,50", "hours_yearly": "120"}


def body(answer):
    return answer.getvalue().decode()


@pytest.fixture
def project(town):
    return make_project(town.tenant.pk)


@pytest.fixture
def treasurer(town, client):
    client.force_login(make_member(town.tenant, "treasurer"))
    return client


def test_the_page_says_what_to_do_first(town, project):
    page = body(town.clients["viewer"].get(town.path(f"{project.pk}/geld/")))
    assert "Noch keine Kosten" in page


def test_a_treasurer_enters_three_lines_and_reads_a_lower_bound(town, project, treasurer):
    """Decisions 44."""
    answer = treasurer.post(town.path(f"{project.pk}/kosten/"), THREE, follow=True)
    page = body(answer)
    assert "mindestens 35.002,50" in page
    assert "Untergrenze" in page
    assert "Zinssatz prüfen." in page
    assert page.count("nicht bekannt") >= 13
    rest = town.path(f"{project.pk}/kosten/alles/")
    assert "in der Summe enthalten" in body(treasurer.post(rest, follow=True))
    page = body(treasurer.get(town.path(f"{project.pk}/geld/")))
    assert "mindestens" not in page
    file = body(treasurer.get(town.path(f"{project.pk}/geld.csv")))
    assert "Ausstieg, Datenausgabe;2026;0,00;known" in file


def test_a_plan_gives_capital_values_at_two_rates(town, project, treasurer):
    treasurer.post(town.path(f"{project.pk}/kosten/"), THREE)
    plan = {"base_year": "2026", "years": "5", "benefit_budget": "9000"}
    answer = treasurer.post(town.path(f"{project.pk}/geld/nutzen/"), plan, follow=True)
    page = body(answer)
    assert "0,90 %" in page
    assert "3,00 %" in page
    assert "Haushaltswirksam (KN/h)" in page
    assert "0,009;" in body(treasurer.get(town.path(f"{project.pk}/kapitalwert.csv")))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"once": "viel"}, "Zahl"),
        ({"yearly": "-5"}, "0"),
        ({"price_year": "12"}, "1990"),
        ({"source_kind": "hörensagen"}, "Das steht nicht zur Wahl"),
        ({"exit_state": "zero"}, "Bitte nennen Sie den Grund"),
        ({"exit_state": "amount"}, "braucht einen Betrag"),
    ],
)
def test_wrong_costs_are_answered_in_words(town, project, treasurer, wrong, said):
    answer = treasurer.post(town.path(f"{project.pk}/kosten/"), {**THREE, **wrong})
    assert answer.status_code == 422
    assert said in body(answer)
    with town.scope():
        assert not CostSheet.objects.exists()


def test_half_a_shared_cost_and_a_rate_without_source_are_refused(town, project, treasurer):
    plan = {"base_year": "2026", "years": "5", "shared_once": "1", "own_rate_percent": "2,5"}
    answer = treasurer.post(town.path(f"{project.pk}/geld/nutzen/"), plan)
    assert "beide Anteile" in body(answer)
    assert "woher der Zinssatz stammt" in body(answer)
    with town.scope():
        assert not MoneyPlan.objects.exists()


def test_costs_of_a_use_stand_on_its_page_and_in_a_file(town, treasurer):
    make_solution("app", name="Die App")
    editor = town.clients["editor"]
    told = {"relation": "reuse", "status": "live", "is_public": "on"}
    editor.post(town.path("nachnutzung/erklaeren/app/"), told)
    with town.scope():
        row = DeclaredAdoption.objects.get()
    one = town.path(f"nachnutzung/{row.pk}/")
    assert "Noch nichts eingetragen" in body(editor.get(one))
    assert editor.get(f"{one}kosten.csv").status_code == 404
    page = body(treasurer.post(f"{one}kosten/", THREE, follow=True))
    assert "in Preisen von 2023" in page
    assert "eine Spanne gibt es ab drei" in body(editor.get("/loesungen/app/"))
    assert "Summe, nicht aufgeteilt;amount;20000,00;3000,50" in body(editor.get(f"{one}kosten.csv"))


def test_what_is_switched_off_stands_beside_the_costs_of_the_project(town, project, treasurer):
    """TRF-409: with day and amount; both costs per inhabitant are told apart."""
    treasurer.post(town.path(f"{project.pk}/kosten/"), THREE)
    path = town.path(f"{project.pk}/geld/")
    assert "Welche Lizenz, welches Verfahren endet" in body(treasurer.get(path))
    with town.scope():
        actions.add_replacement(
            project,
            "Gießplan in Papier",
            off_on=date(2026, 1, 1),
            yearly_eur=Decimal(900),
            confirmed_by="Bauhof",
            actor=LENA,
        )
    page = body(treasurer.get(path)).replace("\u00a0", " ")
    assert "Gießplan in Papier, ab 1. Januar 2026: 900 € im Jahr, zählt" in page
    assert "Summe ÷ 6 Jahre" in page
    assert "Einmaliges auf 5 Jahre verteilt" in page


def test_viewers_change_no_money(town, project):
    viewer = town.clients["viewer"]
    for rest in ("kosten/", "geld/nutzen/"):
        assert viewer.get(town.path(f"{project.pk}/{rest}")).status_code == 403


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("20.000", 20_000), ("1.234,50", 1234.5), ("99,5", 99.5), ("12 000 €", 12_000), ("", None)],
)
def test_euros_as_people_type_them(typed, amount):
    found = AmountField(required=False, localize=True).clean(typed)
    assert (None if found is None else float(found)) == amount


def test_english_readers_group_with_commas():
    with override("en"):
        assert AmountField(localize=True).clean("20,000.50") == Decimal("20000.50")
