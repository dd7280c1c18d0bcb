"""Costs and money of a project: TC30, TC31, the fixture of transfer.md 5.3, PF-131 to PF-133."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from mehrwert.base.models import AuditRow
from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.catalogue.models import CostRecord
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.choices import (
    ANSWERED,
    CostVisibility,
    LineState,
    Position,
    SourceKind,
    VatState,
)
from mehrwert.portfolio.errors import AmountMissingError, ZeroReasonError
from mehrwert.portfolio.facts import read_discount_rates, read_price_index
from mehrwert.portfolio.models import CostSheet
from mehrwert.portfolio.rules.costs import Line, needs_check, rate_on, sum_by_block, sum_of
from mehrwert.portfolio.rules.financing import Funded
from mehrwert.portfolio.rules.money import own_cost_of

from .factories import LENA, make_project


def amount(position, once=None, yearly=None, **more):
    def euros(x):
        return None if x is None else Decimal(x)

    return Line(
        position=position, state=LineState.AMOUNT, once=euros(once), yearly=euros(yearly), **more
    )


def zero(position, reason="fällt nicht an"):
    return Line(position=position, state=LineState.ZERO, reason=reason)


def everything(*known):
    """Return these lines and all other positions as 0 with a reason."""
    named = {line.position for line in known}
    return [*known, *(zero(p) for p in ANSWERED if p not in named)]


def head(**changes):
    given = {"price_year": 2023, "source_kind": SourceKind.INVOICE, "vat": VatState.INCLUDED}
    return actions.SheetInput(**{**given, **changes})


@pytest.fixture
def inside(town):
    with town.scope(), time_machine.travel("2026-11-28 10:00+00:00", tick=False):
        yield town


@pytest.fixture
def adoption(inside):
    given = actions.AdoptionInput(relation=Relation.REUSE, status=AdoptionStatus.LIVE, since="2024")
    return actions.declare_adoption(make_solution("app"), given, actor=LENA)


def test_three_lines_give_a_lower_bound(adoption):
    """Decisions 44: the other positions start as unknown."""
    line = amount(Position.UNSPLIT, 20_000, 3_000, hours_yearly=Decimal(120))
    sheet = actions.save_costs(adoption, head(), [line], actor=LENA)
    found = queries.sum_of_sheet(sheet)
    assert (found.once, found.yearly, found.hours_yearly) == (20_000, 3_000, 120)
    assert found.unknown == ANSWERED
    row = CostRecord.objects.get()
    assert (row.is_lower_bound, row.hours_year) == (True, 120)
    assert row.per_inhabitant_year == (Decimal(7_000) / 8200).quantize(Decimal("0.00000001"))
    actions.cover_rest(sheet, actor=LENA)
    assert not queries.sum_of_sheet(sheet).is_lower_bound
    assert not CostRecord.objects.get().is_lower_bound
    assert AuditRow.objects.filter(kind="cost_sheet").count() == 2


def test_prices_of_another_year_are_converted_or_said_not_to_be(adoption):
    """TRF-404; without an index nothing is converted and it is flagged."""
    lines = everything(amount(Position.OPERATION, 0, 8_200))
    actions.save_costs(adoption, head(price_year=2021), lines, actor=LENA)
    row = CostRecord.objects.get()
    index = read_price_index().values
    assert row.per_inhabitant_year == (index[2023] / index[2021]).quantize(Decimal("0.00000001"))
    assert (row.price_year, row.is_converted) == (2023, True)
    actions.save_costs(adoption, head(price_year=2026), lines, actor=LENA)
    row = CostRecord.objects.get()
    assert (row.per_inhabitant_year, row.price_year, row.is_converted) == (1, 2026, False)


@pytest.mark.parametrize(
    ("vat", "yearly"), [("included", 1_000), ("excluded", 1_190), ("not_due", 1_000)]
)
def test_amounts_are_meant_as_the_town_bears_them(vat, yearly):
    found = sum_of(everything(amount(Position.OPERATION, 0, 1_000)), VatState(vat))
    assert found.yearly == yearly
    assert not found.is_lower_bound


def test_own_staff_bears_no_vat_and_unknown_vat_is_a_lower_bound():
    lines = everything(amount(Position.STAFF, 0, 1_000))
    assert sum_of(lines, VatState.EXCLUDED).yearly == 1_000
    assert sum_of(lines, VatState.UNKNOWN).unknown == (Position.VAT,)


def test_a_sum_with_an_open_half_is_a_lower_bound():
    found = sum_of([amount(Position.UNSPLIT, 5_000)], VatState.INCLUDED)
    assert (found.once, found.yearly) == (5_000, None)
    assert found.unknown[0] is Position.UNSPLIT


def test_hours_never_become_euros():
    """PF-68, TRF-403."""
    line = amount(Position.STAFF, hours_yearly=Decimal(500))
    found = sum_of(everything(line), VatState.INCLUDED)
    assert (found.yearly or 0, found.hours_yearly) == (0, 500)


def test_a_split_sheet_has_blocks_in_the_catalogue(adoption):
    """TRF-401, TRF-406: eight lines; a driver makes operation vary; VAT where it comes on top."""
    lines = everything(
        amount(Position.PREPARATION, "1000"),
        amount(Position.LICENCE, "2000", "600"),
        amount(Position.HARDWARE, "12000"),
        amount(Position.CONNECTIVITY, None, "240", driver="je Sensor"),
        amount(Position.INTRODUCTION, "500"),
        amount(Position.OPERATION, None, "1200"),
        amount(Position.STAFF, None, "1000"),
        amount(Position.EXIT, "300"),
    )
    actions.save_costs(
        adoption, head(vat=VatState.EXCLUDED, population=1000), lines, actor=LENA
    )  # fmt: skip
    row = CostRecord.objects.get()
    index = read_price_index()
    factor = index.values[index.base_year] / index.values[2023] / 1000
    expected = {
        "introduction": (3570, 0), "training": (595, 0), "hardware": (14280, 0),
        "operation": (0, 2142), "operation_driven": (0, Decimal("285.6")), "staff": (0, 1000),
        "exit": (357, 0), "development": (0, 0), "further": (0, 0),
    }  # fmt: skip
    found = {
        block: tuple(round(Decimal(part) / factor, 2) for part in parts)
        for block, parts in row.blocks.items()
    }
    assert found == expected


def test_a_block_with_an_unknown_position_is_left_out():
    known = [line for line in everything(amount(Position.HARDWARE, "5")) if line.position != "exit"]
    assert "exit" not in sum_by_block(known, VatState.INCLUDED)
    assert "hardware" in sum_by_block(known, VatState.INCLUDED)
    assert not sum_by_block([*known, amount(Position.UNSPLIT, "9", "9")], VatState.INCLUDED)
    assert not sum_by_block(known, VatState.UNKNOWN)


def test_zero_needs_a_reason_and_an_amount_a_number(adoption):
    """PF-131: empty is refused."""
    with pytest.raises(ZeroReasonError):
        actions.save_costs(adoption, head(), [zero(Position.EXIT, " ")], actor=LENA)
    empty = Line(position=Position.EXIT, state=LineState.AMOUNT)
    with pytest.raises(AmountMissingError):
        actions.save_costs(adoption, head(), [empty], actor=LENA)
    assert not CostSheet.objects.exists()


def test_what_is_only_for_the_town_is_not_in_the_catalogue(adoption):
    """TRF-410."""
    lines = everything(amount(Position.OPERATION, 0, 1_000))
    actions.save_costs(adoption, head(), lines, actor=LENA)
    assert CostRecord.objects.count() == 1
    hidden = head(visibility=CostVisibility.TENANT)
    actions.save_costs(adoption, hidden, lines, actor=LENA)
    assert CostRecord.objects.count() == 0


def test_a_use_and_its_project_have_one_sheet(inside):
    project = make_project(inside.tenant.pk)
    given = actions.AdoptionInput(relation=Relation.REUSE, status=AdoptionStatus.LIVE)
    row = actions.declare_adoption(make_solution("app"), given, project=project, actor=LENA)
    line = amount(Position.UNSPLIT, 1, 1)
    one = actions.save_costs(project, head(), [line], actor=LENA)
    assert queries.read_sheet(row) == one
    actions.save_costs(row, head(), [line], actor=LENA)
    assert CostSheet.objects.count() == 1
    assert CostRecord.objects.count() == 1


def tc30(project, **plan):
    lines = everything(amount(Position.DEVELOPMENT, 120_000), amount(Position.OPERATION, 0, 45_000))
    actions.save_costs(project, head(growth=Decimal("0.02"), population=35_000), lines, actor=LENA)
    given = {"base_year": 2026, "benefit_budget": Decimal(38_000), "benefit_other": Decimal(30_000)}
    actions.plan_money(project, actions.MoneyInput(**{**given, **plan}), actor=LENA)
    return queries.read_money(project)


def test_tc30_on_the_page_of_a_project(inside):
    """PF-62: always two rates; 1.69 € per inhabitant and year."""
    found = tc30(make_project(inside.tenant.pk))
    first, second = found.facts.cases
    assert (first.rate, second.rate) == (0.009, 0.03)
    assert first.capital.total == pytest.approx(-16_899.08, abs=0.01)
    assert first.capital.risk_case == pytest.approx(-117_891.80, abs=0.01)
    assert second.capital.in_budget == pytest.approx(-160_217.03, abs=0.01)
    assert round(found.facts.total.total, 2) == Decimal("354181.81")
    assert round(found.facts.total.per_inhabitant_year(found.population), 2) == Decimal("1.69")
    assert len(found.facts.positions) == 14
    assert None not in found.facts.positions.values()


def test_no_benefit_said_gives_no_capital_value(inside):
    found = tc30(make_project(inside.tenant.pk), benefit_budget=None, benefit_other=None)
    assert found.facts.cases[0].capital is None


def test_vat_is_a_position_and_both_totals_are_shown(inside):
    """TRF-505."""
    project = make_project(inside.tenant.pk)
    lines = everything(amount(Position.LICENCE, 1_000), amount(Position.STAFF, 500))
    actions.save_costs(project, head(vat=VatState.EXCLUDED), lines, actor=LENA)
    facts = queries.read_money(project).facts
    assert facts.positions["vat"][0] == 190
    assert (facts.net_total, facts.gross_total, facts.total.total) == (1_500, 1_690, 1_690)
    actions.save_costs(project, head(vat=VatState.UNKNOWN), lines, actor=LENA)
    facts = queries.read_money(project).facts
    assert facts.total.unknown == ("vat",)


@pytest.mark.parametrize(
    ("shared", "value", "needed", "p"),
    [(False, -67_000.08, 0.3799, 0.00026), (True, 11_809.99, 0.1463, 0.6997)],
)
def test_tc31_alone_and_shared(inside, shared, value, needed, p):
    """PF-63: P(KN > 0) from the measured effect, alone beside shared."""
    project = make_project(inside.tenant.pk, solution=make_solution("app"))
    lines = everything(amount(Position.HARDWARE, 60_000), amount(Position.OPERATION, 0, 14_000))
    actions.save_costs(project, head(), lines, actor=LENA)
    plan = actions.MoneyInput(
        base_year=2026,
        yearly_base=Decimal(69_300),
        shared_once=Decimal(25_000),
        shared_yearly=Decimal(5_000),
    )
    actions.plan_money(project, plan, actor=LENA)
    law = {"weights": [1.0], "centres": [-0.2], "scales": [0.08], "df": None}
    half = 1.959963984540054 * 0.08
    effect = actions.EffectInput(
        evaluation_ref="1", title="Wasser", theta=-0.2, low=-0.2 - half, high=-0.2 + half,
        good_is_up=False, evidence_class=2, law=law, measured_us=0,
    )  # fmt: skip
    assert actions.set_measured_effect("app", effect, actor=LENA) == 1
    case = queries.read_money(project).facts.cases[0]
    worth = case.shared if shared else case.alone
    assert worth.value == pytest.approx(value, abs=0.01)
    assert worth.needed == pytest.approx(needed, abs=6e-5)
    assert worth.p_positive == pytest.approx(p, abs=6e-5)


def test_the_rate_must_be_checked_until_somebody_did(inside):
    """Decisions 44."""
    project = make_project(inside.tenant.pk)
    found = queries.read_money(project)
    assert (found.rate.rate, found.rate.must_check) == (Decimal("0.009"), True)
    given = actions.MoneyInput(base_year=2026, own_rate=Decimal("0.02"), own_rate_source="Kämmerei")
    actions.plan_money(project, given, actor=LENA)
    found = queries.read_money(project)
    assert (found.rate.rate, found.rate.must_check) == (Decimal("0.02"), False)


def test_rates_cover_days_and_age():
    rates = read_discount_rates()
    assert rate_on(rates, "2004-12-31") is None
    assert rate_on(rates, "2010-12-31").rate == Decimal("0.043")
    assert rate_on(rates, "2023-06-30").rate == Decimal("0.033")
    newest = rate_on(rates, date(2026, 11, 28).isoformat())
    assert newest.rate == Decimal("0.009")
    assert needs_check(None, "2026-11-28", "2025-05-29")
    assert needs_check(newest, "2026-11-28", "2025-05-29")


def test_own_cost_jumps_when_funding_ends():
    """PF-132 with the days of TC39: half of 2027 is funded."""
    funded = Funded("1", Decimal(0), Decimal("0.75"), date(2027, 6, 30))
    costs = [Decimal(100_000), *[Decimal(80_000)] * 3]
    found = own_cost_of(costs, [funded], 2025)
    assert [round(amount, 2) for amount in found.per_year] == [
        100_000,
        20_000,
        Decimal("50246.58"),
        80_000,
    ]
    assert (found.jump_year, round(found.jump, 2)) == (3, Decimal("29753.42"))
    assert own_cost_of(costs, [], 2025) is None
