"""DOCX, read back by python-docx."""

import io
import zipfile

import pytest
from docx import Document as Word

from mehrwert.documents.docx import docx

from .samples import sample


@pytest.fixture(scope="module")
def written():
    return docx(sample(contents=True))


@pytest.fixture(scope="module")
def word(written):
    return Word(io.BytesIO(written))


def part(written, name):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return archive.read(name).decode()


def test_the_same_document_gives_the_same_bytes(written):
    """DOC-173."""
    assert docx(sample(contents=True)) == written


def test_headings_have_the_built_in_styles(word):
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert found[0] == ("Heading 1", "Vorlage")
    assert ("Heading 2", "Verlauf im Einzelnen") in found


def test_tables_keep_their_cells_and_repeat_their_header(word):
    box, costs, numbers = word.tables
    assert [cell.text for cell in box.rows[0].cells] == ["Was wir wissen", "Was wir nicht wissen"]
    assert [cell.text for cell in costs.rows[1].cells] == [
        "nichts tun",
        "0\u00a0€",
        "nicht bekannt",
    ]
    assert numbers.rows[2].cells[1].text == "9"
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables)


def test_each_ordered_list_begins_at_one(written):
    assert part(written, "word/numbering.xml").count("w:startOverride") == 2


def test_the_drawing_has_a_text_alternative_and_both_forms(word, written):
    assert len(word.inline_shapes) == 1
    body = part(written, "word/document.xml")
    assert 'descr="Die Linie fällt von 12 auf 9."' in body
    assert "svgBlip" in body


def test_properties_name_the_organisation_and_the_day_of_the_paper(word):
    core = word.core_properties
    assert core.author == "Stadt Auental"
    assert core.language == "de-DE"
    assert core.created.isoformat() == "2027-03-01T00:00:00+00:00"


def test_footnotes_links_header_and_page_numbers(word, written):
    assert "Siehe Anlage 1." in part(written, "word/footnotes.xml")
    assert "https://example.org/a?b=1&amp;c=2" in part(written, "word/_rels/document.xml.rels")
    section = word.sections[0]
    assert "Demo: Alle Angaben sind erfunden." in section.header.paragraphs[0].text
    assert "NUMPAGES" in part(written, "word/footer.xml")


def test_there_are_no_text_boxes(written):
    assert "txbx" not in part(written, "word/document.xml")
