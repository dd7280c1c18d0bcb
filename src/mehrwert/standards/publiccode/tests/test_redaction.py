"""The public copy names no person and stays valid (CAT-715, CAT-807)."""

import pytest

from mehrwert.standards.publiccode.queries import check_bytes
from mehrwert.standards.publiccode.redaction import (
    CONTACT,
    FIRST_LINE,
    public_text,
    without_addresses,
)

from .factories import minimal


def test_contacts_lead_to_the_repository():
    data = minimal()
    data["maintenance"]["contacts"] = [
        {
            "name": "Erika Geheim",
            "email": "erika.geheim@auental.example",
            "phone": "+49 261 1234567",
            "affiliation": "Bauhof Auental",
        }
    ]
    data["description"]["de"]["features"] = [
        "Fragen an erika.geheim@auental.example",
        "Von Erika Geheim",
    ]
    text = public_text(data)
    assert text.startswith(FIRST_LINE)
    assert check_bytes(text.encode()).is_valid
    assert CONTACT in text
    assert "Bauhof Auental" in text
    for secret in ("Erika", "geheim@", "1234567"):
        assert secret not in text


def test_contractors_keep_their_name_without_address():
    data = minimal()
    data["maintenance"] = {
        "type": "contract",
        "contractors": [{"name": "Firma", "until": "2027-01-01", "email": "a@b.example"}],
    }
    text = public_text(data)
    assert check_bytes(text.encode()).is_valid
    assert "Firma" in text
    assert "a@b.example" not in text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Schreiben Sie an a.b@stadt.example.", "Schreiben Sie an [entfernt]."),
        ("Tel. 0261 / 123 456", "Tel. [entfernt]"),
        ("+49 (0)261 123456", "[entfernt]"),
        ("https://git.example.org/user@host/x", "https://git.example.org/user@host/x"),
        ("2026-04-15", "2026-04-15"),
        ("Version 2.10.3, 150 Sensoren", "Version 2.10.3, 150 Sensoren"),
    ],
)
def test_addresses_and_numbers_in_texts(text, clean):
    assert without_addresses(text) == clean
