"""A house's own ODT and DOCX: its page, its logo, its styles; our text, whole."""

import io
import re
import zipfile

import pytest
from docx import Document as Word
from docx.shared import Cm
from odfdo import Document as Odf

from mehrwert.documents.docx import docx, read_docx_template
from mehrwert.documents.errors import TemplateError
from mehrwert.documents.model import Furniture
from mehrwert.documents.odt import odt, read_odt_template
from mehrwert.documents.packing import drawing
from mehrwert.documents.unpacking import MOST_BYTES

from .samples import SVG, sample

BANNER = "Entwurf · Beispiel der Demo"


def paper():
    """Return the sample with a banner."""
    found = sample(contents=True)
    return type(found)(
        **{name: getattr(found, name) for name in found.__struct_fields__ if name != "furniture"},
        furniture=Furniture(header="Auental", footer="Vorlage 1", banner=BANNER),
    )


def logo():
    return drawing(SVG).png


def word_template(**changes):
    """Return a house's Word file: letterhead with logo, narrow margins, German style ids."""
    word = Word()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.header.paragraphs[0].text = "Stadt Auental · Amt für Grünes"
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Cm(2))
    section.footer.paragraphs[0].text = "Rathausplatz 1"
    word.styles["Heading 1"].font.name = "Georgia"
    word.add_paragraph("Text der Mustervorlage, der nicht mitkommt.")
    out = io.BytesIO()
    word.save(out)
    content = rewritten(out.getvalue(), "word/styles.xml", german)
    for name, change in changes.items():
        content = rewritten(content, name, change)
    return content


def german(xml):
    """Word in German calls its styles otherwise inside the file."""
    for ours, theirs in (("Heading1", "berschrift1"), ("Normal", "Standard"), ("Title", "Titel")):
        xml = re.sub(rf'(w:(?:styleId|val)=")(?:{ours})"', rf'\1{theirs}"', xml)
    return xml.replace('<w:name w:val="Standard"/>', '<w:name w:val="Normal"/>').replace(
        '<w:name w:val="Titel"/>', '<w:name w:val="Title"/>'
    )


def rewritten(content, name, change):
    """Return a ZIP in which one member is changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            data = old.read(one.filename)
            if one.filename == name:
                data = change(data.decode()).encode()
            new.writestr(one.filename, data)
    return out.getvalue()


ODT_STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3">
 <office:styles>
  <style:style style:name="Standard" style:family="paragraph"/>
  <style:style style:name="Heading_20_1" style:family="paragraph"
   style:parent-style-name="Standard"><style:text-properties fo:color="#aa0000"/></style:style>
 </office:styles>
 <office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties
  fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-left="3cm" fo:margin-right="3cm"/>
 </style:page-layout></office:automatic-styles>
 <office:master-styles>
  <style:master-page style:name="Standard" style:page-layout-name="pm1"/>
  <style:master-page style:name="First" style:page-layout-name="pm1"
   style:next-style-name="Standard">
   <style:header><text:p>Stadt Auental<draw:frame svg:width="2cm" svg:height="1cm"><draw:image
    xlink:href="Pictures/logo.png"/></draw:frame></text:p></style:header>
  </style:master-page>
 </office:master-styles>
</office:document-styles>"""
ODT_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
 <office:automatic-styles><style:style style:name="P1" style:family="paragraph"
  style:master-page-name="First"/></office:automatic-styles>
 <office:body><office:text><text:p text:style-name="P1">Muster</text:p></office:text>
 </office:body></office:document-content>"""


def odt_template(styles=ODT_STYLES, *, kind="application/vnd.oasis.opendocument.text-template"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("styles.xml", styles)
        archive.writestr("content.xml", ODT_CONTENT)
        archive.writestr("Pictures/logo.png", logo())
        archive.writestr("Basic/Standard/Module1.xml", "<macro/>")
    return out.getvalue()


def members(written):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_paper_in_word_has_page_logo_and_styles_of_the_house():
    written = docx(paper(), template=read_docx_template(word_template()))
    word = Word(io.BytesIO(written))
    assert word.sections[0].left_margin.cm == pytest.approx(3, abs=0.01)
    header = word.sections[0].header
    assert [p.text for p in header.paragraphs] == [BANNER, "Stadt Auental · Amt für Grünes"]
    assert word.sections[0].footer.paragraphs[0].text == "Rathausplatz 1"
    assert members(written)["word/media/house-image1.png"] == logo()
    heading = [p for p in word.paragraphs if p.text == "Vorlage"][-1]
    assert (heading.style.style_id, heading.style.font.name) == ("berschrift1", "Georgia")
    assert "Text der Mustervorlage" not in "".join(p.text for p in word.paragraphs)


def test_nothing_of_the_text_is_lost_on_the_paper_of_a_house():
    plain = Word(io.BytesIO(docx(paper())))
    house = Word(io.BytesIO(docx(paper(), template=read_docx_template(word_template()))))
    assert [p.text for p in house.paragraphs] == [p.text for p in plain.paragraphs]
    assert [[c.text for c in row.cells] for t in house.tables for row in t.rows] == [
        [c.text for c in row.cells] for t in plain.tables for row in t.rows
    ]
    styles = {style.style_id for style in house.styles}
    used = set(re.findall(r'w:(?:pStyle|rStyle|tblStyle|basedOn) w:val="([^"]+)"',
                          members(docx(paper(), template=read_docx_template(word_template())))
                          ["word/document.xml"].decode()))  # fmt: skip
    assert used <= styles


def test_every_part_of_the_word_file_is_declared_and_related():
    parts = members(docx(paper(), template=read_docx_template(word_template())))
    types = parts["[Content_Types].xml"].decode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    for name in ("house1", "house2"):
        assert f'PartName="/word/{name}.xml"' in types
        assert f'Target="{name}.xml"' in relations
    idents = re.findall(r' Id="([^"]+)"', relations)
    assert len(idents) == len(set(idents))
    assert set(re.findall(r'r:(?:id|embed)="([^"]+)"', parts["word/document.xml"].decode())) <= set(
        idents
    )


def test_a_paper_in_odt_has_page_logo_and_styles_of_the_house():
    written = odt(paper(), template=read_odt_template(odt_template()))
    parts = members(written)
    styles, content = parts["styles.xml"].decode(), parts["content.xml"].decode()
    assert parts["Pictures/logo.png"] == logo()
    assert 'fo:color="#aa0000"' in styles
    assert styles.count('style:name="Heading_20_1"') == 1
    assert 'style:name="Typed"' in styles
    assert styles.count(BANNER) == 2
    assert 'style:master-page-name="First"' in content
    assert 'style:width="150' in content
    assert not any(name.startswith("Basic") for name in parts)
    assert "Pictures/logo.png" in parts["META-INF/manifest.xml"].decode()
    plain, house = (Odf(io.BytesIO(one)).body for one in (odt(paper()), written))
    assert [h.text_recursive for h in house.headers] == [h.text_recursive for h in plain.headers]


@pytest.mark.parametrize("write", ["odt", "docx"])
def test_the_same_document_on_the_same_paper_gives_the_same_bytes(write):
    """DOC-173."""
    if write == "odt":
        assert len({odt(paper(), template=read_odt_template(odt_template())) for _ in "12"}) == 1
    else:
        content = word_template()
        assert len({docx(paper(), template=read_docx_template(content)) for _ in "12"}) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no zip at all", "no_package"),
        (b"\0" * (MOST_BYTES + 1), "too_large"),
        (odt_template(kind="application/vnd.oasis.opendocument.spreadsheet"), "wrong_kind"),
        (odt_template("<a"), "not_xml"),
        (odt_template("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "not_xml"),
        (odt_template("<a/>"), "part_missing"),
        (odt_template(ODT_STYLES.replace("Pictures/logo.png", "http://x.org/a.png")), "picture"),
        (odt_template(ODT_STYLES.replace("Pictures/logo.png", "Pictures/weg.png")), "part_missing"),
        (odt_template(ODT_STYLES.replace("Pictures/logo.png", "Pictures/x.exe")), "picture"),
        (odt_template(ODT_STYLES.replace('margin-left="3cm"', 'margin-left="9cm"')), "too_narrow"),
    ],
)
def test_what_is_no_usable_odt_is_refused(content, code):
    with pytest.raises(TemplateError) as refused:
        read_odt_template(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (odt_template(), "wrong_kind"),
        (word_template(**{"word/styles.xml": lambda xml: xml[:-20]}), "not_xml"),
        (
            word_template(**{
                "word/_rels/header1.xml.rels": lambda xml: xml.replace(
                    'Target="media/image1.png"', 'Target="http://x.org/a.png" TargetMode="External"'
                )
            }),
            "picture",
        ),
    ],
)  # fmt: skip
def test_what_is_no_usable_word_file_is_refused(content, code):
    with pytest.raises(TemplateError) as refused:
        read_docx_template(content)
    assert refused.value.code == code
