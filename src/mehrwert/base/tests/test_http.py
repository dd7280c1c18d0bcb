"""Tables as files."""

from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext

from mehrwert.base.http import csv_response, rounded
from mehrwert.base.tenant import current_tenant_id, tenant_scope


def file_of(rows, head=("a", "b")):
    answer = csv_response(RequestFactory().get("/"), "x.csv", head, rows)
    return answer.getvalue().decode("utf-8")


def test_a_file_is_what_an_office_spreadsheet_opens_rightly():
    assert file_of([("ä", 1), (None, 'ein "Wort"; mehr')]) == (
        '\ufeffa;b\r\nä;1\r\n;"ein ""Wort""; mehr"\r\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+CMD()", "-2+3", "\tx", "\rx"])
def test_no_text_becomes_a_formula(text):
    assert f"'{text}" in file_of([(text, "")])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-3, "-3"),
        (-0.5, "-0,5"),
        ("-12,50", "-12,50"),
        (Decimal("1234.50"), "1234,50"),
        (rounded(2 / 3, 4), "0,6667"),
        (rounded(Decimal(5)), "5,00"),
    ],
)
def test_a_number_stays_a_number(value, cell):
    assert file_of([(value, "")]).endswith(f"\r\n{cell};\r\n")


def test_rows_are_made_in_the_town_and_language_of_the_page():
    """A server takes the lines when the request is over."""
    rows = ((current_tenant_id(), gettext("Ort")) for _ in range(2))
    with tenant_scope(7), translation.override("en"):
        answer = csv_response(RequestFactory().get("/"), "x.csv", ("n", "w"), rows)
    with translation.override("de"):
        assert answer.getvalue().decode().splitlines()[1:] == ["7;Place"] * 2
