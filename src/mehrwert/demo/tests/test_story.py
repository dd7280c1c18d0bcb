"""The story of the thirsty trees is told through the real actions, step by step."""

import pytest

from mehrwert.base.actor import Actor
from mehrwert.base.delivery import deliver_new
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo import actions
from mehrwert.demo.choices import STORY, STORY_KEYS
from mehrwert.demo.errors import NotThatStepError
from mehrwert.demo.telling import read_telling
from mehrwert.evaluation.queries import newest_decision
from mehrwert.evidence.models import Finding, RegisteredPlan
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.tests.fixtures import observation_store

__all__ = ["observation_store"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
ACTORS = {step.role: Actor("system", label=f"{step.role} (Demo)") for step in STORY}


@pytest.fixture
def town(observation_store):
    return make_tenant("quellrode", level="demo", is_demo=True, population=6_400)


def test_the_story_goes_from_the_draft_to_the_public_finding(town):
    """Issue 7, item 5: every stage is what the real pages show, and all of it is marked."""
    assert read_telling(town).next_step == STORY_KEYS[0]
    assert actions.tell_story(town, ACTORS, lambda *step: None) == len(STORY)
    assert actions.tell_story(town, ACTORS, lambda *step: None) == 0
    told = read_telling(town)
    assert told.next_step == ""
    assert told.alert.rule.title == "Trocken: Linde am Markt"
    assert (told.evaluation.state, told.evaluation.is_demo) == ("decided", True)
    assert told.evaluation.is_before_start
    assert told.estimate.record["design"] == "controlled_its"
    with tenant_scope(town.pk):
        assert newest_decision(told.evaluation).decision == "continue"
        assert told.evaluation.project.title == "Durstige Bäume im Stadtgebiet"
    deliver_new()
    finding = Finding.public.get()
    assert (finding.state, finding.is_demo, finding.solution_root) == (
        "released",
        True,
        "paket-durstige-baeume",
    )
    assert RegisteredPlan.public.get().state == "reported"


def test_only_the_next_step_can_be_taken(town):
    actor = ACTORS["lead"]
    with pytest.raises(NotThatStepError):
        actions.take_step(town, "tell", actor=actor)
    for key in STORY_KEYS[:3]:
        actions.take_step(town, key, actor=actor)
        with pytest.raises(NotThatStepError):
            actions.take_step(town, key, actor=actor)
    told = read_telling(town)
    assert (told.next_step, told.alert is not None, told.estimate) == ("judge", True, None)
