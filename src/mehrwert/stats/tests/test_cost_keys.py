"""Cost-sharing keys: TC33 to TC37d of portfolio.md and the fixture of transfer.md section 6."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.cost_keys import (
    CapacityTiers,
    CheckKind,
    CheckState,
    FixedPlusOwn,
    KeyWeights,
    Member,
    by_benefit,
    check_shares,
    equal,
    excess_of_subgroups,
    joining_offer,
    leaving_price,
    mixed,
    per_head,
    per_use,
    shapley,
    shapley_by_definition,
    to_cents,
    worst_subgroup,
)

TOTAL = Fraction(180_000)
MEMBERS = [
    Member("A", 120_000, Fraction(400)),
    Member("B", 35_000, Fraction(250)),
    Member("C", 12_000, Fraction(250)),
    Member("D", 4_000, Fraction(100)),
]
ALONE = {"A": 180_000, "B": 100_000, "C": 60_000, "D": 40_000}
GAME = CapacityTiers({key: Fraction(cost) for key, cost in ALONE.items()})


def weights(equal_part, head, use):
    return KeyWeights(Fraction(equal_part, 10), Fraction(head, 10), Fraction(use, 10))


def euros(shares):
    return [cents / 100 for cents in to_cents(shares).values()]


def excesses(shares):
    return {"".join(x.group): float(x.excess) for x in excess_of_subgroups(shares, GAME)}


@pytest.mark.parametrize(
    ("parts", "want", "unstable"),
    [
        ((10, 0, 0), [45_000] * 4, {"D": 5_000, "CD": 30_000, "BCD": 35_000}),
        ((0, 10, 0), [126_315.79, 36_842.10, 12_631.58, 4_210.53], {}),
        ((3, 7, 0), [101_921.05, 39_289.47, 22_342.11, 16_447.37], {}),
        ((0, 0, 10), [72_000, 45_000, 45_000, 18_000], {"CD": 3_000, "BCD": 8_000}),
        ((3, 4, 3), [85_626.32, 41_736.84, 32_052.63, 20_584.21], {}),
    ],
)
def test_tc33_to_tc36b(parts, want, unstable):
    """TC33, TC34, TC35, TC36, TC36b: shares to the cent, and who would leave."""
    shares = mixed(TOTAL, MEMBERS, weights(*parts))
    assert euros(shares) == want
    assert sum(to_cents(shares).values()) == 18_000_000
    assert excesses(shares) == unstable


def test_the_single_keys_are_the_corners_of_the_mixed_one():
    assert equal(TOTAL, MEMBERS) == mixed(TOTAL, MEMBERS, weights(10, 0, 0))
    assert per_head(TOTAL, MEMBERS) == mixed(TOTAL, MEMBERS, weights(0, 10, 0))
    assert per_use(TOTAL, MEMBERS) == mixed(TOTAL, MEMBERS, weights(0, 0, 10))


def test_tc37_shapley_of_capacity_tiers():
    shares = shapley(GAME)
    assert euros(shares) == [116_666.67, 36_666.67, 16_666.66, 10_000.00]
    assert excesses(shares) == {}


@pytest.mark.parametrize(
    ("tiers", "want"),
    [
        ((8, 11, 13, 18), [2, 3, 4, 9]),
        ((1500, 2200, 3000), [500, 850, 1650]),
        ((40, 50, 60, 70, 80, 90), [Fraction(x, 6) for x in (40, 52, 67, 87, 117, 177)]),
    ],
)
def test_tc37b_published_runways(tiers, want):
    game = CapacityTiers({f"{n:02}": Fraction(cost) for n, cost in enumerate(tiers)})
    assert list(shapley(game).values()) == want


def test_tc37c_fixed_plus_own():
    own = {"A": 30_000, "B": 14_000, "C": 8_000, "D": 8_000}
    game = FixedPlusOwn(Fraction(90_000), {key: Fraction(x) for key, x in own.items()})
    assert list(shapley(game).values()) == [52_500, 36_500, 30_500, 30_500]


def test_tc37d_ties_go_by_key():
    members = [Member("C"), Member("A"), Member("B")]
    assert to_cents(equal(Fraction(100), members)) == {"A": 3334, "B": 3333, "C": 3333}


costs = st.lists(st.integers(0, 500), min_size=1, max_size=6)


@given(costs, st.integers(0, 900))
@settings(max_examples=25, deadline=None)
def test_the_closed_forms_are_the_definition(amounts, fixed):
    alone = {f"{n:02}": Fraction(cost) for n, cost in enumerate(amounts)}
    for game in (CapacityTiers(alone), FixedPlusOwn(Fraction(fixed), alone)):
        assert shapley(game) == shapley_by_definition(game)


@given(costs, st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_the_worst_group_is_found_without_looking_at_all(amounts, seed):
    """PF-141: exact also where 2ⁿ groups are too many."""
    alone = {f"{n:02}": Fraction(cost) for n, cost in enumerate(amounts)}
    chance = random.Random(seed)
    shares = {key: Fraction(chance.randrange(600)) for key in alone}
    for game in (CapacityTiers(alone), FixedPlusOwn(Fraction(200), alone)):
        groups = excess_of_subgroups(shares, game)
        worst = worst_subgroup(shares, game)
        assert (worst.excess if worst else 0) == (groups[0].excess if groups else 0)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**4)), min_size=1, max_size=8),
    st.integers(0, 10**9),
)
@settings(max_examples=25, deadline=None)
def test_the_cents_always_sum_to_the_total(sizes, cents):
    members = [Member(f"{n:08}", heads, Fraction(uses)) for n, (heads, uses) in enumerate(sizes)]
    total = Fraction(cents, 100)
    for shares in (
        equal(total, members),
        per_head(total, members),
        mixed(total, members, weights(3, 4, 3)),
    ):
        assert sum(to_cents(shares).values()) == cents


def test_capacity_tiers_are_always_stable():
    game = CapacityTiers({f"{n:02}": Fraction(100 * n) for n in range(1, 21)})
    assert worst_subgroup(shapley(game), game) is None


def checks_of(shares, members=MEMBERS, game=GAME, total=TOTAL):
    return {check.kind: check for check in check_shares(shares, total, members, game)}


def test_equal_shares_fail_alone_and_in_groups():
    """TRF-503: D pays more than alone, {C, D} and {B, C, D} do better apart."""
    found = checks_of(equal(TOTAL, MEMBERS))
    assert found[CheckKind.SUM].state is CheckState.PASSED
    assert found[CheckKind.STAND_ALONE].members == ("D",)
    assert [x.group for x in found[CheckKind.SUBGROUPS].groups] == [("B", "C", "D"), ("C", "D")]
    assert found[CheckKind.BENEFIT_LINK].state is CheckState.PASSED


def test_a_payer_without_use_is_red():
    """PF-142."""
    idle = [*MEMBERS[:3], Member("D", 4_000, Fraction(0))]
    found = checks_of(per_head(TOTAL, idle), idle)
    assert found[CheckKind.BENEFIT_LINK].state is CheckState.FAILED
    assert found[CheckKind.BENEFIT_LINK].members == ("D",)


def test_nothing_is_judged_without_numbers():
    members = [Member("A", 10), Member("B", 20)]
    found = checks_of(per_head(TOTAL, members), members, None)
    for kind in (CheckKind.STAND_ALONE, CheckKind.SUBGROUPS, CheckKind.BENEFIT_LINK):
        assert found[kind].state is CheckState.NOT_ASSESSABLE


def test_equal_members_and_members_without_need():
    game = CapacityTiers({"A": Fraction(10), "B": Fraction(10), "C": Fraction(0)})
    members = [Member("A", 5), Member("B", 5), Member("C", 5)]
    unfair = {"A": Fraction(4), "B": Fraction(5), "C": Fraction(1)}
    found = checks_of(unfair, members, game, Fraction(11))
    assert found[CheckKind.SUM].state is CheckState.FAILED
    assert found[CheckKind.EQUALS].members == ("A", "B")
    assert found[CheckKind.NO_NEED].members == ("C",)
    fair = checks_of(shapley(game), members, game, Fraction(10))
    assert {check.state for check in fair.values() if check.kind is not CheckKind.BENEFIT_LINK} == {
        CheckState.PASSED
    }


def test_by_measured_benefit():
    members = [Member("A", benefit=Fraction(3)), Member("B", benefit=Fraction(1))]
    assert euros(by_benefit(Fraction(100), members)) == [75, 25]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([], "too_few"),
        ([Member("A", 1), Member("A", 2)], "twice"),
        ([Member("A", 1), Member("B")], "unknown"),
        ([Member("A", 0), Member("B", 0)], "zero"),
        ([Member("A", -1), Member("B", 2)], "negative"),
    ],
)
def test_unusable_numbers_are_refused(members, code):
    with pytest.raises(StatisticsError) as caught:
        per_head(TOTAL, members)
    assert caught.value.code == code


@pytest.mark.parametrize("parts", [(5, 4, 0), (12, -2, 0)])
def test_the_parts_of_a_key_sum_to_one(parts):
    with pytest.raises(StatisticsError, match="sum to 1"):
        weights(*parts)


def test_a_fraction_of_a_cent_cannot_be_shared():
    with pytest.raises(StatisticsError, match="cents"):
        to_cents({"A": Fraction(1, 300)})


def test_one_more_member_and_what_the_others_save():
    """PF-144, TRF-504: sums stay exact."""
    before = per_head(TOTAL, MEMBERS[:3])
    offer = joining_offer(before, per_head(TOTAL, MEMBERS), alone=Fraction(40_000))
    assert (offer.newcomer, offer.price, offer.alone) == ("D", 421_053, 4_000_000)
    assert sum(offer.saving(key) for key in "ABC") == offer.price
    with pytest.raises(StatisticsError, match="one member more"):
        joining_offer(before, before)


def test_one_member_less_and_what_the_others_pay_more():
    """TRF-504: leaving costs what the others pay more, to the cent."""
    before = per_head(TOTAL, MEMBERS)
    price = leaving_price(before, per_head(TOTAL, MEMBERS[:3]))
    assert (price.leaver, price.exit_cost, price.alone) == ("D", 421_053, None)
    assert sum(price.burden(key) for key in "ABC") == price.exit_cost
    with pytest.raises(StatisticsError, match="one member less"):
        leaving_price(before, before)
