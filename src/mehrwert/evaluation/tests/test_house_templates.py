"""The paper of the house: upload, try, release, take away."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from mehrwert.base.tenant import tenant_scope
from mehrwert.documents.docx import docx
from mehrwert.documents.tests.test_templates import odt_template, word_template
from mehrwert.evaluation import actions
from mehrwert.evaluation.actions import ResultInput
from mehrwert.evaluation.models import HouseTemplate
from mehrwert.evaluation.papers import document_of
from mehrwert.municipalities.tests.fixtures import make_tenant

from .conftest import LENA
from .test_papers import COMPLETE

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def text(answer):
    return " ".join(answer.content.decode().split())


def upload(town, content, name="muster.docx", role="lead"):
    file = SimpleUploadedFile(name, content)
    return town.clients[role].post(town.path("formen/muster/"), {"file": file}, follow=True)


def header_of(content):
    return [p.text for p in Word(io.BytesIO(content)).sections[0].header.paragraphs]


@pytest.fixture
def paper(town):
    row = town.frozen()
    town.estimate(row)
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
        return actions.begin_paper(row, actor=LENA)


def file(town, paper, ending="docx"):
    path = f"{paper.evaluation_id}/vorlage/{paper.pk}/vorlage.{ending}"
    return town.clients["viewer"].get(town.path(path)).content


def test_drafts_stand_on_the_paper_of_the_house(town, paper):
    assert "mitgeliefertes Papier" in text(town.clients["lead"].get(town.path("formen/")))
    assert "Stadt Auental · Amt für Grünes" not in header_of(file(town, paper))
    page = text(upload(town, word_template()))
    assert "Die Mustervorlage gilt ab jetzt für Entwürfe." in page
    assert "muster.docx" in page
    assert header_of(file(town, paper))[-1] == "Stadt Auental · Amt für Grünes"
    sample = town.clients["viewer"].get(town.path("formen/muster/probe.docx"))
    assert header_of(sample.content)[-1] == "Stadt Auental · Amt für Grünes"


def test_an_odt_stands_on_its_own_template(town, paper):
    before = file(town, paper, "odt")
    assert "muster.ott" in text(upload(town, odt_template(), "muster.ott"))
    assert file(town, paper, "odt") != before


def test_a_released_paper_keeps_the_paper_it_was_released_on(town, paper):
    upload(town, word_template())
    with town.scope():
        actions.change_paper(paper, COMPLETE, actor=LENA)
        actions.release_paper(paper, actor=LENA, role="Leitung")
    kept = file(town, paper)
    assert header_of(kept)[-1] == "Stadt Auental · Amt für Grünes"
    answer = town.clients["lead"].post(town.path("formen/muster/docx/entfernen/"), follow=True)
    assert "Entwürfe stehen wieder auf dem mitgelieferten Papier." in text(answer)
    assert file(town, paper) == kept


def test_a_paper_released_before_the_template_does_not_change(town, paper):
    with town.scope():
        actions.change_paper(paper, COMPLETE, actor=LENA)
        actions.release_paper(paper, actor=LENA, role="Leitung")
        paper.refresh_from_db()
        plain = docx(document_of(paper))
    upload(town, word_template())
    assert file(town, paper) == plain


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"nichts", "Das ist keine ODT- oder Word-Datei"),
        (odt_template(kind="application/vnd.oasis.opendocument.spreadsheet"), "der Art ODT"),
        (b"", "leer"),
    ],
)
def test_what_cannot_be_used_is_said_in_german_and_not_kept(town, content, sentence):
    answer = upload(town, content)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not HouseTemplate.objects.model._base_manager.exists()


def test_only_the_lead_sets_the_paper_and_nobody_sees_that_of_others(town, paper):
    assert upload(town, word_template(), role="editor").status_code == 403
    upload(town, word_template())
    with tenant_scope(make_tenant("erlbach").pk):
        assert not HouseTemplate.objects.exists()


def test_the_same_file_again_adds_nothing(town):
    content = word_template()
    upload(town, content)
    upload(town, content)
    with town.scope():
        assert HouseTemplate.objects.count() == 1
