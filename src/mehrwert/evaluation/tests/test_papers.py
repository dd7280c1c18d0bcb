"""The pages of the paper: from the evaluation to the file, and nothing changes after release."""

import io
import json
from datetime import date

import pytest
from django.test import Client
from django.utils.html import escape
from lxml import html as reader
from pypdf import PdfReader

from mehrwert.base.models import AuditRow
from mehrwert.documents.outline import document_hash, plain_text
from mehrwert.evaluation import actions, queries
from mehrwert.evaluation.actions import ResultInput
from mehrwert.evaluation.council_paper.facts import Review
from mehrwert.evaluation.council_paper.inputs import PaperInput
from mehrwert.evaluation.errors import PaperIncompleteError, PaperReleasedError
from mehrwert.evaluation.models import CouncilPaper
from mehrwert.evaluation.papers import document_of, facts_of, input_of
from mehrwert.municipalities.tests.fixtures import make_member
from mehrwert.portfolio.tests.factories import make_project

from .conftest import LENA

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])

COMPLETE = PaperInput(
    created=date(2026, 3, 1),
    profile="classic",
    number="123/2026",
    until=date(2027, 6, 30),
    review=Review(
        indicator="Gießwasser",
        target="mindestens −10 %",
        next_report=date(2027, 4, 30),
        stop_criterion="Liegt der Bereich über 0 %, wird beendet.",
    ),
    texts={"background": "Der Rat hat 2023 einen Versuch beschlossen."},
)


@pytest.fixture
def row(town):
    made = town.frozen()
    town.estimate(made)
    return made


@pytest.fixture
def paper(town, row):
    with town.scope():
        return actions.begin_paper(row, actor=LENA)


def change(town, paper, **given):
    values = {name: getattr(COMPLETE, name) for name in COMPLETE.__struct_fields__}
    with town.scope():
        return actions.change_paper(paper, PaperInput(**(values | given)), actor=LENA)


def release(town, paper):
    with town.scope():
        return actions.release_paper(paper, actor=LENA, role="Leitung")


def form_of(page):
    return reader.document_fromstring(page).find_class("mw-form")[0]


def filled(fields):
    return {name: value for name, value in fields.items() if value is not None}


def path_of(town, paper, rest=""):
    return town.path(f"{paper.evaluation_id}/vorlage/{paper.pk}/{rest}")


def test_a_new_paper_already_says_what_was_measured_and_what_is_not_known(town, paper):
    with town.scope():
        said = " ".join(plain_text(document_of(paper)))
        shown = facts_of(paper).effect
    assert shown.sentence in said
    assert shown.span
    assert "Unbekannte Kosten: Vorbereitung, Vergabe" in said
    assert "Entwurf · Demo: Alle Angaben sind erfunden" in said or paper.evaluation.is_demo


def test_page_and_paper_show_the_same_figures(town, row, paper):
    """DOC-212 and issue 6: figures identical on page and paper."""
    page = town.clients["viewer"].get(town.path(f"{row.pk}/")).content.decode()
    with town.scope():
        effect = facts_of(paper).effect
    for words in (effect.value, *effect.span.split(" bis "), effect.class_words):
        assert escape(words) in page


def test_preview_form_and_files_can_be_opened(town, paper):
    client = town.clients["editor"]
    listed = client.get(town.path(f"{paper.evaluation_id}/vorlage/")).content.decode()
    assert path_of(town, paper) in listed
    page = client.get(path_of(town, paper)).content.decode()
    assert "Was wir wissen" in page
    assert "Vor der Freigabe" in page
    tree = reader.document_fromstring(page)
    links = [a.get("href") for a in tree.iter("a") if a.get("download") is not None]
    assert len(links) == 5
    kinds = {client.get(link)["Content-Type"].partition(";")[0] for link in links}
    assert kinds == {
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/html",
        "application/json",
    }
    assert client.get(path_of(town, paper, "vorlage.exe")).status_code == 404


def test_the_pdf_is_the_paper(town, paper):
    written = town.clients["viewer"].get(path_of(town, paper, "vorlage.pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(written.content)).pages)
    assert "Kleinste Messung" in text
    assert written["Content-Disposition"].startswith('attachment; filename="vorlage-')


def test_the_form_keeps_everything_that_was_typed(town, paper):
    client = town.clients["editor"]
    form = client.get(path_of(town, paper, "bearbeiten/")).content.decode()
    fields = form_of(form).fields
    given = filled(fields) | {
        "profile": "stuttgart-like",
        "number": "7/2026",
        "consultations": "Rat; 23.03.2026; Beschlussfassung",
        "years": "2026; 18.900; 0; 9.100,50\n2027; 18.900",
        "has_later": "yes",
        "later": "2031; Ersatz der Sensoren",
        "has_funding": "no",
        "once_licence": "0",
        "reason_licence": "quelloffen",
        "yearly_operation": "9600,50",
        "note_climate": "Spart Trinkwasser.",
        "text_background": "Erster Absatz.\n\nZweiter Absatz.",
        "next_report": "2027-04-30",
    }
    answer = client.post(path_of(town, paper, "bearbeiten/"), given)
    assert answer.status_code == 302
    stored = input_of(CouncilPaper._base_manager.get())
    assert (stored.profile, stored.number) == ("stuttgart-like", "7/2026")
    assert stored.consultations[0].is_authoritative
    assert [str(y.savings) for y in stored.finance.years] == ["9100.50", "None"]
    assert stored.finance.later[0].amount is None
    assert stored.finance.funding == ()
    assert str(stored.finance.positions["operation"].yearly) == "9600.50"
    again = client.get(path_of(town, paper, "bearbeiten/")).content.decode()
    kept = form_of(again).fields
    assert kept["years"].strip() == "2026; 18900; 0; 9100,50\n2027; 18900; ;"
    assert kept["yearly_operation"] == "9600,50"
    assert client.post(path_of(town, paper, "bearbeiten/"), filled(kept)).status_code == 302
    assert input_of(CouncilPaper._base_manager.get()) == stored


def test_a_line_that_cannot_be_read_is_shown_with_an_example(town, paper):
    client = town.clients["editor"]
    given = {"profile": "classic", "created": "2026-03-01", "kind": "decision", "years": "bald"}
    answer = client.post(path_of(town, paper, "bearbeiten/"), given)
    assert answer.status_code == 422
    assert "„bald“ ist nicht lesbar" in answer.content.decode()


def test_only_those_who_may_write_and_release(town, paper):
    viewer, editor, lead = (town.clients[role] for role in ("viewer", "editor", "lead"))
    assert viewer.get(path_of(town, paper, "bearbeiten/")).status_code == 403
    assert viewer.post(town.path(f"{paper.evaluation_id}/vorlage/neu/")).status_code == 403
    assert editor.post(path_of(town, paper, "freigeben/")).status_code == 403
    assert lead.post(path_of(town, paper, "freigeben/")).status_code == 302


def test_a_paper_of_another_evaluation_is_not_found(town, paper):
    wrong = town.path(f"{paper.evaluation_id + 1}/vorlage/{paper.pk}/")
    assert town.clients["viewer"].get(wrong).status_code == 404


def test_what_is_missing_stands_on_the_page_and_prevents_the_release(town, paper):
    """DOC-183."""
    page = town.clients["lead"].get(path_of(town, paper)).content.decode()
    assert "Abbruchkriterium müssen alle genannt sein" in page
    with pytest.raises(PaperIncompleteError):
        release(town, paper)


def test_a_claim_that_is_too_strong_prevents_the_release(town, row):
    """DOC-185, EVI-183: without a frozen comparison the class is too low for such words."""
    with town.scope():
        weak = actions.begin_paper(town_draft(town), actor=LENA)
    change(town, weak, texts={"background": "Das hat den Verbrauch nachweislich gesenkt."})
    with pytest.raises(PaperIncompleteError) as caught:
        release(town, weak)
    assert "nachweislich" in str(caught.value)


def town_draft(town):
    return actions.create_evaluation(town.plan(), solution="Gießen", is_demo=True, actor=LENA)


def test_a_released_paper_never_changes_and_a_new_one_supersedes_it(town, row, paper):
    """DOC-175, DOC-187."""
    change(town, paper)
    released = release(town, paper)
    with town.scope():
        kept = document_of(released)
        assert document_hash(kept) == released.document_hash
        assert "Entwurf" not in kept.furniture.banner
        row.title = "Ganz anders"
        row.save()
        fresh = queries.list_papers(row).get(pk=paper.pk)
        assert document_of(fresh) == kept
    with pytest.raises(PaperReleasedError):
        change(town, paper)
    with pytest.raises(PaperReleasedError):
        release(town, paper)
    with town.scope():
        second = actions.begin_paper(row, actor=LENA)
    change(town, second)
    release(town, second)
    states = CouncilPaper._base_manager.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["superseded", "released"]
    assert AuditRow.objects.filter(verb="release", kind="council_paper").count() == 2
    assert released.released_role == "Leitung"


def test_the_paper_follows_the_decision_once_there_is_one(town, row, paper):
    with town.scope():
        actions.file_result(row, ResultInput(), actor=LENA)
        facts = facts_of(paper)
    assert facts.proposal.key == facts.proposal.table_key
    assert facts.alternatives[0].effect == facts.alternatives[1].effect


def test_the_oparl_draft_names_no_file_and_no_person(town, paper):
    """DOC-221, DOC-223."""
    change(town, paper)
    answer = town.clients["viewer"].get(path_of(town, paper, "oparl.json"))
    draft = json.loads(answer.content)
    assert draft["reference"] == "123/2026"
    assert "mainFile" not in draft
    assert "Lena" not in answer.content.decode()


def test_an_evaluation_that_cannot_be_measured_yields_a_paper_too(town):
    with town.scope():
        paper = actions.begin_paper(town_draft(town), actor=LENA)
    page = town.clients["viewer"].get(path_of(town, paper)).content.decode()
    assert "Eine Wirkung ist nicht belegt." in page


def test_the_treasurer_fills_the_money_and_nothing_else(town, paper):
    """DOC-82, DOC-83: a form for the capability money; texts of others stay."""
    change(town, paper)
    client = Client()
    client.force_login(make_member(town.tenant, "treasurer"))
    here = path_of(town, paper, "finanzen/")
    assert client.get(path_of(town, paper, "bearbeiten/")).status_code == 403
    assert town.clients["viewer"].get(here).status_code == 403
    assert "Kosten und Deckung" in client.get(path_of(town, paper)).content.decode()
    form = form_of(client.get(here).content)
    assert not {"number", "text_background", "decision"} & set(form.fields)
    given = filled(dict(form.fields)) | {"cover": "Haushalt", "once_hardware": "1.200,50"}
    assert client.post(here, {**given, "investive": "viel"}).status_code == 422
    assert client.post(here, given).status_code == 302
    with town.scope():
        stored = input_of(CouncilPaper.objects.get())
    assert (stored.finance.cover, str(stored.finance.positions["hardware"].once)) == (
        "Haushalt",
        "1200.50",
    )
    assert stored.texts == COMPLETE.texts
    stale = client.post(here, {**given, "cover": "Rücklage"})
    assert (stale.status_code, "inzwischen geändert" in stale.content.decode()) == (422, True)
    again = filled(dict(form_of(stale.content).fields))
    assert again["cover"] == "Rücklage"
    assert client.post(here, again).status_code == 302
    release(town, paper)
    late = client.post(here, {**given, "seen": ""})
    assert "freigegeben" in late.content.decode()


def test_rooms_above_speak_in_their_sections_or_it_says_not_checked(town, row, paper):
    """Decisions 26: listed in the wiring like panels."""
    with town.scope():
        said = " ".join(plain_text(document_of(paper)))
        assert "Stand des Vorhabens: nicht geprüft." in said
        assert "Vergabeweg: nicht geprüft." in said
        project = make_project(town.tenant.pk)
        actions.link_project(row, project, actor=LENA)
        fresh = CouncilPaper.objects.select_related("evaluation").get()
        said = " ".join(plain_text(document_of(fresh)))
    assert "Phase des Vorhabens nach seinen Daten" in said
    assert "Stand des Vorhabens: nicht geprüft." not in said
