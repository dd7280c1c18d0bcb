"""ODT, read back by odfdo."""

import io
import zipfile

import pytest
from lxml import etree
from odfdo import Document as Odf

from mehrwert.documents.odt import MEDIA_TYPE, odt

from .samples import SVG, sample

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


@pytest.fixture(scope="module")
def written():
    return odt(sample(contents=True))


@pytest.fixture(scope="module")
def body(written):
    return Odf(io.BytesIO(written)).body


def content(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return etree.fromstring(archive.read("content.xml"))


def test_the_same_document_gives_the_same_bytes(written):
    """DOC-173."""
    assert odt(sample(contents=True)) == written


def test_the_type_stands_first_and_uncompressed(written):
    """ODF 1.3 part 2, 3.3."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == MEDIA_TYPE
        listed = archive.read("META-INF/manifest.xml").decode()
        assert all(name in listed for name in archive.namelist()[1:-1])


def test_headings_are_headings(body):
    found = [(h.get_attribute("text:outline-level"), h.inner_text) for h in body.get_headers()]
    assert found[:4] == [
        ("1", "Vorlage"),
        ("1", "Beschlussvorschlag"),
        ("1", "Was wir wissen – was wir nicht wissen"),
        ("1", "Alternativen"),
    ]
    assert found[4] == ("2", "Verlauf im Einzelnen")


def test_tables_repeat_their_header_and_keep_their_cells(body, written):
    assert body.get_table(name="Table2").get_values()[2] == [
        "im Verbund",
        "12.400\u00a0€",
        "−8\u00a0% (−15\u00a0% bis −1\u00a0%)",
    ]
    tables = list(content(written).iter(f"{TABLE}table"))
    assert all(one.find(f"{TABLE}table-header-rows") is not None for one in tables)


def test_a_drawing_is_there_twice_and_described(written):
    root = content(written)
    names = [one.get("{http://www.w3.org/1999/xlink}href") for one in root.iter(f"{DRAW}image")]
    assert names == ["Pictures/1.svg", "Pictures/1.png"]
    assert root.find(f".//{SVG_NAMES}desc").text == "Die Linie fällt von 12 auf 9."
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.read("Pictures/1.svg").decode() == SVG
        assert archive.read("Pictures/1.png").startswith(b"\x89PNG")


def test_every_named_style_exists(written):
    root = content(written)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        styles = etree.fromstring(archive.read("styles.xml"))
    style_name = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"
    known = {one.get(style_name) for tree in (root, styles) for one in tree.iter()}
    used = {
        value
        for one in root.iter()
        for name, value in one.attrib.items()
        if name.endswith("}style-name")
    }
    assert used <= known


def test_signs_that_xml_forbids_are_left_out():
    Odf(io.BytesIO(odt(sample(title="Ein\x0bTitel & mehr")))).body  # noqa: B018
