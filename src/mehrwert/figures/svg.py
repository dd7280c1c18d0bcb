"""Small helpers that write SVG text: presentation attributes only, every text escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from mehrwert.figures.palette import Palette


def element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """Return one element; ``_`` in names becomes ``-``, ``None`` leaves an attribute out."""
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(coordinate(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def coordinate(value: str | float) -> str:
    """Return a number with at most one decimal; a string stays."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def words(x: float, y: float, content: str, *, fill: str, size: float = 13, **more: str) -> str:
    """Return one line of text."""
    return element("text", escape(content), x=x, y=y, font_size=size, fill=fill, **more)


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """Return the ``d`` of a line through points."""
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a figure is called.

    Args:
        title: Its name.
        description: What it shows, in one sentence.
        key: Makes ids unique when several figures share a page.
        css_class: Class of the page layer, for example ``mw-wide``.
    """

    title: str
    description: str
    key: str = "f"
    css_class: str = ""


def picture(body: str, *, size: tuple[float, float], naming: Naming, palette: Palette) -> str:
    """Wrap drawn elements into a figure with a name that is read aloud.

    Args:
        body: The drawn elements.
        size: Width and height of the view box; the page stretches it, paper keeps it.
        naming: Name, description, ids.
        palette: Colours; on paper it also names the font.
    """
    width, height = size
    key = naming.key
    names = element("title", escape(naming.title), id=f"{key}-t") + element(
        "desc", escape(naming.description or naming.title), id=f"{key}-d"
    )
    return element(
        "svg",
        names + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        width=width if palette.font else "100%",
        height=height if palette.font else None,
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
        class_=naming.css_class or None,
        font_family=palette.font or None,
    )
