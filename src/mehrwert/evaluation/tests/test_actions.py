"""From the plan to the decision: what is fixed stays fixed, what is known is said, nothing more."""

import math
from datetime import date

import pytest

from mehrwert.base.canonical import fingerprint
from mehrwert.base.clock import now_us
from mehrwert.base.delivery import deliver_new
from mehrwert.base.models import OutboxEvent
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.evaluation import actions, queries
from mehrwert.evaluation.actions import DecisionInput, ResultInput
from mehrwert.evaluation.actions.reporting import differences_of
from mehrwert.evaluation.deciding import MoneyInput
from mehrwert.evaluation.errors import (
    BodyMissingError,
    NoResultError,
    NotFrozenError,
    PlanFrozenError,
    PlanIncompleteError,
    ReasonMissingError,
    SeriesMissingError,
    UnknownQuestionError,
)
from mehrwert.evaluation.models import Estimate
from mehrwert.evaluation.rules.decision import Costs
from mehrwert.evaluation.rules.months import begins_us
from mehrwert.evidence.actions import release_finding, withdraw_finding
from mehrwert.evidence.errors import AlreadyReleasedError, TooStrongWordsError
from mehrwert.evidence.models import Finding, RegisteredPlan, Synthesis
from mehrwert.observations.actions import ReadingBatch, record_observations
from mehrwert.observations.choices import DuplicatePolicy
from mehrwert.portfolio.models import MeasuredEffect
from mehrwert.portfolio.tests.factories import make_project

from .conftest import FIRST, LENA, START, series

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_a_frozen_plan_has_a_public_hash_and_is_never_changed(town):
    """EVI-35, EVI-171."""
    row = town.frozen()
    registered = RegisteredPlan.public.get()
    assert registered.plan_hash == row.plan_hash == fingerprint(registered.document)
    assert (registered.is_before_start, str(registered.due_on)) == (True, "2025-07-01")
    with town.scope(), pytest.raises(PlanFrozenError):
        actions.update_plan(row, town.plan(sesoi=0.2), solution="x", actor=LENA)
    with town.scope(), pytest.raises(PlanFrozenError):
        actions.discard_draft(row, actor=LENA)


def test_without_baseline_a_plan_needs_a_reason_and_stays_weak(town):
    """EVI-24: the waiver sets the design level to 1."""
    short = {"first_month": START - 3}
    with pytest.raises(PlanIncompleteError) as caught:
        town.frozen(**short)
    assert "3 Monatswerte" in str(caught.value)
    row = town.frozen(**short, baseline_waiver="Der Zähler kam zu spät.")
    assert queries.study_of(row, town.plan(baseline_waiver="x"), _record())["design_level"] == 1


def _record():
    return {
        "effect": None,
        "direction": "unclear",
        "design": "its",
        "design_level": 2,
        "passed": True,
    }


@pytest.mark.parametrize(
    "chosen",
    [
        {"datastream_id": 999_999},
        {"comparisons": {999_999: "fremd"}},
        {"no_effect": {999_999: "fremd"}},
        {"exposure": {999_999: "fremd"}},
    ],
)
def test_series_of_others_cannot_be_chosen(town, chosen):
    with town.scope(), pytest.raises(SeriesMissingError):
        actions.create_evaluation(town.plan(**chosen), solution="x", is_demo=True, actor=LENA)


def test_with_comparison_towns_the_estimate_finds_the_effect(town):
    """EVI-46, EVI-51: design by rule, record with fingerprints, equal input adds nothing."""
    row = town.frozen()
    made = town.estimate(row)
    record = made.record
    assert (made.status, record["design"], record["unmet"]) == ("estimated", "controlled_its", [])
    assert record["effect"]["low"] < -0.25 < record["effect"]["high"] < 0
    assert (record["direction"], record["passed"], made.evidence_class) == ("better", True, 2)
    assert made.record_hash == fingerprint(record)
    assert town.estimate(row).pk == made.pk
    assert Estimate._base_manager.count() == 1


def test_a_single_series_stays_at_first_observations(town):
    """Decisions 29."""
    made = town.estimate(town.frozen(comparisons={}))
    assert (made.record["design"], made.evidence_class) == ("its", 1)
    assert {unmet["code"] for unmet in made.record["unmet"]} >= {"comparisons", "donors"}


def test_a_plan_after_the_start_caps_the_class(town):
    row = town.frozen(at_month=START + 2)
    assert row.is_before_start is False
    assert town.estimate(row).evidence_class == 1


def test_missing_months_refuse_an_estimate(town):
    """EVI-111."""
    stream = town.add(series(5)[:34], "Lücken")
    made = town.estimate(town.frozen(datastream_id=stream))
    codes = {c["code"]: c["verdict"] for c in made.record["checks"]}
    assert (made.status, made.evidence_class) == ("refused", 0)
    assert codes["missing_post"] == "refused"


def test_a_break_in_the_definition_refuses(town):
    """EVI-25, EVI-112."""
    made = town.estimate(town.frozen(definition_breaks={START: "PM2,5 statt PM10"}))
    assert made.status == "refused"


def test_an_estimate_needs_a_frozen_plan(town):
    with town.scope():
        row = actions.create_evaluation(town.plan(), solution="x", is_demo=True, actor=LENA)
    with pytest.raises(NotFrozenError):
        town.estimate(row)


def test_filing_drafts_a_finding_and_tells_it(town):
    """EVI-36, decisions 27."""
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        result = actions.file_result(
            row, ResultInput(deviations="Start eine Woche später"), actor=LENA
        )
        finding = Finding.objects.get()
    assert (result.kind, finding.result, finding.state) == ("positive", "positive", "draft")
    assert finding.study["deviations"] == "Start eine Woche später"
    assert OutboxEvent.objects.filter(name="ResultFiled").count() == 1
    assert Synthesis.objects.count() == 0


def test_not_measurable_is_a_result_with_a_reason(town):
    row = town.frozen()
    with town.scope():
        with pytest.raises(ReasonMissingError):
            actions.file_result(row, ResultInput(), actor=LENA)
        actions.file_result(row, ResultInput(True, "Zähler ausgefallen"), actor=LENA)
        assert Finding.objects.get().result == "not_measurable"
    assert RegisteredPlan.public.get().state == "not_measurable"


def test_releasing_makes_a_synthesis_and_closes_the_finding(town):
    """EVI-61: versions stay; a released finding is not filed over."""
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
        release_finding(Finding.objects.get(), actor=LENA)
        with pytest.raises(AlreadyReleasedError):
            actions.file_result(row, ResultInput(), actor=LENA)
    made = Synthesis.objects.get()
    assert (made.version, made.evidence_class, made.record["k"]) == (1, 2, 1)


@pytest.fixture
def reported(town):
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
        row.refresh_from_db()
    return row


def decision(outcome, **more):
    return DecisionInput(outcome, date(2025, 3, 1), **more)


def test_a_decision_follows_the_table_or_names_reason_and_body(town, reported):
    """EVI-39, EVI-192."""
    with town.scope():
        with pytest.raises(BodyMissingError):
            actions.record_decision(reported, decision("end"), actor=LENA)
        made = actions.record_decision(
            reported,
            decision("end", body="Stadtrat", override_reason="Kein Geld im Haushalt."),
            actor=LENA,
        )
        assert (made.proposal, made.proposal_row, made.decision) == ("adapt_limited", 6, "end")
        assert Finding.objects.get().decision == "end"
    event = OutboxEvent.objects.get(name="DecisionRecorded")
    assert event.payload["follows_proposal"] is False


def test_money_and_law_lead_to_continue(town, reported):
    """EVI-42: the basis is frozen with the harder cases."""
    costs = Costs(invest=5_000, yearly=1_000, yearly_base=30_000, years=5, rate=0.009)
    with town.scope():
        row = actions.set_legal_light(reported, "green", actor=LENA)
        given = decision("continue", money=MoneyInput(costs, affordable=True))
        made = actions.record_decision(row, given, actor=LENA)
    assert (made.proposal, made.proposal_row) == ("continue", 4)
    assert made.basis["alone"]["p_positive"] > 0.9
    assert made.basis["tips"] == {}


def test_a_lesson_may_not_claim_more_than_is_known(town):
    """EVI-41, EVI-183: class 1 may not say that it works."""
    row = town.frozen(comparisons={})
    town.estimate(row)
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
        row.refresh_from_db()
        given = decision("adapt_limited", lesson="Die Lösung wirkt nachweislich.")
        with pytest.raises(TooStrongWordsError):
            actions.record_decision(row, given, actor=LENA)
        assert queries.newest_decision(row) is None


def test_no_decision_before_a_result(town):
    row = town.frozen()
    with town.scope(), pytest.raises(NoResultError):
        actions.record_decision(row, decision("continue"), actor=LENA)


def test_answers_stand_per_role_and_unknown_ids_are_refused(town):
    """EVI-29, EVI-32."""
    row = town.frozen()
    with town.scope():
        actions.answer_questions(row, "project", {"B1": ("better", "gut")}, actor=LENA)
        actions.answer_questions(row, "treasury", {"B1": ("less", "")}, actor=LENA)
        assert [a.role for a in queries.list_answers(row)] == ["project", "treasury"]
        assert actions.answer_questions(row, "treasury", {"B1": ("", "")}, actor=LENA) == 0
        for wrong in ({"Z9": ("", "x")}, {"B1": ("perfekt", "")}):
            with pytest.raises(UnknownQuestionError):
                actions.answer_questions(row, "project", wrong, actor=LENA)


def test_values_corrected_later_are_seen_as_they_were(town):
    """EVI-51: recomputation as of a day."""
    plan = town.plan()
    before = now_us()
    with town.scope():
        old = queries.read_data(plan, as_of_us=before).own.values[0]
    context = town.measured.context
    corrected = type(context)(
        context.tenant_id, context.door, context.actor, policy=DuplicatePolicy.CORRECT
    )
    record_observations(corrected, [ReadingBatch(town.own, [begins_us(FIRST)], [999.0])])
    with town.scope():
        assert queries.read_data(plan).own.values[0] == 999.0
        assert queries.read_data(plan, as_of_us=before).own.values[0] == old


def test_what_was_measured_goes_down_to_the_project(town):
    """Down to the room portfolio by event: sentence, class, and the law for its money."""
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        solution = make_solution("demo-baumbewaesserung", entry_origin="demo")
        project = make_project(town.tenant.pk, solution=solution)
        actions.link_project(row, project, actor=LENA)
        actions.file_result(row, ResultInput(), actor=LENA)
    told = OutboxEvent.objects.get(name="EffectMeasured").payload
    assert (told["project_id"], told["good_is_up"]) == (project.pk, False)
    assert told["low"] < told["theta"] < told["high"] < 0
    assert sum(told["law"]["weights"]) == pytest.approx(1.0)
    deliver_new()
    project.refresh_from_db()
    assert "Gießwasser" in project.effect
    assert project.effect_class == told["evidence_class"]
    with town.scope():
        kept = MeasuredEffect.objects.get()
    assert (kept.project_id, kept.theta, kept.law) == (project.pk, told["theta"], told["law"])


def test_what_is_taken_back_is_taken_back_from_the_project_too(town):
    """A withdrawn finding, and a project that is let go, leave no effect behind (EVI-41)."""
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        solution = make_solution("demo-baumbewaesserung", entry_origin="demo")
        project = make_project(town.tenant.pk, solution=solution)
        actions.file_result(row, ResultInput(), actor=LENA)
        finding = release_finding(Finding.objects.get(), actor=LENA)
        actions.link_project(row, project, actor=LENA)
    deliver_new()
    project.refresh_from_db()
    assert "Gießwasser" in project.effect
    with town.scope():
        assert MeasuredEffect.objects.count() == 1
        withdraw_finding(finding, reason="Der Zähler war falsch geeicht.", actor=LENA)
    deliver_new()
    project.refresh_from_db()
    assert (project.effect, project.effect_class) == ("", None)
    with town.scope():
        assert MeasuredEffect.objects.count() == 0
        actions.link_project(row, None, actor=LENA)
        actions.link_project(row, project, actor=LENA)
    deliver_new()
    project.refresh_from_db()
    assert project.effect == ""


def test_a_result_that_cannot_be_measured_after_all_leaves_no_effect(town):
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        project = make_project(town.tenant.pk)
        actions.link_project(row, project, actor=LENA)
        actions.file_result(row, ResultInput(), actor=LENA)
    deliver_new()
    with town.scope():
        given = ResultInput(is_not_measurable=True, reason="Der Zähler war falsch geeicht.")
        actions.file_result(row, given, actor=LENA)
    project.refresh_from_db()
    assert project.effect == ""


def test_the_guard_reads_what_people_type(town):
    """EVI-41, EVI-183: reflection, deviations and reasons; a quoted opinion with source passes."""
    row = town.frozen()
    with town.scope():
        with pytest.raises(TooStrongWordsError) as caught:
            actions.answer_questions(row, "project", {"B3": ("", "Es wirkt.")}, actor=LENA)
        assert "wirkt" in str(caught.value)
        given = ResultInput(is_not_measurable=True, reason="Nachweislich gut.")
        with pytest.raises(TooStrongWordsError):
            actions.file_result(row, given, actor=LENA)
        said = "„Das wirkt!“ (Quelle: Bauhof)"
        assert actions.answer_questions(row, "project", {"B3": ("", said)}, actor=LENA) == 1


def test_an_aim_is_no_claim(town):
    """EVI-183: nothing is measured yet, so the plan may not claim it."""
    claim = town.plan(goal="Das Gießen nach Bedarf wirkt nachweislich.")
    with town.scope(), pytest.raises(TooStrongWordsError):
        actions.create_evaluation(claim, solution="Gießen", is_demo=True, actor=LENA)
    with town.scope(), pytest.raises(TooStrongWordsError):
        actions.create_evaluation(
            town.plan(), solution="wirksames Gießen", is_demo=True, actor=LENA
        )


def test_comparison_towns_chosen_after_the_start_are_flagged(town):
    """EVI-118: before the start nobody knows which towns would suit."""

    def codes(row):
        return [check["code"] for check in town.estimate(row).record["checks"]]

    assert "comparisons_late" in codes(town.frozen(at_month=START + 6))
    assert "comparisons_late" not in codes(town.frozen())


def test_what_came_otherwise_is_named(town):
    """EVI-176: planned and used are compared without being asked."""
    row = town.frozen()
    record = town.estimate(row).record
    assert differences_of(town.plan(), record) == []
    other = {**record, "comparisons": {}, "n_post": record["n_post"] - 1}
    assert [one["code"] for one in differences_of(town.plan(), other)] == ["comparisons", "post"]


def test_both_ways_the_gap_could_have_gone_are_shown(town):
    """EVI-135: no test of a slope decides; the published effect lets the slope go on."""
    record = town.estimate(town.frozen()).record
    check = next(check for check in record["checks"] if check["code"] == "gap_slope")
    assert check["verdict"] == "passed"
    assert check["data"]["on"] == round(100 * math.expm1(record["effect"]["theta"]))
    assert check["data"]["flat"] < 0
