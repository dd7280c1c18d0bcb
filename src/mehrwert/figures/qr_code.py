"""A QR code as SVG: black on white on every ground, for screens, paper and files."""

from functools import lru_cache
from xml.sax.saxutils import escape

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # the standard asks for so many empty modules on each side
MOST_BYTES = 2_000


@lru_cache(maxsize=64)
def qr_code(text: str, *, title: str, size: int = 220) -> str:
    """Return the drawing; a reader with a damaged tenth of it still finds the text.

    Args:
        text: What a camera reads, usually an address; at most 2,000 bytes.
        title: Name that is read aloud.
        size: Width and height in pixels.

    Raises:
        ValueError: The text is too long.
    """
    if len(text.encode()) > MOST_BYTES:
        raise ValueError(text)
    code = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    cells = "".join(_runs(y, row) for y, row in enumerate(rows))
    n = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} {n}" width="{size}" '
        f'height="{size}" role="img" shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<path d="M0 0H{n}V{n}H0z" fill="#ffffff"/><path d="{cells}" fill="#000000"/></svg>'
    )


def _runs(y: int, row: list[bool]) -> str:
    """Return the dark stretches of one row as one rectangle each."""
    drawn, x = [], 0
    while x < len(row):
        if not row[x]:
            x += 1
            continue
        end = x
        while end < len(row) and row[end]:
            end += 1
        drawn.append(f"M{x} {y}h{end - x}v1H{x}z")
        x = end
    return "".join(drawn)
