"""PDF: what typst promises and what we can see ourselves, read back by pypdf."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from mehrwert.documents import pdf as writer
from mehrwert.documents.building import fields, paragraph
from mehrwert.documents.errors import DocumentError, MissingFontError
from mehrwert.documents.model import Figure, Section
from mehrwert.documents.outline import document_hash, document_json, read_document
from mehrwert.documents.pdf import pdf

from .samples import NUMBERS, sample


@pytest.fixture(scope="module")
def written():
    return pdf(sample(contents=True))


@pytest.fixture(scope="module")
def read(written):
    return PdfReader(io.BytesIO(written))


def roles(node):
    """Yield the role and the node of every structure element."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from roles(one)
    elif isinstance(node, dict) and "/K" in node:
        yield node.get("/S"), node
        yield from roles(node["/K"])


def test_the_same_document_gives_the_same_bytes(written):
    """DOC-173; the date inside is the day of the paper."""
    assert pdf(sample(contents=True)) == written
    assert b"2027-03-01T00:00:00Z" in written


def test_no_page_is_empty(read):
    """typst prints empty pages when a font is missing."""
    assert len(read.pages) >= 2
    assert all(len(page.extract_text()) > 60 for page in read.pages)
    names = {
        str(font.get_object()["/BaseFont"])
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("FiraSans" in name for name in names)


def test_it_claims_pdf_a_3a_and_pdf_ua_1(read):
    """DOC-86. A claim; the judge is test_verapdf.py."""
    said = read.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said


def test_language_title_and_tags(read):
    root = read.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == sample().title
    assert read.metadata.author == "Stadt Auental"


def test_structure_has_headings_lists_tables_with_headers_and_alternatives(read):
    found = list(roles(read.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    names = {role for role, _node in found}
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Note"} <= names
    figures = [node for role, node in found if role == "/Figure"]
    assert [node["/Alt"] for node in figures] == ["Die Linie fällt von 12 auf 9."]


def test_the_data_travels_along_and_its_checksum_is_printed(read):
    """DOC-193, DOC-213."""
    tree = read.attachments["document.json"][0]
    assert tree == document_json(sample(contents=True))
    assert read_document(tree) == sample(contents=True)
    printed = "".join("".join(page.extract_text().split()) for page in read.pages)
    assert hashlib.sha256(tree).hexdigest() == document_hash(sample(contents=True))
    assert document_hash(sample(contents=True)) in printed
    assert read.attachments["zahlen.csv"][0] == b"monat;liter\n2027-01;12\n"


def test_one_changed_byte_in_the_attached_tree_fails_the_check(read):
    changed = bytearray(read.attachments["document.json"][0])
    changed[40] ^= 1
    assert hashlib.sha256(changed).hexdigest() != document_hash(sample(contents=True))


def test_long_words_are_hyphenated_as_german(read):
    words = "Straßenbaumbewässerungsbeauftragtenversammlung " * 12
    text = PdfReader(io.BytesIO(pdf(sample(blocks=(paragraph(words),))))).pages[0].extract_text()
    assert "-\n" in text or "\u2010\n" in text or "\u00ad" in text


def test_a_checksum_is_never_torn_by_a_hyphen():
    blocks = (Section("x", "Summe", (fields([("Prüfsumme", "ab" * 32)]),)),)
    text = PdfReader(io.BytesIO(pdf(sample(blocks=blocks)))).pages[0].extract_text()
    assert "ab" * 32 in text


def test_text_is_never_markup():
    blocks = (Section("x", "#panic()", (paragraph('*a* #eval("1") $x$ <b> \\ @q'),)),)
    text = PdfReader(io.BytesIO(pdf(sample(blocks=blocks)))).pages[0].extract_text()
    assert '*a* #eval("1") $x$ <b> \\ @q' in text
    assert "#panic()" in text


def test_a_sign_that_the_font_lacks_is_shown_as_a_question_not_as_an_error():
    blocks = (paragraph("vorher \U0001f333 nachher, 5\u202fkm"),)
    text = PdfReader(io.BytesIO(pdf(sample(blocks=blocks)))).pages[0].extract_text()
    assert "vorher ¿ nachher, 5\u00a0km" in text


def test_a_drawing_that_is_none_is_refused_with_a_reason():
    with pytest.raises(DocumentError):
        pdf(sample(blocks=(Figure("x", "<svg", "x", NUMBERS),)))


def test_missing_fonts_are_said_and_no_empty_page_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(writer, "FONTS", tmp_path)
    writer.fonts.cache_clear()
    with pytest.raises(MissingFontError):
        pdf(sample())
    writer.fonts.cache_clear()


def test_an_address_is_never_torn_by_a_hyphen():
    """A person who types it from paper would type the hyphen."""
    address = (
        "https://mehrwert.example/loesungen/vergleich/?l=adaptive-beleuchtung&l=baumbewaesserung"
    )
    blocks = (paragraph(f"Stand der Zusammenstellung mit Quellen und ganzen Texten: {address}"),)
    text = PdfReader(io.BytesIO(pdf(sample(blocks=blocks)))).pages[0].extract_text()
    assert "".join(text.split()).count(address) == 1
