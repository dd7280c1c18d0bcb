"""A document as DOCX (ISO/IEC 29500, transitional), same bytes for the same document."""

from pathlib import Path
from string import Template

from mehrwert.documents.docx.body import BULLETS, TWIPS_PER_MM, Body, text
from mehrwert.documents.docx.template import (
    MEDIA,
    DocxTemplate,
    header_with,
    merged_styles,
    read_docx_template,
    relations_of,
)
from mehrwert.documents.model import Document
from mehrwert.documents.packing import clean, packed
from mehrwert.documents.sheets import LETTER, Paper
from mehrwert.documents.words import word

__all__ = ["MEDIA_TYPE", "DocxTemplate", "docx", "read_docx_template"]
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HERE = Path(__file__).parent
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_LOCALES = {"de": "de-DE", "en": "en-GB"}
_PARTS = ("styles", "numbering", "settings", "footnotes", "header", "footer")
_PAGE = Template(
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
    '<w:footerReference w:type="default" r:id="rIdfooter"/>'
    '<w:pgSz w:w="$width" w:h="$height"$turned/>'
    '<w:pgMar w:top="1474" w:right="$right" w:bottom="1361" w:left="$left" w:header="737" '
    'w:footer="680" w:gutter="0"/></w:sectPr>'
)
_SETTINGS = (
    f'{_XML}<w:settings xmlns:w="{_WORD}"><w:autoHyphenation/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="$locale"/></w:settings>'
)
_EVEN = "<w:evenAndOddHeaders/>"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)


def docx(
    document: Document, *, paper: Paper = LETTER, template: DocxTemplate | None = None
) -> bytes:
    """Return the document as DOCX, on the paper of a house where there is a template.

    Raises:
        MissingFontError: A drawing must be rasterised and the fonts are not installed.
        DocumentError: A drawing is no usable SVG.
    """
    if template is not None:
        return _on_house_paper(document, template)
    body = Body(document, paper)
    main = (
        f"{_XML}<w:document {_NAMES}><w:body>{body.written()}{_page(paper)}</w:body></w:document>"
    )
    members: list[tuple[str, bytes | str]] = [
        ("[Content_Types].xml", _content_types()),
        ("_rels/.rels", _package_relations()),
        ("docProps/core.xml", _core(document)),
        ("word/document.xml", main),
        ("word/_rels/document.xml.rels", _relations(body)),
        *((f"word/{name}.xml", content) for name, content in _parts(document, body, paper).items()),
        *((f"word/{name}", content) for name, content in body.pictures),
    ]
    return packed(members, document.metadata.created)


def _on_house_paper(document: Document, template: DocxTemplate) -> bytes:
    """Return the document with page, headers, footers and styles of a house."""
    body, banner = Body(document, template.paper), document.furniture.banner
    locale = _LOCALES[document.language]
    own = _template("styles.xml").substitute(
        locale=locale, table=round(template.paper.table_pt * 2)
    )
    merged = merged_styles(template, own)
    written = merged.apply(body.written())
    parts = {part.name: header_with(part, banner, merged) for part in template.parts}
    settings = Template(_SETTINGS).substitute(locale=locale)
    if template.has_even_pages:
        settings = settings.replace("<w:autoHyphenation/>", "<w:autoHyphenation/>" + _EVEN, 1)
    notes = f"{_SEPARATORS}{merged.apply(''.join(body.footnotes))}"
    section = f"<w:sectPr>{template.section}</w:sectPr>"
    members: list[tuple[str, bytes | str]] = [
        ("[Content_Types].xml", _house_types(template)),
        ("_rels/.rels", _package_relations()),
        ("docProps/core.xml", _core(document)),
        (
            "word/document.xml",
            f"{_XML}<w:document {_NAMES}><w:body>{written}{section}</w:body></w:document>",
        ),
        ("word/_rels/document.xml.rels", _relations(body, template)),
        ("word/styles.xml", merged.styles),
        ("word/numbering.xml", _template("numbering.xml").substitute(numbers=_numbers(body))),
        ("word/settings.xml", settings),
        ("word/footnotes.xml", f"{_XML}<w:footnotes {_NAMES}>{notes}</w:footnotes>"),
        *((f"word/{name}.xml", content) for name, content in parts.items()),
        *((f"word/_rels/{p.name}.xml.rels", p.relations) for p in template.parts if p.relations),
        *([("word/theme/theme1.xml", template.theme)] if template.theme else []),
        *((f"word/{name}", content) for name, content in (*body.pictures, *template.media)),
    ]
    return packed(members, document.metadata.created)


def _house_types(template: DocxTemplate) -> str:
    """Return the content types with those of the house's parts and pictures."""
    known = {"png", "svg"}
    endings = {name.rpartition(".")[2] for name, _ in template.media}
    more = "".join(
        f'<Default Extension="{ending}" ContentType="{MEDIA[ending.lower()]}"/>'
        for ending in sorted(endings - known)
    )
    overrides = "".join(
        f'<Override PartName="/word/{part.name}.xml" ContentType="application/'
        f'vnd.openxmlformats-officedocument.wordprocessingml.{part.kind}+xml"/>'
        for part in template.parts
    )
    if template.theme:
        overrides += (
            '<Override PartName="/word/theme/theme1.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.theme+xml"/>'
        )
    own = _content_types(tuple(name for name in _PARTS if name not in ("header", "footer")))
    return own.replace("</Types>", f"{more}{overrides}</Types>", 1)


def _page(paper: Paper) -> str:
    twips = {"width": 11906, "height": 16838, "right": 1134, "left": 1417, "turned": ""}
    if paper.orientation == "landscape":
        side = round(paper.left_mm * TWIPS_PER_MM)
        twips = {"width": 16838, "height": 11906, "right": side, "left": side}
        twips["turned"] = ' w:orient="landscape"'
    return _PAGE.substitute(twips)


def _parts(document: Document, body: Body, paper: Paper) -> dict[str, str]:
    locale = _LOCALES[document.language]
    return {
        "styles": _template("styles.xml").substitute(
            locale=locale, table=round(paper.table_pt * 2)
        ),
        "numbering": _template("numbering.xml").substitute(numbers=_numbers(body)),
        "settings": Template(_SETTINGS).substitute(locale=locale),
        "footnotes": f"{_XML}<w:footnotes {_NAMES}>{_SEPARATORS}{''.join(body.footnotes)}"
        "</w:footnotes>",
        "header": _header(document),
        "footer": _footer(document),
    }


def _template(name: str) -> Template:
    return Template(_HERE.joinpath(name).read_text(encoding="utf-8"))


def _numbers(body: Body) -> str:
    """Return one numbering per ordered list, so that each begins at 1."""
    return "".join(
        f'  <w:num w:numId="{BULLETS + n}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="1"/></w:lvlOverride></w:num>\n'
        for n in range(1, body.numberings + 1)
    )


def _header(document: Document) -> str:
    furniture = document.furniture
    return (
        f'{_XML}<w:hdr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        f"{text(furniture.header)}<w:r><w:tab/></w:r>{text(furniture.banner, 'Strong')}"
        "</w:p></w:hdr>"
    )


def _footer(document: Document) -> str:
    pages = word("page", document.language, n="\x01", total="\x02")
    first, _, rest = pages.partition("\x01")
    middle, _, last = rest.partition("\x02")
    counted = f"{text(first)}{_counter('PAGE')}{text(middle)}{_counter('NUMPAGES')}{text(last)}"
    return (
        f'{_XML}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{text(document.furniture.footer)}<w:r><w:tab/></w:r>{counted}</w:p></w:ftr>"
    )


def _counter(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _core(document: Document) -> str:
    metadata = document.metadata
    day = f"{metadata.created}T00:00:00Z"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{clean(document.title)}</dc:title>"
        f"<dc:subject>{clean(metadata.subject)}</dc:subject>"
        f"<dc:creator>{clean(metadata.author)}</dc:creator>"
        f"<cp:keywords>{clean(', '.join(metadata.keywords))}</cp:keywords>"
        f"<dc:language>{_LOCALES[document.language]}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _content_types(parts: tuple[str, ...] = _PARTS) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/'
        f'vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"/>'
        for name in parts
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="svg" ContentType="image/svg+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/'
        'vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _package_relations() -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def _relations(body: Body, template: DocxTemplate | None = None) -> str:
    names: tuple[str, ...] = _PARTS
    house = ""
    if template is not None:
        names = tuple(name for name in _PARTS if name not in ("header", "footer"))
        house = relations_of(template.parts)
        if template.theme:
            house += (
                f'<Relationship Id="rIdtheme" Type="{_OFFICE}/theme" Target="theme/theme1.xml"/>'
            )
    own = "".join(
        f'<Relationship Id="rId{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name in names
    )
    others = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
        for name, kind, target, mode in body.relations
    )
    inside = f"{own}{house}{others}"
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
