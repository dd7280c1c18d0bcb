"""All formats say the same (DOC-211), and LibreOffice agrees."""

import io
import shutil
import subprocess
import zipfile

import pytest
from docx import Document as Word
from lxml import etree
from lxml import html as reader
from pypdf import PdfReader

from mehrwert.documents.docx import docx
from mehrwert.documents.html import html
from mehrwert.documents.odt import odt
from mehrwert.documents.outline import plain_text
from mehrwert.documents.pdf import pdf

from .samples import sample


def squeezed(text):
    """Return the text without white space and hyphens, which line breaks change."""
    return "".join(text.split()).replace("-", "").replace("\u2010", "").replace("\u00ad", "")


def text_of_html(written):
    return reader.document_fromstring(written).text_content()


def text_of_odt(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return "".join(etree.fromstring(archive.read("content.xml")).itertext())


def text_of_docx(written):
    return "".join(Word(io.BytesIO(written)).element.body.itertext())


def text_of_pdf(written):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)


@pytest.mark.parametrize(
    ("write", "extract"),
    [(html, text_of_html), (odt, text_of_odt), (docx, text_of_docx), (pdf, text_of_pdf)],
)
def test_every_format_contains_every_text(write, extract):
    """DOC-190, DOC-211."""
    found = squeezed(extract(write(sample())))
    assert [text for text in plain_text(sample()) if squeezed(text) not in found] == []


def headings_and_cells(odt_bytes):
    with zipfile.ZipFile(io.BytesIO(odt_bytes)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    heads = [(h.get(f"{text}outline-level"), "".join(h.itertext())) for h in root.iter(f"{text}h")]
    return heads, ["".join(cell.itertext()) for cell in root.iter(f"{table}table-cell")]


@pytest.mark.slow
def test_libreoffice_saves_our_odt_again_without_losing_headings_or_cells(tmp_path):
    """DOC-86: ODT → LibreOffice → ODT."""
    office = shutil.which("soffice")
    assert office, "apt-get install libreoffice-writer"
    given, out = tmp_path / "paper.odt", tmp_path / "out"
    given.write_bytes(odt(sample()))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "odt:writer8", "--outdir", str(out), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert headings_and_cells((out / "paper.odt").read_bytes()) == headings_and_cells(
        given.read_bytes()
    )
