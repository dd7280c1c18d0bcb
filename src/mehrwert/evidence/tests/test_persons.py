"""EVI-33: a planted name is caught before a text becomes public."""

import pytest

from mehrwert.base.tenant import tenant_scope
from mehrwert.evidence import actions
from mehrwert.evidence.errors import PersonNamedError
from mehrwert.evidence.rules.persons import persons_in

from .factories import CURATOR, released


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Schmidt vom Bauhof wusste es.", ["Frau Schmidt"]),
        ("Mit Herrn Dr. Meyer-Landrut klären.", ["Herrn Dr. Meyer-Landrut"]),
        ("Lena Amtmann fragen: lena@example.org", ["Lena Amtmann", "lena@example.org"]),
        ("Anruf unter 02501 123 4567 genügt.", ["02501 123 4567"]),
        ("Frau Bürgermeisterin und die Bauhofleitung fragen.", []),
        ("Im Januar 2024 kostete es 12.000 Euro, 0,5 % mehr.", []),
        ("Der Bauhof sollte früher gefragt werden.", []),
    ],
)
def test_names_addresses_and_numbers_are_found(text, found):
    assert persons_in(text) == found


@pytest.mark.django_db
def test_a_public_reason_names_nobody():
    row = released(1)
    with tenant_scope(1), pytest.raises(PersonNamedError):
        actions.withdraw_finding(row, reason="Peter Beispiel las falsch ab.", actor=CURATOR)
    with tenant_scope(1):
        actions.withdraw_finding(row, reason="Falsch abgelesen.", actor=CURATOR)
