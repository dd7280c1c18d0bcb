"""A document as OpenDocument text (ODF 1.3), written natively, same bytes for the same document."""

from pathlib import Path
from string import Template

from mehrwert.documents.model import Document
from mehrwert.documents.odt.content import Content
from mehrwert.documents.odt.template import OdtTemplate, merged_styles, read_odt_template
from mehrwert.documents.packing import clean, packed
from mehrwert.documents.sheets import LETTER, Paper
from mehrwert.documents.words import word

__all__ = ["MEDIA_TYPE", "OdtTemplate", "odt", "read_odt_template"]
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_COUNTRIES = {"de": "DE", "en": "GB"}
_STYLES = Path(__file__).with_name("styles.xml")
_META = Template(
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3">'
    "<office:meta><meta:generator>Mehrwert</meta:generator><dc:title>$title</dc:title>"
    "<dc:subject>$subject</dc:subject>$keywords"
    "<meta:initial-creator>$author</meta:initial-creator><dc:creator>$author</dc:creator>"
    "<meta:creation-date>${day}T00:00:00</meta:creation-date><dc:date>${day}T00:00:00</dc:date>"
    "<dc:language>$language</dc:language></office:meta></office:document-meta>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    f'manifest:media-type="{MEDIA_TYPE}"/>'
)


def odt(document: Document, *, paper: Paper = LETTER, template: OdtTemplate | None = None) -> bytes:
    """Return the document as ODT, on the paper of a house where there is a template.

    Raises:
        MissingFontError: A drawing must be rasterised and the fonts are not installed.
        DocumentError: A drawing is no usable SVG.
    """
    sheet = paper if template is None else template.paper
    first_page = "" if template is None else template.first_page
    content = Content(document, sheet, first_page=first_page)
    written, styles = content.written(), _styles(document, sheet)
    if template is not None:
        styles = merged_styles(template, styles, document.furniture.banner)
    house = () if template is None else template.pictures
    members: list[tuple[str, bytes | str]] = [
        ("content.xml", written),
        ("styles.xml", styles),
        ("meta.xml", _meta(document)),
        *content.pictures,
        *house,
    ]
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{_type(name)}"/>'
        for name, _content in members
    )
    manifest = f"{_MANIFEST}{entries}</manifest:manifest>"
    return packed(
        [("mimetype", MEDIA_TYPE), *members, ("META-INF/manifest.xml", manifest)],
        document.metadata.created,
    )


def _type(name: str) -> str:
    kinds = {"xml": "text/xml", "svg": "image/svg+xml", "png": "image/png"}
    ending = name.rpartition(".")[2].lower()
    return kinds.get(ending) or f"image/{ending.replace('jpg', 'jpeg')}"


def _styles(document: Document, paper: Paper) -> str:
    furniture, language = document.furniture, document.language
    pages = word("page", language, n="\x01", total="\x02")
    first, _, rest = pages.partition("\x01")
    middle, _, last = rest.partition("\x02")
    counted = (
        f"{first}<text:page-number text:select-page='current'>1</text:page-number>{middle}"
        f"<text:page-count>1</text:page-count>{last}"
    )
    return Template(_STYLES.read_text(encoding="utf-8")).substitute(
        language=language,
        country=_COUNTRIES[language],
        header=clean(furniture.header),
        banner=clean(furniture.banner),
        footer=clean(furniture.footer),
        pages=counted,
        width=paper.width_mm,
        height=paper.height_mm,
        orientation=paper.orientation,
        left=paper.left_mm,
        right=paper.right_mm,
        table=f"{paper.table_pt:g}",
    )


def _meta(document: Document) -> str:
    metadata = document.metadata
    keywords = "".join(f"<meta:keyword>{clean(one)}</meta:keyword>" for one in metadata.keywords)
    return _META.substitute(
        title=clean(document.title),
        subject=clean(metadata.subject),
        author=clean(metadata.author),
        keywords=keywords,
        day=metadata.created,
        language=document.language,
    )
