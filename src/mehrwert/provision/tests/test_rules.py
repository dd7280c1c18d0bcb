"""Phases, scores, tensions: the cases of the portfolio specification, sections 7 and 8."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.provision.choices import MunicipalPhase, ProjectPhase, Source, Stage
from mehrwert.provision.presenting.tensions import gauge_svg, show_tension_lines
from mehrwert.provision.rules import (
    BY_KEY,
    INDICATORS,
    TENSIONS,
    Assessed,
    Cause,
    Observed,
    ProjectFacts,
    ProjectRow,
    Trend,
    applicable,
    differences,
    graded,
    is_gate_met,
    months_between,
    municipal_phase,
    project_phase,
    read_portfolio,
    show_tensions,
    skips_piloting,
    stage_score,
)

TODAY = date(2026, 11, 1)
REGULAR = ProjectFacts(
    decision="continue",
    is_permanent_budget=True,
    is_line_owned=True,
    has_operator=True,
    months_in_use=11,
    has_end_date=False,
    is_old_process_off=True,
    reuse_events=1,
)
ORDER = list(MunicipalPhase)


def known(source: Source, value: float = 1.0) -> dict[str, Observed]:
    """Every scored indicator with the same value from the same source."""
    return {one.key: Observed(value, source) for one in INDICATORS if one.is_scored}


def from_its_own_source() -> dict[str, Observed]:
    """Every scored indicator at its best, from a source that it accepts."""
    return {one.key: Observed(1.0, min(one.sources)) for one in INDICATORS if one.is_scored}


class TestProjectPhase:
    """Portfolio specification 7.1."""

    def test_all_six_conditions_make_regular_operation(self) -> None:
        found = project_phase(REGULAR, today=TODAY)
        assert found.phase is ProjectPhase.REGULAR
        assert found.is_certain

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("is_permanent_budget", False),
            ("is_line_owned", False),
            ("has_operator", False),
            ("months_in_use", 10),
            ("has_end_date", True),
            ("is_old_process_off", False),
        ],
    )
    def test_one_missing_condition_leaves_transfer(self, name: str, value: object) -> None:
        """PF-01: the budget line changes, and the phase changes."""
        assert project_phase(replace(REGULAR, **{name: value}), today=TODAY).phase is (
            ProjectPhase.TRANSFER
        )

    @pytest.mark.parametrize(
        "change", [{"decision": ""}, {"decision": "not_yet_decidable"}, {"reuse_events": 0}]
    )
    def test_without_decision_or_reuse_it_is_a_pilot(self, change: dict[str, object]) -> None:
        facts = replace(REGULAR, is_permanent_budget=False, **change)
        found = project_phase(facts, today=TODAY)
        assert found.phase is ProjectPhase.PILOT
        assert found.reasons

    def test_a_group_that_shares_the_operation_counts_as_reuse(self) -> None:
        facts = ProjectFacts(decision="continue", is_in_consolidation_group=True)
        assert project_phase(facts, today=TODAY).phase is ProjectPhase.TRANSFER

    def test_ended_needs_its_learning_report(self) -> None:
        ended = ProjectFacts(decision="end", is_ended=True)
        found = project_phase(ended, today=TODAY)
        assert found.phase is not ProjectPhase.ENDED
        assert "Beendet, aber der Lernbericht fehlt." in found.reasons
        told = replace(ended, has_learning_report=True)
        assert project_phase(told, today=TODAY).phase is ProjectPhase.ENDED

    def test_what_is_unknown_could_lift_the_phase(self) -> None:
        found = project_phase(replace(REGULAR, is_permanent_budget=None), today=TODAY)
        assert (found.phase, found.highest) == (ProjectPhase.TRANSFER, ProjectPhase.REGULAR)

    def test_a_funding_that_ends_without_decision_is_named(self) -> None:
        facts = ProjectFacts(funding_end=date(2027, 6, 30))
        assert project_phase(facts, today=TODAY).reasons[0].startswith("Die Förderung endet")


class TestScores:
    """Portfolio specification 7.3."""

    @pytest.mark.parametrize("stage", Stage)
    def test_nothing_known_says_nothing(self, stage: Stage) -> None:
        """PH-a, PF-03."""
        score = stage_score(INDICATORS, {}, stage)
        assert (score.point, score.low, score.high) == (None, 0, 100)
        assert score.data_share is None
        assert municipal_phase(INDICATORS, {}) is MunicipalPhase.UNDECIDABLE

    def test_all_best_by_self_report_is_half(self) -> None:
        """PH-b, PF-05."""
        said = known(Source.SELF)
        for stage in Stage:
            score = stage_score(INDICATORS, said, stage)
            assert (score.point, score.low, score.high) == (50, 50, 50)
        assert municipal_phase(INDICATORS, said) is MunicipalPhase.NEAR_TRANSFER
        assert not is_gate_met(BY_KEY["E5"], said["E5"])
        assert is_gate_met(BY_KEY["T7"], said["T7"])

    def test_all_best_from_their_own_sources_is_regular(self) -> None:
        assert municipal_phase(INDICATORS, from_its_own_source()) is MunicipalPhase.REGULAR

    @given(
        st.dictionaries(
            st.sampled_from([one.key for one in INDICATORS if one.is_scored]),
            st.tuples(st.sampled_from([0.0, 0.5]), st.sampled_from(list(Source))),
        ),
        st.data(),
    )
    @settings(max_examples=60, deadline=None)
    def test_raising_a_value_lowers_nothing(
        self, drawn: dict[str, tuple[float, Source]], data: st.DataObject
    ) -> None:
        """PH-c."""
        before = {key: Observed(*one) for key, one in drawn.items()}
        key = data.draw(st.sampled_from(sorted(before))) if before else ""
        after = {**before, key: Observed(1.0, before[key].source)} if key else before
        for stage in Stage:
            old, new = stage_score(INDICATORS, before, stage), stage_score(INDICATORS, after, stage)
            assert (new.point or 0) >= (old.point or 0)
            assert new.low >= old.low
        assert ORDER.index(municipal_phase(INDICATORS, after)) >= ORDER.index(
            municipal_phase(INDICATORS, before)
        )

    @pytest.mark.parametrize("gate", ["E5", "E6", "E10", "E11"])
    def test_a_lost_gate_loses_the_transfer_phase(self, gate: str) -> None:
        """PH-d."""
        held = {**from_its_own_source(), "T1": Observed(0.0, Source.DATA)}
        assert municipal_phase(INDICATORS, held) is MunicipalPhase.TRANSFER
        lost = {**held, gate: Observed(0.0, Source.DATA)}
        assert municipal_phase(INDICATORS, lost) is MunicipalPhase.NEAR_TRANSFER

    def test_worked_example(self) -> None:
        """PH-e (TC41), PF-04."""
        given_ = {
            "E1": Observed(1, Source.DATA),
            "E3": Observed(0.5, Source.DOCUMENT),
            "E4": Observed(1, Source.SELF),
            "E5": Observed(0.5, Source.DATA),
            "E6": Observed(1, Source.DATA),
        }
        score = stage_score(INDICATORS, given_, Stage.PILOT)
        assert score.point == pytest.approx(71.43, abs=0.005)
        assert score.low == pytest.approx(35.71, abs=0.005)
        assert score.high == pytest.approx(85.71, abs=0.005)
        assert score.coverage == 0.5
        assert score.data_share == pytest.approx(0.857, abs=0.0005)
        assert municipal_phase(INDICATORS, given_) is MunicipalPhase.UNDECIDABLE

    def test_the_same_answer_with_a_document_scores_higher(self) -> None:
        """PH-f, PF-05."""
        said = {"E3": Observed(1, Source.SELF)}
        shown = {"E3": Observed(1, Source.DOCUMENT)}
        assert (
            stage_score(INDICATORS, shown, Stage.PILOT).low
            > stage_score(INDICATORS, said, Stage.PILOT).low
        )

    def test_adopting_proven_components_replaces_piloting(self) -> None:
        """7.3, skipping steps."""
        asked = applicable(skips_piloting=True)
        assert {"E7", "E10", "E11"}.isdisjoint(one.key for one in asked)
        held = {key: one for key, one in from_its_own_source().items() if key[0] != "E"}
        held |= {key: Observed(1, Source.DATA) for key in ("E1", "E5", "E6", "EA")}
        held |= {key: Observed(1, Source.DOCUMENT) for key in ("E3", "E4")}
        assert municipal_phase(asked, held) is MunicipalPhase.REGULAR
        del held["EA"]
        assert municipal_phase(asked, held) is MunicipalPhase.NEAR_TRANSFER

    def test_context_is_shown_and_not_scored(self) -> None:
        held = {"E2": Observed(1, Source.DATA), "B6": Observed(1, Source.DATA)}
        assert stage_score(INDICATORS, held, Stage.PILOT).coverage == 0

    def test_limits_belong_to_the_grade_they_name(self) -> None:
        assert [graded(BY_KEY["E5"], share) for share in (0.49, 0.5, 0.89, 0.9)] == [0, 0.5, 0.5, 1]
        assert [graded(BY_KEY["E11"], count) for count in (0, 1)] == [0, 1]


class TestReading:
    """Indicators from data, section 7.2."""

    def test_an_empty_portfolio_says_nothing(self) -> None:
        """PF-03: no project entered is unknown, not none; a share of nothing is unknown too."""
        assert read_portfolio([], today=TODAY) == {}
        draft = read_portfolio([ProjectRow("a")], today=TODAY)
        assert draft["E1"].value == 0
        assert {"E5", "T1"}.isdisjoint(draft)

    def test_reuse_needs_both_directions_for_the_best_value(self) -> None:
        day = date(2026, 3, 1)
        one_way = ProjectRow("a", is_active=True, reuse_in=(day,) * 5)
        assert read_portfolio([one_way], today=TODAY)["T3"].value == 2
        both = replace(one_way, reuse_out=(day,))
        assert read_portfolio([both], today=TODAY)["T3"].value == 6
        old = replace(one_way, reuse_in=(date(2024, 10, 31),))
        assert read_portfolio([old], today=TODAY)["T3"].value == 0

    def test_one_unknown_cost_makes_shares_of_money_unknown(self) -> None:
        paid = ProjectRow(
            "a",
            is_active=True,
            running_cost=100.0,
            funded_share=0.25,
            decided_on=date(2025, 1, 1),
            facts=REGULAR,
        )
        free = ProjectRow(
            "b",
            is_active=True,
            running_cost=300.0,
            funded_share=0.0,
            facts=replace(REGULAR, is_permanent_budget=False),
        )
        readings = read_portfolio([paid, free], today=TODAY)
        assert readings["T1"].value == 0.25
        assert readings["T9"].value == 0.25
        assert readings["E2"].value == 25 / 400
        assert readings["B5"].value == 375 / 400
        unknown = read_portfolio([paid, replace(free, running_cost=None)], today=TODAY)
        assert {"T1", "T9", "E2", "B5"}.isdisjoint(unknown)

    def test_ended_projects_need_review_and_decision(self) -> None:
        ended = ProjectRow(
            "a",
            is_closing=True,
            has_review=True,
            decided_on=TODAY,
            facts=ProjectFacts(decision="end"),
        )
        open_ = ProjectRow("b", is_closing=True)
        readings = read_portfolio([ended, open_], today=TODAY)
        assert readings["E10"].value == 0.5
        assert readings["E11"].value == 1

    def test_who_only_adopts_skips_piloting(self) -> None:
        adopted = ProjectRow("a", is_adoption=True)
        assert skips_piloting([adopted])
        assert not skips_piloting([adopted, ProjectRow("b")])
        assert not skips_piloting([])

    def test_months_are_whole(self) -> None:
        assert months_between(date(2024, 11, 2), TODAY) == 23
        assert months_between(date(2024, 11, 1), TODAY) == 24

    def test_every_project_row_is_unknown_until_told(self) -> None:
        """Nothing looks good because nobody said anything."""
        row = ProjectRow("a", is_active=True)
        readings = read_portfolio([row], today=TODAY)
        assert readings["E5"].value == readings["E6"].value == readings["E7"].value == 0


class TestDifferences:
    """PF-07."""

    @pytest.mark.parametrize(
        ("old", "new", "is_same", "cause"),
        [
            (Assessed(0.5, "D", 0.6), Assessed(1, "D", 0.95), True, Cause.DATA),
            (Assessed(0.5, "D", 0.6), Assessed(1, "D", 0.6), False, Cause.RULE),
            (Assessed(0.5, "S", 0.5), Assessed(1, "U", 1), True, Cause.ANSWER),
            (Assessed(), Assessed(1, "S", 1), True, Cause.ANSWER),
            (Assessed(1, "D", 3), Assessed(), True, Cause.DATA),
        ],
    )
    def test_each_change_has_one_cause(
        self, old: Assessed, new: Assessed, is_same: bool, cause: Cause
    ) -> None:
        found = list(differences({"E1": old}, {"E1": new}, is_same_ruleset=is_same))
        assert [one.cause for one in found] == [cause]

    def test_what_stayed_is_not_listed(self) -> None:
        same = {"E1": Assessed(1, "D", 3)}
        moved = {"E1": Assessed(1, "D", 4)}
        assert not list(differences(same, moved, is_same_ruleset=True))


class TestTensions:
    """PF-10, section 8."""

    def test_unknown_poles_have_no_value_and_no_warning(self) -> None:
        shown = show_tensions({}, {})
        assert len(shown) == 4
        assert all(one.left is None and one.left_trend is Trend.UNKNOWN for one in shown)
        assert not any(one.warning for one in shown)

    @pytest.mark.parametrize(
        ("now", "before", "position", "is_warned"),
        [
            ({"standard_share": 0.29}, {}, 0, True),
            ({"standard_share": 0.30}, {}, 0, False),
            ({"standard_share": 0.9, "deviation_share": 0.51}, {}, 0, True),
            ({"reach": 20, "outcome_share": 0.1}, {"reach": 10}, 1, True),
            ({"reach": 10, "outcome_share": 0.1}, {"reach": 10}, 1, False),
            ({"reach": 20, "outcome_share": 0.2}, {"reach": 10}, 1, False),
            ({"never_funded_ratio": 0.49}, {}, 2, True),
            ({"cliff_share": 0.11}, {}, 3, True),
            ({"cliff_share": 0.10}, {}, 3, False),
        ],
    )
    def test_limits_warn(
        self, now: dict[str, float], before: dict[str, float], position: int, is_warned: bool
    ) -> None:
        assert bool(show_tensions(now, before)[position].warning) is is_warned

    def test_a_gauge_has_two_poles_and_a_dotted_end_where_nobody_knows(self) -> None:
        """PF-10."""
        standards, value, _, _ = TENSIONS
        drawn = gauge_svg((standards.left, 0.5), (standards.right, None))
        assert drawn.count('class="all"') == drawn.count('class="open"') == 1
        assert 'x="250.0" y="4" width="250.0"' in drawn
        counted = gauge_svg((value.left, 900.0), (value.right, 0.2))
        assert counted.count('class="part"') == 1
        line = show_tension_lines(show_tensions({"reach": 900.0}, {}))[1]
        assert (line.left.value, line.left.entered) == ("900", "")
        assert line.right.entered.startswith("Das zeigen laufende Vorhaben")

    def test_playing_on_purpose_is_no_warning(self) -> None:
        now, before = {"reach": 20.0, "outcome_share": 0.0}, {"reach": 10.0}
        assert not show_tensions(now, before, plays_on_purpose=True)[1].warning

    def test_trends_point_where_the_value_went(self) -> None:
        financing = show_tensions(
            {"funded_share": 0.2, "budget_share": 0.6}, {"funded_share": 0.4, "budget_share": 0.6}
        )[3]
        assert (financing.left_trend, financing.right_trend) == (Trend.DOWN, Trend.SAME)
