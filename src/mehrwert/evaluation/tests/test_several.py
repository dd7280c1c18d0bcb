"""Towns with starts of their own, and the line of synthetic difference in differences."""

from dataclasses import replace

import numpy as np
import pytest

from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.plans import plan_from_json, plan_to_json
from mehrwert.evaluation.records import record_of
from mehrwert.evaluation.rules import Data, MonthlySeries, estimate, parse_month, plan_document

from .conftest import FIRST as FIRST_OF_TOWN
from .conftest import pseudo
from .conftest import series as series_of_town
from .test_rules import FIRST, plan_of, verdicts
from .test_views import form, text

STARTS = {1: FIRST + 20, 2: FIRST + 36}


def town(seed, start=None, effect=0.0, n=48):
    months = np.arange(FIRST, FIRST + n)
    begun = (months >= start) * effect if start else 0.0
    wave = 0.2 * np.sin(2 * np.pi * months / 12)
    chance = 0.06 * (pseudo(900 * seed + months) - 0.5)
    return MonthlySeries(months, np.exp(4 + wave + chance + begun))


def staggered(effects=(-0.2, -0.2, -0.2)):
    own = town(50, FIRST + 30, effects[0])
    others = {k: town(k) for k in range(3, 8)}
    others |= {k: town(k, STARTS[k], e) for k, e in zip((1, 2), effects[1:], strict=True)}
    return Data(own, others), plan_of(30, 18, comparison_starts=STARTS)


def test_each_town_stands_against_towns_that_had_not_begun():
    """EVI-134: own start 30, others 20 and 36; town 2 serves as comparison until it begins."""
    data, plan = staggered()
    outcome = estimate(data, plan)
    found = outcome.several
    assert [(t.key, t.start - FIRST, t.comparisons) for t in found.towns] == [
        (0, 30, 5), (1, 20, 6), (2, 36, 5),
    ]  # fmt: skip
    assert found.low < -0.2 < found.high
    assert found.direction.value == "better"
    assert all(t.low < -0.2 < t.high for t in found.towns)
    assert set(outcome.comparisons) == {3, 4, 5, 6, 7}


def test_the_own_result_is_the_one_without_towns_that_began():
    data, plan = staggered(effects=(-0.2, -0.6, -0.6))
    clean = Data(data.own, {k: data.comparisons[k] for k in range(3, 8)})
    alone = estimate(clean, plan_of(30, 18))
    together = estimate(data, plan)
    assert together.effect.theta == pytest.approx(alone.effect.theta, abs=1e-12)
    assert alone.several is None
    naive = estimate(data, replace(plan, comparison_starts={}))
    width, clean_width = (e.high - e.low for e in (naive.effect, alone.effect))
    assert width > 1.8 * clean_width


def test_what_should_rise_is_turned_round_for_every_town():
    data, plan = staggered()
    down = estimate(data, plan).several
    up = estimate(data, replace(plan, good_direction="up")).several
    assert up.theta == pytest.approx(-down.theta, abs=1e-9)
    assert (up.low, up.high) == pytest.approx((-down.high, -down.low), abs=1e-9)


def test_two_towns_are_needed_and_enough_comparisons():
    data, plan = staggered()
    few = Data(data.own, {k: data.comparisons[k] for k in (1, 2, 3)})
    assert estimate(few, plan).several is None


def test_starts_are_part_of_the_plan_and_its_fingerprint():
    _, plan = staggered()
    assert plan_from_json(plan_to_json(plan)) == plan
    written = plan_document(plan, municipality="Auental")
    assert written["comparison_starts"] == {"1": "2020-09", "2": "2022-01"}
    assert parse_month("2020-09") == STARTS[1]
    assert "comparison_starts" not in plan_document(plan_of(30, 18), municipality="Auental")


def test_the_record_holds_every_town():
    data, plan = staggered()
    record = record_of(estimate(data, plan), plan, evidence={})["several"]
    assert [town["start"] for town in record["towns"]] == ["2021-07", "2020-09", "2022-01"]
    assert record["direction"] == "better"


def test_synthetic_did_is_a_line_beside_the_result():
    """EVI-145: from ten donors, in whole per cent, and it decides nothing."""
    others = {n: town(n) for n in range(1, 13)}
    own = town(60, FIRST + 30, -0.3)
    outcome = estimate(Data(own, others), plan_of(30, 18))
    line = next(check for check in outcome.checks if check.code == "synthetic_did")
    assert line.data["low"] < round(100 * np.expm1(-0.3)) + 3
    assert line.data["low"] <= line.data["mid"] <= line.data["high"]
    few = estimate(Data(own, {n: others[n] for n in range(1, 6)}), plan_of(30, 18))
    assert "synthetic_did" not in verdicts(few)


@pytest.mark.django_db(transaction=True, databases=["default", "observations"])
def test_a_neighbour_that_began_is_named_in_the_plan_and_shown_beside_the_result(town):
    """EVI-134 as a person meets it: typed by name, checked, computed, told."""
    own_start = FIRST_OF_TOWN + 20
    values = series_of_town(4000) * np.exp(-0.2 * (np.arange(48) >= 20))
    stream = town.add(values, "Gießwasser Nordheim")
    lead = town.clients["lead"]
    given = form(town, comparisons=[*town.others, stream], comparison_starts="09/2022 Südheim")
    refused = lead.post(town.path("neu/"), given)
    assert refused.status_code == 422
    assert "„Südheim“ ist keine der gewählten Messreihen" in text(refused)
    lead.post(town.path("neu/"), {**given, "comparison_starts": "09/2022 nordheim"})
    with town.scope():
        row = Evaluation.objects.get()
    assert row.plan["comparison_starts"] == {str(stream): "2022-09"}
    assert own_start == parse_month("2022-09")
    here = town.path(f"{row.pk}/")
    assert "2022-09" in text(lead.get(f"{here}plan/"))
    lead.post(f"{here}festschreiben/")
    town.estimate(row)
    page = text(lead.get(here))
    assert "Wo andere auch begonnen haben" in page
    assert "2 Kommunen zusammen" in page
    assert "Nordheim (September 2022)" in page
