"""The story of the demo ends in a paper that could be released."""

import pytest

from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo.actions import load_evaluations
from mehrwert.documents.outline import document_hash, plain_text, read_document
from mehrwert.evaluation.models import CouncilPaper
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.tests.fixtures import observation_store

__all__ = ["observation_store"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_the_story_ends_in_a_released_paper_marked_as_invented(observation_store):
    """Issue 6, point 5: invented towns are marked in every output."""
    towns = make_tenant("auental", population=8200), make_tenant("muenster")
    load_evaluations(*towns, now_us(), report=lambda done, total, name: None)
    with tenant_scope(towns[0].pk):
        paper = CouncilPaper.objects.get()
    document = read_document(paper.document.encode())
    said = " ".join(plain_text(document))
    assert document_hash(document) == paper.document_hash
    assert document.furniture.banner == "Demo: Alle Angaben sind erfunden"
    assert "eigene Messung, Zeitreihe mit Vergleichsgruppe" in said
    assert "Begründung der Abweichung" in said or "folgt der Entscheidungstabelle" in said
