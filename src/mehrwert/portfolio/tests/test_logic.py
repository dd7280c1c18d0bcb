"""The logic model: a graph whose arrows state assumption and evidence class (EVI-22)."""

import pytest
from django.db import IntegrityError, transaction

from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.choices.logic import HIGHEST_CLASS, StepKind
from mehrwert.portfolio.errors import (
    ArrowBackwardsError,
    ArrowTwiceError,
    AssumptionMissingError,
    ClassWithoutSourceError,
    StepMissingError,
)
from mehrwert.portfolio.models import LogicArrow, LogicStep
from mehrwert.portfolio.rules.logic import Link, Step, gaps, leads_on, unproven

from .factories import LENA, make_project
from .test_indicators import definition


@pytest.mark.parametrize(
    ("start", "end", "is_good"),
    [
        ("activity", "output", True),
        ("output", "impact", True),
        ("outcome", "outcome", False),
        ("impact", "activity", False),
    ],
)
def test_arrows_lead_from_what_is_done_to_what_comes_of_it(start, end, is_good):
    assert leads_on(start, end) is is_good


def test_what_is_missing_is_named():
    act, out, far = Step(1, "activity"), Step(2, "output"), Step(3, "outcome", is_measured=True)
    assert gaps([act, out], [Link(1, 2)]) == [("no_outcome", 0)]
    assert gaps([act, out, far], [Link(1, 2)]) == [("no_way", 0), ("loose", 1)]
    assert gaps([act, out, far], [Link(1, 2), Link(2, 3, 2)]) == []
    assert ("unmeasured", 0) in gaps([act, Step(3, "outcome")], [Link(1, 3)])
    assert unproven([Link(1, 2), Link(2, 3, 2)]) == 1


@pytest.fixture
def chain(town):
    row = make_project(town.tenant.pk)
    with town.scope():
        steps = [
            actions.save_step(row, kind.value, f"Schritt {kind.value}", actor=LENA)
            for kind in StepKind
        ]
    return row, steps


def test_an_arrow_begins_without_proof_and_needs_a_source_for_more(town, chain):
    """EVI-22: default 0; a class without source is refused, by the action and by the table."""
    row, (act, out, *_rest) = chain
    with town.scope():
        arrow = actions.add_arrow(act, out, actions.ArrowInput("weil"), actor=LENA)
        assert arrow.evidence_class == 0
        for given in (actions.ArrowInput("weil", 2), actions.ArrowInput("weil", 5, "x")):
            with pytest.raises(ClassWithoutSourceError):
                actions.save_arrow(act, out, given, actor=LENA)
        with pytest.raises(IntegrityError), transaction.atomic():
            LogicArrow.objects.filter(pk=arrow.pk).update(evidence_class=3)
        better = actions.ArrowInput("weil", HIGHEST_CLASS, "Studie 2024")
        assert actions.save_arrow(act, out, better, actor=LENA).pk == arrow.pk
        assert queries.read_logic(row).n_unproven == 0


def test_what_an_arrow_may_not_be(town, chain):
    _row, (act, out, *_rest) = chain
    other = make_project(town.tenant.pk, title="Funknetz")
    with town.scope():
        far = actions.save_step(other, "outcome", "anderswo", actor=LENA)
        actions.add_arrow(act, out, actions.ArrowInput("weil"), actor=LENA)
        for start, end, given, error in (
            (out, act, "weil", ArrowBackwardsError),
            (act, far, "weil", ArrowBackwardsError),
            (act, out, "weil", ArrowTwiceError),
        ):
            with pytest.raises(error):
                actions.add_arrow(start, end, actions.ArrowInput(given), actor=LENA)
        with pytest.raises(AssumptionMissingError):
            actions.save_arrow(act, out, actions.ArrowInput(" "), actor=LENA)
        with pytest.raises(ArrowBackwardsError):
            actions.save_step(act.project, "output", "Tausch", step=act, actor=LENA)
        foreign = actions.define_indicator(definition(), project=other, actor=LENA)
        with pytest.raises(StepMissingError):
            actions.save_step(act.project, "outcome", "x", indicator=foreign, actor=LENA)


def test_steps_and_arrows_are_made_on_pages(town):
    row = make_project(town.tenant.pk)
    lead, here = town.clients["editor"], town.path(f"{row.pk}/wirkungslogik/")
    assert "Noch keine Wirkungslogik" in lead.get(here).content.decode()
    for kind, words in (("activity", "Fühler setzen"), ("outcome", "Weniger Fahrten")):
        lead.post(f"{here}schritt/", {"kind": kind, "text": words})
    with town.scope():
        start, end = LogicStep.objects.order_by("pk")
    given = {"start": start.pk, "end": end.pk, "assumption": "Wer misst, fährt nicht umsonst."}
    refused = lead.post(f"{here}pfeil/", {**given, "evidence_class": "2"})
    assert refused.status_code == 422
    assert "nur mit Quelle" in refused.content.decode()
    lead.post(f"{here}pfeil/", {**given, "evidence_class": "0"})
    page = lead.get(here).content.decode()
    assert "hat noch niemand geprüft" in page
    assert "Keine der Wirkungen hat eine Kennzahl" in page
    assert "<svg" in page
    assert "Fühler setzen → Weniger Fahrten" in page
    table = b"".join(lead.get(town.path(f"{row.pk}/wirkungslogik.csv"))).decode()
    assert "Wer misst" in table
    with town.scope():
        arrow = LogicArrow.objects.get()
    changed = {"assumption": "Gemessen", "evidence_class": "1", "source": "Fahrtenbuch 2025"}
    lead.post(f"{here}pfeil/{arrow.pk}/", changed)
    assert "Fahrtenbuch 2025" in lead.get(here).content.decode()
    lead.post(f"{here}pfeil/{arrow.pk}/entfernen/")
    lead.post(f"{here}schritt/{start.pk}/entfernen/")
    with town.scope():
        assert not LogicArrow.objects.exists()
        assert LogicStep.objects.get().text == "Weniger Fahrten"
    assert town.clients["viewer"].post(f"{here}schritt/", {}).status_code == 403
