"""A house's own Word template: its page, headers, footers, logo and styles below our text.

Taken are the styles, the theme, the headers and footers of the last section and their pictures;
nothing else, so no macros and no text. Where both know a style, the house's look wins. Word names
styles differently in every language (``berschrift1``), so they are found by their inner name.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from mehrwert.documents.docx.body import TWIPS_PER_MM, styled, text
from mehrwert.documents.errors import TemplateError
from mehrwert.documents.odt.template import checked
from mehrwert.documents.sheets import LETTER, Paper
from mehrwert.documents.unpacking import Package, has_prefixes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
KINDS = ("word/document.xml",)
_SECTION = re.compile(r"<w:sectPr\b[^>]*>.*?</w:sectPr>", re.DOTALL)
_KEPT = re.compile(
    r"<w:(?:headerReference|footerReference|pgSz|pgMar|cols|titlePg|docGrid)\b[^>]*/>"
)
_REFERENCE = re.compile(r"<w:(header|footer)Reference\b[^>]*?r:id=\"([^\"]+)\"[^>]*/>")
_NUMBERING = re.compile(r"<w:numPr>.*?</w:numPr>|<w:numPr\s*/>", re.DOTALL)
_STYLE = re.compile(r"<w:style\b[^>]*>.*?</w:style>", re.DOTALL)
_NAMED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val=")([^"]+)(")')
_OPENED = re.compile(r"<w:hdr\b[^>]*>")
_TARGET = re.compile(r'Target="([^"]+)"')
MEDIA = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml", "emf": "image/x-emf", "wmf": "image/x-wmf", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A header or footer: its kind, its XML, and the XML of its relations."""

    name: str
    kind: str
    xml: str
    relations: str


@dataclass(frozen=True, slots=True)
class DocxTemplate:
    """What is taken from a house's DOCX.

    Attributes:
        styles: ``styles.xml`` without numbering.
        ids: (type, inner name in lower case) → id of the styles it has.
        section: Content of ``w:sectPr``; relations are named like their parts.
        parts: Headers and footers.
        media: Names below ``word/`` and contents.
        theme: Colours and fonts that its styles speak of, empty for none.
        has_even_pages: Left and right pages differ.
        paper: Measures of the page.
    """

    styles: str
    ids: Mapping[tuple[str, str], str]
    section: str
    parts: tuple[Part, ...]
    media: tuple[tuple[str, bytes], ...]
    theme: str
    has_even_pages: bool
    paper: Paper


@lru_cache(maxsize=8)
def read_docx_template(content: bytes) -> DocxTemplate:
    """Return what can be used of a DOCX or DOTX.

    Raises:
        TemplateError: It is no such file, or holds what papers may not hold.
    """
    package = Package(content)
    if "word/document.xml" not in package.names:
        raise TemplateError("wrong_kind", kind="DOCX")
    document, tree = package.xml("word/document.xml")
    sections = _SECTION.findall(document)
    if tree.tag != f"{_W}document" or not has_prefixes(document, ("w",)):
        raise TemplateError("wrong_kind", kind="DOCX")
    styles, styles_tree = package.xml("word/styles.xml")
    if "</w:styles>" not in styles:
        raise TemplateError("part_missing", part="word/styles.xml")
    section = sections[-1] if sections else ""
    parts, media, section = _furniture(package, section)
    return DocxTemplate(
        styles=_NUMBERING.sub("", styles),
        ids=_ids(styles_tree),
        section=section,
        parts=parts,
        media=media,
        theme=_optional(package, "word/theme/theme1.xml"),
        has_even_pages="<w:evenAndOddHeaders/>" in _optional(package, "word/settings.xml"),
        paper=_paper(section),
    )


def _optional(package: Package, name: str) -> str:
    return package.xml(name)[0] if name in package.names else ""


def _ids(tree: ET.Element) -> dict[tuple[str, str], str]:
    found = {}
    for style in tree.iterfind(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            key = (style.get(f"{_W}type", "paragraph"), name.get(f"{_W}val", "").lower())
            found[key] = style.get(f"{_W}styleId", "")
    return found


def _furniture(
    package: Package, section: str
) -> tuple[tuple[Part, ...], tuple[tuple[str, bytes], ...], str]:
    """Return headers and footers, their pictures, and the section that names them."""
    targets = _targets(package, "word/_rels/document.xml.rels")
    parts: list[Part] = []
    media: dict[str, bytes] = {}

    def renamed(found: re.Match[str]) -> str:
        target = targets.get(found[2], "")
        if not target:
            return ""
        name = f"house{len(parts) + 1}"
        parts.append(_part(package, name, found[1], target, media))
        return found[0].replace(f'r:id="{found[2]}"', f'r:id="rId{name}"')

    named = _REFERENCE.sub(renamed, "".join(_KEPT.findall(section)))
    return tuple(parts), tuple(sorted(media.items())), named


def _part(package: Package, name: str, kind: str, target: str, media: dict[str, bytes]) -> Part:
    """Read one header or footer with its pictures, which get names of their own."""
    xml, _ = package.xml(f"word/{target}")
    folder, base = posixpath.split(f"word/{target}")
    address = f"{folder}/_rels/{base}.rels"
    relations, tree = package.xml(address) if address in package.names else ("", None)
    for one in () if tree is None else tree.iterfind(_RELATION):
        is_picture = one.get("Type", "").endswith("/image")
        where = one.get("Target", "")
        if one.get("TargetMode") == "External":
            if is_picture:
                raise TemplateError("picture", part=where[:80])
            continue
        if not is_picture:
            raise TemplateError("embedded", part=where[:80])
        fresh = f"media/house-{posixpath.basename(where)}"
        media[fresh] = package.picture(posixpath.normpath(f"{folder}/{where}").lstrip("/"))
        relations = relations.replace(f'Target="{where}"', f'Target="{fresh}"')
    return Part(name, kind, xml, relations)


def _targets(package: Package, name: str) -> dict[str, str]:
    if name not in package.names:
        return {}
    _, tree = package.xml(name)
    return {
        one.get("Id", ""): one.get("Target", "").removeprefix("/word/")
        for one in tree.iterfind(_RELATION)
        if one.get("TargetMode") != "External"
    }


def _paper(section: str) -> Paper:
    def twips(element: str, name: str, usual_mm: int) -> int:
        found = re.search(rf'<w:{element}\b[^>]*\bw:{name}="(\d+)"', section)
        return round(int(found[1]) / TWIPS_PER_MM) if found else usual_mm

    return checked(
        Paper(
            twips("pgSz", "w", LETTER.width_mm),
            twips("pgSz", "h", LETTER.height_mm),
            twips("pgMar", "left", LETTER.left_mm),
            twips("pgMar", "right", LETTER.right_mm),
            LETTER.table_pt,
        )
    )


@dataclass(frozen=True, slots=True)
class Merged:
    """Styles of the house with ours added, and what our ids are called there."""

    styles: str
    names: Mapping[str, str]

    def apply(self, xml: str) -> str:
        """Return XML of ours whose styles have the names of the house."""
        return _NAMED.sub(lambda m: f"{m[1]}{self.names.get(m[2], m[2])}{m[3]}", xml)


def merged_styles(template: DocxTemplate, own: str) -> Merged:
    """Return the house's styles with those of ours that it lacks."""
    taken, names, lacking = set(template.ids.values()), {}, []
    for written in _STYLE.findall(own):
        own_id, kind, name = _about(written)
        house_id = template.ids.get((kind, name))
        if house_id is None:
            lacking.append((own_id, written))
        names[own_id] = house_id or (f"Mw{own_id}" if own_id in taken else own_id)
    merged = Merged("", names)
    added = "".join(_renamed(written, own_id, merged) for own_id, written in lacking)
    styles = template.styles.replace("</w:styles>", f"{added}</w:styles>", 1)
    return Merged(styles, names)


def _about(style: str) -> tuple[str, str, str]:
    """Return id, type and inner name of a style of ours."""
    ident = re.search(r'w:styleId="([^"]+)"', style)
    kind = re.search(r'w:type="([^"]+)"', style)
    name = re.search(r'<w:name w:val="([^"]+)"', style)
    assert ident is not None
    assert kind is not None
    assert name is not None
    return ident[1], kind[1], name[1].lower()


def _renamed(style: str, own_id: str, merged: Merged) -> str:
    named = style.replace(f'w:styleId="{own_id}"', f'w:styleId="{merged.names[own_id]}"')
    return merged.apply(named.replace(' w:default="1"', ""))


def header_with(part: Part, banner: str, merged: Merged) -> str:
    """Return a header or footer; a header begins with the banner, where there is one."""
    if part.kind != "header" or not banner:
        return part.xml
    line = merged.apply(styled("Banner", text(banner)))
    return _OPENED.sub(lambda found: f"{found[0]}{line}", part.xml, count=1)


def relations_of(parts: Iterable[Part]) -> str:
    """Return the relations of the main part to headers and footers."""
    return "".join(
        f'<Relationship Id="rId{part.name}" Type="{_OFFICE}/{part.kind}" Target="{part.name}.xml"/>'
        for part in parts
    )
