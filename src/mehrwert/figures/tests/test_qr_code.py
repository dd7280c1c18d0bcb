import re

import pytest
from qrcode.main import QRCode

from mehrwert.figures.qr_code import QUIET, qr_code

LINK = "https://daten.auental.example/auental/k/abcd2345/"


def cells(svg):
    """Return the dark cells that the drawing shows."""
    return {
        (int(x) + i, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg)
        for i in range(int(length))
    }


def test_the_drawing_is_the_matrix_with_its_quiet_zone():
    code = QRCode(border=QUIET, error_correction=0)
    code.add_data(LINK)
    code.make()
    wanted = {(x, y) for y, row in enumerate(code.get_matrix()) for x, on in enumerate(row) if on}
    drawn = cells(qr_code(LINK, title="Link"))
    assert drawn == wanted
    assert min(x for x, _ in drawn) == QUIET


def test_a_reader_hears_its_name():
    assert "<title>Link &amp; Code</title>" in qr_code(LINK, title="Link & Code")


def test_too_much_text_is_refused():
    with pytest.raises(ValueError, match="aaa"):
        qr_code("a" * 2_001, title="Link")
