"""What a decision rests on: the own measurement, or what others found (section 14)."""

import math
from datetime import date

import pytest

from mehrwert.evaluation import actions, queries
from mehrwert.evaluation.actions import Costs, DecisionInput, MoneyInput, ResultInput
from mehrwert.evaluation.deciding import deliberate
from mehrwert.evaluation.papers import document_of, facts_of
from mehrwert.evidence.tests.factories import released
from mehrwert.stats.capital_value import annuity_factor

from .conftest import LENA, START

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
SIX = ("Nordheim", "Erlbach", "Lindau", "Steinau", "Moorbach", "Seehof")
COSTS = Costs(invest=4_000, yearly=900, yearly_base=20_000, years=5, rate=0.009)


def others(*towns, theta=-0.3, population=8_000):
    for n, town in enumerate(towns):
        released(
            900 + n, town=town, root="demo-baumbewaesserung", is_demo=True, theta=theta + 0.01 * n,
            population=population,
        )  # fmt: skip


@pytest.fixture
def weak(town):
    """A single series: class 1, filed in time."""
    row = town.frozen(comparisons={})
    made = town.estimate(row)
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
    return row, made


def asked(town, row, made, money=None):
    with town.scope():
        return deliberate(row, town.plan(), made, money or MoneyInput())


def test_a_weak_own_measurement_gives_way_to_what_others_found(town, weak):
    row, made = weak
    assert made.evidence_class == 1
    alone = asked(town, row, made)
    assert (alone.ground.source, alone.proposal.row) == ("own", 7)
    others(*SIX)
    together = asked(town, row, made, MoneyInput(COSTS))
    assert (together.ground.source, together.ground.k) == ("others", 6)
    assert (together.basis.evidence_class, together.proposal.row) == (3, 6)
    assert together.alone.low < together.alone.value < together.alone.high


def test_what_was_measured_well_here_is_not_overruled(town):
    row = town.frozen()
    made = town.estimate(row)
    others("Nordheim", "Erlbach", "Lindau", theta=0.4)
    assert made.evidence_class == 2
    assert asked(town, row, made).ground.source == "own"


def test_the_own_finding_alone_is_no_second_opinion(town, weak):
    row, made = weak
    released(
        town.tenant.pk, reference=row.reference, root="demo-baumbewaesserung", is_demo=True,
        design_level=3,
    )  # fmt: skip
    assert asked(town, row, made).ground.source == "own"


def test_nobody_of_this_size_means_one_class_less(town, weak):
    """Reason D: the kind of municipality asked about is not covered."""
    row, made = weak
    others(*SIX, population=90_000)
    assert asked(town, row, made).basis.evidence_class == 2


def test_at_the_bad_end_of_the_range_the_money_follows_the_effect(town):
    """EVI-42: the effect at its end is taken as known, and with it what it is worth."""
    row = town.frozen()
    made = town.estimate(row)
    with town.scope():
        row = actions.set_legal_light(row, "green", actor=LENA)
    good = asked(town, row, made, MoneyInput(COSTS, affordable=True))
    assert (good.proposal.row, good.tips) == (4, {})
    worst = made.record["effect"]["high"]
    just_too_dear = 20_000 * -math.expm1(worst) - 4_000 / annuity_factor(5, 0.009) + 5
    tight = Costs(invest=4_000, yearly=just_too_dear, yearly_base=20_000, years=5, rate=0.009)
    dear = asked(town, row, made, MoneyInput(tight, affordable=True))
    assert dear.proposal.row == 4
    assert dear.tips["high"] == "adapt_limited"


def test_a_limit_of_the_house_replaces_the_capital_value(town):
    """Row 4: cost per unit within the limit of the house."""
    row = town.frozen()
    made = town.estimate(row)
    with town.scope():
        row = actions.set_legal_light(row, "green", actor=LENA)
    assert asked(town, row, made, MoneyInput(affordable=True)).proposal.row == 6
    within = MoneyInput(affordable=True, within_limit=True)
    assert asked(town, row, made, within).proposal.row == 4


def test_an_adaptation_has_the_break_even_cost_as_target(town):
    """Row 6: at the target the capital value is nought."""
    row = town.frozen()
    made = town.estimate(row)
    dear = Costs(invest=0, yearly=9_000, yearly_base=20_000, years=5, rate=0.009)
    weighed = asked(town, row, made, MoneyInput(dear))
    assert weighed.proposal.row == 6
    target = weighed.alone.yearly_target
    again = Costs(invest=0, yearly=target, yearly_base=20_000, years=5, rate=0.009)
    assert asked(town, row, made, MoneyInput(again)).alone.value == pytest.approx(0, abs=1e-6)
    page = town.clients["lead"].get(
        town.path(f"{row.pk}/entscheidung/?yearly_base=20000&invest=0&yearly=9000&years=5"
                  "&rate_percent=0,9")
    )  # fmt: skip
    assert "Ziel der Anpassung: laufende Kosten von höchstens" in page.content.decode()


def test_the_paper_names_the_ground_and_both_rates(town):
    """DOC-182: capital value at both rates; section 14: the paper names the basis."""
    row = town.frozen(at_month=START - 3)
    town.estimate(row)
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
        day = queries.read_result(row)
        assert day is not None
        actions.record_decision(
            row,
            DecisionInput("adapt_limited", decided_on=date(2026, 11, 1), money=MoneyInput(COSTS)),
            actor=LENA,
        )
        paper = actions.begin_paper(row, actor=LENA)
        facts = facts_of(paper)
        printed = str(document_of(paper))
    assert facts.rates == ("0,9 %", "3 %")
    proposed = facts.alternatives[0]
    assert proposed.value_first_rate > proposed.value_second_rate > 0
    assert proposed.missing == ""
    assert facts.proposal.basis == "Grundlage: die eigene Messung, Stufe 2."
    assert facts.proposal.basis in printed
    assert facts.review.target.startswith("Ziel der Anpassung")


def test_outside_of_all_experience_the_paper_says_so(town, weak):
    """DOC-188: the line of the box."""
    row, _ = weak
    for n in range(10):
        released(
            900 + n, town=f"Ort {n}", root="demo-baumbewaesserung", is_demo=True,
            population=200_000 + 50_000 * n,
        )  # fmt: skip
    with town.scope():
        paper = actions.begin_paper(row, actor=LENA)
        assert facts_of(paper).unknowns.is_outside_experience
        assert "Unsere Kommune liegt außerhalb des Erfahrungsbereichs." in str(document_of(paper))
