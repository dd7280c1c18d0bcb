"""What ODT and DOCX share: clean XML text, a ZIP with fixed dates, drawings with their size."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Template
from xml.sax.saxutils import escape

from mehrwert.documents.errors import DocumentError
from mehrwert.documents.pdf import fonts

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_EARLIEST_ZIP_YEAR = 1980
PIXELS_PER_INCH = 220
TEXT_WIDTH_MM = 165.0

_DRAWN = Template("""#set page(width: ${width}pt, height: ${height}pt, margin: 0pt)
#set text(font: "Fira Sans")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: "")""")


def clean(text: str) -> str:
    """Return the text escaped for XML content and attributes, without illegal characters."""
    return escape(_ILLEGAL.sub("", text), {'"': "&quot;"})


def packed(members: Iterable[tuple[str, bytes | str]], created: str) -> bytes:
    """Return a ZIP whose bytes depend on nothing but its content.

    Args:
        members: Names and contents; a member called ``mimetype`` stays uncompressed, as ODF asks.
        created: ``YYYY-MM-DD``, the date of every member.
    """
    day = date.fromisoformat(created)
    stamp = (max(day.year, _EARLIEST_ZIP_YEAR), day.month, day.day, 0, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, stamp)
            info.create_system = 3
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as SVG and as PNG (for offices that read no SVG), with its size on paper."""

    svg: str
    png: bytes
    width_mm: float
    height_mm: float


@lru_cache(maxsize=32)
def drawing(svg: str) -> Drawing:
    """Return a drawing over the full width of the text.

    Raises:
        DocumentError: The SVG has no view box that begins at 0, or typst cannot draw it.
    """
    import typst

    found = _VIEW_BOX.search(svg)
    if found is None:
        raise DocumentError("a drawing needs a viewBox")
    width, height = float(found[1]), float(found[2])
    compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    width_pt = TEXT_WIDTH_MM / 25.4 * 72
    source = _DRAWN.substitute(width=width_pt, height=width_pt * height / width)
    try:
        png = compiler.compile(
            source.encode(), format="png", ppi=PIXELS_PER_INCH, sys_inputs={"svg": svg}
        )
    except typst.TypstError as error:
        raise DocumentError(error.message) from error
    if not isinstance(png, bytes):
        raise DocumentError("a drawing is one page")
    return Drawing(svg, png, TEXT_WIDTH_MM, TEXT_WIDTH_MM * height / width)
