"""EVI-191, EVI-193: duties by law, and what could be measured so that a decision is possible."""

from mehrwert.evaluation.deciding import MoneyInput, deliberate
from mehrwert.evaluation.measuring import list_candidates
from mehrwert.evaluation.rules.measuring import Seen, candidates
from mehrwert.evaluation.views.decisions import proposal_words

from .conftest import START, series
from .test_rules import plan_of
from .test_views import text

PLAN = plan_of(24, 12)


def codes(seen, plan=PLAN, *, is_before_start=True):
    return [one.code for one in candidates(seen, plan, is_before_start=is_before_start)]


def test_the_quickest_measurement_is_proposed():
    found = candidates(Seen(24, 4, 0, 0.1, 0.2), PLAN, is_before_start=True)
    assert [(one.code, one.wait, one.evidence_class) for one in found] == [
        ("comparison", 0, 2),
        ("months", 8, 1),
    ]
    assert [one.is_proposed for one in found] == [True, False]


def test_more_months_narrow_the_range_and_noise_widens_it():
    def width(seen):
        found = candidates(seen, PLAN, is_before_start=True)
        return next(one.half_width for one in found if one.code == "months")

    assert width(Seen(24, 20, 3, 0.1)) < width(Seen(24, 4, 3, 0.1)) < width(Seen(24, 4, 3, 0.2))
    assert width(Seen(24, 4, 3)) is None


def test_what_cannot_be_mended_needs_a_new_plan():
    assert codes(Seen(3, 6, 0)) == ["baseline"]
    assert "baseline" in codes(Seen(24, 12, 3), is_before_start=False)
    late = candidates(Seen(24, 12, 0), PLAN, is_before_start=False)
    assert {one.evidence_class for one in late} == {1}
    assert "indicator" in codes(Seen(24, 12, 3), plan_of(24, 12, is_proxy=True))


def test_the_page_lists_them_while_nothing_can_be_decided(town):
    row = town.frozen(comparisons={}, last_month=START + 3)
    lead, here = town.clients["lead"], town.path(f"{row.pk}/entscheidung/")
    assert "Was eine Entscheidung möglich machte" in text(lead.get(here))
    town.estimate(row)
    with town.scope():
        record = row.estimates.get().record
        found = list_candidates(record, town.plan(comparisons={}), is_before_start=True)
    assert (found[0].code, found[0].half_width > 0) == ("comparison", True)


def test_a_duty_is_replaced_and_not_ended(town):
    """EVI-191: row 3 reads „replace this solution“."""
    with town.scope():
        worse_series = town.add(series(7, effect=0.5), "Gießwasser, mehr")
    row = town.frozen(datastream_id=worse_series)
    worse = town.estimate(row)
    with town.scope():
        duty = deliberate(row, town.plan(), worse, MoneyInput(must_by_law=True))
        free = deliberate(row, town.plan(), worse, MoneyInput())
    assert (duty.proposal.row, free.proposal.row) == (3, 3)
    assert proposal_words(duty)["label"] == "diese Lösung ersetzen"
    assert proposal_words(free)["label"] == "beenden"
    page = text(
        town.clients["lead"].get(
            town.path(f"{row.pk}/entscheidung/"),
            {"years": 5, "rate_percent": "0,9", "must_by_law": "on"},
        )
    )
    assert "Die Aufgabe ist Pflicht" in page
