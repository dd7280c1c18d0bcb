"""What a measured effect says elsewhere, in the language of the reader."""

import pytest
from django.utils.translation import override

from mehrwert.evaluation import actions
from mehrwert.evaluation.actions import ResultInput
from mehrwert.evaluation.actions.telling import measured_by
from mehrwert.evaluation.models import Evaluation
from mehrwert.portfolio.actions import set_effect
from mehrwert.portfolio.models import Project
from mehrwert.portfolio.presenting.projects import effect_words
from mehrwert.portfolio.tests.factories import make_project

from .conftest import LENA

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_a_project_says_its_effect_in_german_and_in_english(town):
    """Filed in English by one person, read in German by another, and the other way round."""
    project = make_project(town.tenant.pk)
    row = town.frozen()
    with town.scope(), override("en"):
        row = actions.link_project(Evaluation.objects.get(pk=row.pk), project, actor=LENA)
        estimate = town.estimate(row)
        actions.file_result(row, ResultInput(), actor=LENA)
        told = measured_by(row, estimate)
        set_effect(project, told.sentence, told.evidence_class, sentence_en=told.sentence_en)
        found = Project.objects.get(pk=project.pk)
        assert effect_words(found) == told.sentence_en
    assert "Gießwasser verbessert" in told.sentence
    assert "Gießwasser verbessert" not in told.sentence_en
    with override("de"):
        assert effect_words(found) == told.sentence
    found.effect_en = ""  # told before the sentence had two languages
    with override("en"):
        assert effect_words(found) == told.sentence
