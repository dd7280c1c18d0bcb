"""A house's own ODT: its page, header, footer, logo and styles below our text.

Of the template come ``styles.xml`` whole and the pictures it names; nothing else, so no macros and
no text. Styles of ours that it lacks are added; where both know a style, the house's look wins.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from mehrwert.documents.errors import TemplateError
from mehrwert.documents.packing import clean
from mehrwert.documents.sheets import LETTER, Paper
from mehrwert.documents.unpacking import Package, has_prefixes

KINDS = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
)
PREFIXES = ("office", "style", "text", "fo", "svg")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6}
_OWN_STYLE = re.compile(
    r"<(style:style|text:list-style) style:name=\"(?P<name>[^\"]+)\"(?P<rest>[^>]*?)"
    r"(?:/>|>.*?</\1>)",
    re.DOTALL,
)
_FAMILY = re.compile(r'style:family="([^"]+)"')
_HEADER = re.compile(r"<style:header(?P<kind>-first|-left)?(?P<rest>[^>]*?)(?P<end>/?)>")
_MASTER = re.compile(r"<style:master-page\b[^>]*?(?P<end>/?)>")


@dataclass(frozen=True, slots=True)
class OdtTemplate:
    """What is taken from a house's ODT.

    Attributes:
        styles: ``styles.xml`` as it came.
        known: (family, name) of the styles it has.
        pictures: Names and contents of what headers and footers show.
        first_page: Master page of the first page, empty for the usual one.
        paper: Measures of the page.
    """

    styles: str
    known: frozenset[tuple[str, str]]
    pictures: tuple[tuple[str, bytes], ...]
    first_page: str
    paper: Paper


@lru_cache(maxsize=8)
def read_odt_template(content: bytes) -> OdtTemplate:
    """Return what can be used of an ODT or OTT.

    Raises:
        TemplateError: It is no OpenDocument text, or holds what papers may not hold.
    """
    package = Package(content)
    kind = package.read("mimetype").decode("ascii", "replace").strip()
    if kind not in KINDS:
        raise TemplateError("wrong_kind", kind="ODT")
    text, tree = package.xml("styles.xml")
    usable = has_prefixes(text, PREFIXES) and "</office:styles>" in text
    if not usable or not _MASTER.search(text):
        raise TemplateError("part_missing", part="styles.xml")
    return OdtTemplate(
        styles=text,
        known=_known(tree),
        pictures=tuple((name, package.picture(name)) for name in _pictures(tree)),
        first_page=_first_page(package),
        paper=_paper(tree),
    )


def merged_styles(template: OdtTemplate, own: str, banner: str) -> str:
    """Return the house's styles with those of ours that it lacks, and the banner on every page."""
    missing = []
    for found in _OWN_STYLE.finditer(own):
        family = _FAMILY.search(found["rest"])
        key = (family[1] if family else "list", found["name"])
        if key not in template.known:
            missing.append(found[0])
    text = template.styles.replace("</office:styles>", f"{''.join(missing)}</office:styles>", 1)
    return _with_banner(text, banner) if banner else text


def _with_banner(styles: str, banner: str) -> str:
    """Put the banner at the head of each header; a page without header gets one."""
    line = f'<text:p text:style-name="Banner">{clean(banner)}</text:p>'

    def in_header(found: re.Match[str]) -> str:
        name = f"style:header{found['kind'] or ''}"
        opened = f"<{name}{found['rest']}>{line}"
        return f"{opened}</{name}>" if found["end"] else opened

    parts, at = [], 0
    for found in _MASTER.finditer(styles):
        parts.append(styles[at : found.start()])
        close = styles.find("</style:master-page>", found.end())
        if found["end"]:
            opened = f"{found[0][:-2]}><style:header>{line}</style:header></style:master-page>"
            parts.append(opened)
            at = found.end()
            continue
        inside = styles[found.end() : close]
        if _HEADER.search(inside):
            inside = _HEADER.sub(in_header, inside)
        else:
            inside = f"<style:header>{line}</style:header>{inside}"
        parts += [found[0], inside]
        at = close
    return "".join([*parts, styles[at:]])


def _known(tree: ET.Element) -> frozenset[tuple[str, str]]:
    found = set()
    for style in tree.iterfind(f"{_OFFICE}styles/*"):
        name = style.get(f"{_STYLE}name")
        if name:
            family = style.get(f"{_STYLE}family", "")
            found.add(("list" if style.tag == f"{_TEXT}list-style" else family, name))
    return frozenset(found)


def _pictures(tree: ET.Element) -> list[str]:
    """Return the pictures inside the file that its styles show.

    Raises:
        TemplateError: One lies elsewhere: a paper fetches nothing.
    """
    names = []
    for element in tree.iter():
        href = element.get(_HREF, "")
        shows = element.tag in {f"{_DRAW}image", f"{_STYLE}background-image", f"{_DRAW}fill-image"}
        if not shows or not href:
            continue
        if not href.startswith("Pictures/"):
            raise TemplateError("picture", part=href[:80])
        names.append(href)
    return sorted(set(names))


def _first_page(package: Package) -> str:
    """Return the master page that the first paragraph of the template asks for."""
    _, tree = package.xml("content.xml")
    styles = {
        style.get(f"{_STYLE}name"): style.get(f"{_STYLE}master-page-name", "")
        for style in tree.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    }
    for element in tree.iterfind(f"{_OFFICE}body/{_OFFICE}text/*"):
        if element.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            return styles.get(element.get(f"{_TEXT}style-name"), "") or ""
    return ""


def _paper(tree: ET.Element) -> Paper:
    """Return the measures of the usual page; what is not said is as on our own letter."""
    masters = list(tree.iter(f"{_STYLE}master-page"))
    usual = next((one for one in masters if one.get(f"{_STYLE}name") == "Standard"), masters[0])
    layout = usual.get(f"{_STYLE}page-layout-name")
    for one in tree.iter(f"{_STYLE}page-layout"):
        if one.get(f"{_STYLE}name") == layout:
            given = one.find(f"{_STYLE}page-layout-properties")
            return _measured({} if given is None else given.attrib)
    return LETTER


def _measured(given: dict[str, str]) -> Paper:
    def mm(name: str, usual: int) -> int:
        found = re.fullmatch(r"([\d.]+)(mm|cm|in|pt|pc)", given.get(f"{_FO}{name}", ""))
        return round(float(found[1]) * _MM[found[2]]) if found else usual

    paper = Paper(
        mm("page-width", LETTER.width_mm),
        mm("page-height", LETTER.height_mm),
        mm("margin-left", mm("margin", LETTER.left_mm)),
        mm("margin-right", mm("margin", LETTER.right_mm)),
        LETTER.table_pt,
    )
    return checked(paper)


LEAST_TEXT_MM = 110


def checked(paper: Paper) -> Paper:
    """Return the paper if our tables fit on it.

    Raises:
        TemplateError: The text would be too narrow.
    """
    if paper.text_mm < LEAST_TEXT_MM:
        raise TemplateError("too_narrow", least=f"{LEAST_TEXT_MM} mm")
    return paper
