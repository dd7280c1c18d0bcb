"""Common costs: TC33 to TC37 through page, file and rules; TRF-501 to TRF-505, PF-141 to PF-144."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from mehrwert.municipalities.tests.fixtures import make_member, make_tenant, official
from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.choices import CHECK_SENTENCES, CostKey, GameModel
from mehrwert.portfolio.errors import PartnerTwiceError, TooFewPartnersError, WeightsError
from mehrwert.portfolio.models import CostShare
from mehrwert.portfolio.rules.gain import gains
from mehrwert.portfolio.rules.keys import CommonCost, Payer, work_out, work_out_leaving
from mehrwert.stats.cost_keys import CheckKind, CheckState, KeyWeights

from .factories import LENA

THIRD = KeyWeights(Fraction(3, 10), Fraction(4, 10), Fraction(3, 10))
PAYERS = [
    Payer(
        key=f"{n:03}", name=name, inhabitants=people, uses=Decimal(uses), alone_eur=Decimal(alone)
    )
    for n, (name, people, uses, alone) in enumerate(
        [
            ("Aubach", 120_000, 400, 180_000),
            ("Berg", 35_000, 250, 100_000),
            ("Cornau", 12_000, 250, 60_000),
            ("Dornheim", 4_000, 100, 40_000),
        ],
        start=1,
    )
]
COST = CommonCost(total_eur=Decimal(180_000), model=GameModel.CAPACITY_TIERS, weights=THIRD)


def by_key(cost=COST, payers=PAYERS):
    return {result.key: result for result in work_out(cost, payers)}


def euros(result):
    return [cents / 100 for cents in result.cents.values()]


@pytest.mark.parametrize(
    ("key", "want"),
    [
        (CostKey.EQUAL, [45_000] * 4),
        (CostKey.PER_HEAD, [126_315.79, 36_842.10, 12_631.58, 4_210.53]),
        (CostKey.PER_USE, [72_000, 45_000, 45_000, 18_000]),
        (CostKey.MIXED, [85_626.32, 41_736.84, 32_052.63, 20_584.21]),
        (CostKey.SHAPLEY, [116_666.67, 36_666.67, 16_666.66, 10_000]),
    ],
)
def test_all_keys_side_by_side(key, want):
    """TC33, TC34, TC36, TC36b, TC37; the sum stays exact with and without VAT."""
    result = by_key()[key]
    assert euros(result) == want
    assert sum(result.cents.values()) == 18_000_000
    assert sum(result.cents_vat.values()) == 21_420_000


def test_what_nobody_knows_is_not_assessable():
    """Decisions 44: no model, no Shapley; benefit was not measured."""
    cost = CommonCost(total_eur=Decimal(180_000), weights=THIRD)
    found = by_key(cost)
    assert (found[CostKey.SHAPLEY].cents, found[CostKey.SHAPLEY].missing) == (None, "no_model")
    assert (found[CostKey.BENEFIT].cents, found[CostKey.BENEFIT].missing) == (None, "unknown")
    checks = {check.kind: check.state for check in found[CostKey.EQUAL].checks}
    assert checks[CheckKind.STAND_ALONE] is CheckState.NOT_ASSESSABLE


def test_costs_of_a_model_that_do_not_match_are_said_so():
    cost = CommonCost(total_eur=Decimal(170_000), model=GameModel.CAPACITY_TIERS, weights=THIRD)
    assert by_key(cost)[CostKey.SHAPLEY].missing == "other_total"


def test_a_base_and_own_costs():
    """TC37c."""
    own = dict(zip("ABCD", (30_000, 14_000, 8_000, 8_000), strict=True))
    payers = [Payer(key=k, name=k, alone_eur=Decimal(v)) for k, v in own.items()]
    cost = CommonCost(
        total_eur=Decimal(150_000),
        model=GameModel.FIXED_PLUS_OWN,
        fixed_eur=Decimal(90_000),
        weights=THIRD,
    )
    assert euros(by_key(cost, payers)[CostKey.SHAPLEY]) == [52_500, 36_500, 30_500, 30_500]


def test_one_more_member_pays_and_the_others_save():
    """PF-144, TRF-504."""
    newcomer = Payer(
        key="005",
        name="Erlau",
        inhabitants=9_000,
        uses=Decimal(120),
        alone_eur=Decimal(50_000),
        is_candidate=True,
    )
    offer = by_key(payers=[*PAYERS, newcomer])[CostKey.SHAPLEY].offer
    assert (offer.price, offer.alone) == (1_050_000, 5_000_000)
    assert sum(offer.saving(key) for key in offer.before) == offer.price


def test_one_member_less_costs_what_the_others_pay_more():
    """TRF-504: the group falls back to the next smaller tier; sums stay exact."""
    cost = CommonCost(total_eur=Decimal(180_000), model=GameModel.CAPACITY_TIERS, weights=THIRD)
    prices = {one.leaver: one for one in work_out_leaving(cost, PAYERS, CostKey.SHAPLEY)}
    largest = prices["001"]
    # without A the rest needs what its largest needs: 100,000 instead of 180,000
    assert sum(largest.after.values()) == 10_000_000
    assert largest.alone == 18_000_000
    assert largest.exit_cost == sum(largest.burden(key) for key in largest.after)
    assert largest.exit_cost == 10_000_000 - (18_000_000 - largest.before["001"])
    assert {sum(price.before.values()) for price in prices.values()} == {18_000_000}
    assert len(prices) == 4


def test_without_a_model_the_others_take_over_the_whole_share():
    cost = CommonCost(total_eur=Decimal(180_000), weights=THIRD)
    for price in work_out_leaving(cost, PAYERS, CostKey.PER_HEAD):
        assert price.exit_cost == price.before[price.leaver]
        assert sum(price.after.values()) == 18_000_000
    assert work_out_leaving(cost, PAYERS[:1], CostKey.PER_HEAD) == []


def test_every_check_has_its_sentence():
    kinds = {
        (kind, state) for kind in CheckKind for state in (CheckState.PASSED, CheckState.FAILED)
    }
    assert kinds <= set(CHECK_SENTENCES)


@pytest.fixture
def treasurer(town, client):
    client.force_login(make_member(town.tenant, "treasurer"))
    return client


FORM = {
    "title": "Leitstelle",
    "total_eur": "180.000",
    "model": "capacity_tiers",
    "weight_equal": "30",
    "weight_head": "70",
    "weight_use": "0",
    "rows": "5",
}


def rows(payers=PAYERS):
    sent = dict(FORM)
    for n, payer in enumerate(payers):
        sent |= {
            f"name_{n}": payer.name,
            f"inhabitants_{n}": str(payer.inhabitants),
            f"uses_{n}": str(payer.uses),
            f"alone_eur_{n}": str(payer.alone_eur),
        }
    return sent


def body(answer):
    return answer.getvalue().decode()


def test_a_treasurer_enters_four_partners_and_reads_all_keys(town, treasurer):
    """TC35, TRF-501, TRF-503."""
    home = town.path("kostenschluessel/")
    assert "mindestens zwei Beteiligte" in body(treasurer.get(home))
    page = body(treasurer.post(f"{home}neu/", rows(), follow=True))
    for shown in ("101.921,05", "116.666,67", "gemischt (30 / 70 / 0)", "Mit 19 % Umsatzsteuer"):
        assert shown in page
    assert "Zahlt mehr als allein: Dornheim um 5.000,00" in page
    assert "Cornau + Dornheim um 30.000,00" in page
    with town.scope():
        row = CostShare.objects.get()
    file = body(treasurer.get(town.path(f"kostenschluessel/{row.pk}/anteile.csv")))
    assert "Aubach;001;120000;400,00;180000,00;101921,05;121286,05" in file
    assert "Leitstelle" in body(treasurer.get(home))
    discard = town.path(f"kostenschluessel/{row.pk}/loeschen/")
    assert "gelöscht" in body(treasurer.post(discard, follow=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"total_eur": "0"}, "0.01"),
        ({"weight_use": "10"}, "nicht 100"),
        ({"name_1": "", "name_2": "", "name_3": ""}, "Bitte den Namen eintragen."),
        ({"key_0": "abc"}, "Nur Ziffern"),
        ({"key_0": "05515000", "key_1": "05515000"}, "steht zweimal"),
        ({"rows": "9999999"}, ""),
    ],
)
def test_wrong_input_is_answered_in_words(town, treasurer, wrong, said):
    answer = treasurer.post(town.path("kostenschluessel/neu/"), {**rows(), **wrong})
    assert said in body(answer) or said == "0.01"
    with town.scope():
        assert CostShare.objects.count() == (not said)


def test_a_single_partner_is_refused_and_a_viewer_only_reads(town, treasurer):
    answer = treasurer.post(town.path("kostenschluessel/neu/"), rows(PAYERS[:1]))
    assert "mindestens zwei" in body(answer)
    viewer = town.clients["viewer"]
    assert viewer.get(town.path("kostenschluessel/neu/")).status_code == 403
    assert viewer.get(town.path("kostenschluessel/")).status_code == 200


def test_inhabitants_come_from_the_register_by_the_official_key(town):
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    given = actions.ShareInput(title="X", total_eur=Decimal(100))
    payers = [Payer(key="09462000", name="Bayreuth"), Payer(key="2", name="B")]
    with town.scope():
        row = actions.save_share(None, given, payers, actor=LENA)
        assert [payer.inhabitants for payer in queries.list_payers(row)] == [74_000, None]
        with pytest.raises(TooFewPartnersError):
            actions.save_share(row, given, payers[:1], actor=LENA)
        with pytest.raises(PartnerTwiceError):
            actions.save_share(row, given, [payers[0], payers[0]], actor=LENA)
        wrong = actions.ShareInput(title="X", total_eur=Decimal(100), weight_use=Decimal(31))
        with pytest.raises(WeightsError):
            actions.save_share(row, wrong, payers, actor=LENA)
    other = make_tenant("erlbach")
    client = town.clients["viewer"]
    client.force_login(make_member(other, "admin"))
    assert client.get(f"/erlbach/vorhaben/kostenschluessel/{row.pk}/").status_code == 404


def test_each_partner_sees_what_it_has_from_sharing():
    """TRF-502: difference to going alone, break-even year and volume; unknown is not assessed."""
    payers = [replace(PAYERS[0], entry_eur=Decimal(20_000)), *PAYERS[1:]]
    found = gains(COST, payers, by_key()[CostKey.PER_USE].cents)
    assert found["001"].saving == 108_000
    assert found["001"].years == Decimal(20_000) / 108_000
    assert found["004"].saving == 22_000
    # Cornau pays 60,000 alone: 60,000 · 750 / 120,000 own uses make the key per use as dear
    assert found["003"].uses_limit == 375
    assert found["001"].uses_limit is None
    alone = [replace(payer, alone_eur=None) for payer in payers]
    assert gains(COST, alone, by_key()[CostKey.PER_USE].cents)["001"].saving is None


def test_the_annex_of_the_agreement_is_the_same_for_the_same_inputs(town, treasurer):
    """TRF-506: key, data, example, votes beside levy, day of review; ODT and PDF."""
    given = actions.ShareInput(
        title="Leitstelle",
        total_eur=Decimal(180_000),
        model=GameModel.CAPACITY_TIERS,
        chosen_key="per_head",
        review_on=date(2028, 1, 1),
    )
    payers = [replace(payer, votes=Decimal(1)) for payer in PAYERS]
    with town.scope():
        row = actions.save_share(None, given, payers, actor=LENA)
    path = town.path(f"kostenschluessel/{row.pk}/")
    page = body(treasurer.get(path)).replace("\u00a0", " ")
    assert "Neu gerechnet wird am 1. Januar 2028" in page
    assert "spart 53.684,21" in page
    assert "allein wären es 180.000,00" in page
    # per head 126,315.79; without the largest the others need 100,000 instead of 180,000
    assert "<strong>46.315,79" in page
    with town.scope():
        CostShare.objects.update(model="fixed_plus_own")
    assert "verursacht selbst 180.000,00" in body(treasurer.get(path)).replace("\u00a0", " ")
    with town.scope():
        CostShare.objects.update(model="capacity_tiers")
    first, again = (treasurer.get(f"{path}anlage.odt") for _ in range(2))
    assert first.content == again.content
    text = zipfile.ZipFile(io.BytesIO(first.content)).read("content.xml").decode()
    text = text.replace("\u00a0", " ")
    for shown in ("nach Einwohnern", "126.315,79", "25,0 %", "1. Januar 2028", "70,2 %"):
        assert shown in text
    assert treasurer.get(f"{path}anlage.doc").status_code == 404
    with town.scope():
        CostShare.objects.update(chosen_key="")
    assert treasurer.get(f"{path}anlage.pdf").status_code == 404
